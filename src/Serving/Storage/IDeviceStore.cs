using RbpfSpec.Host.Model;

namespace RbpfSpec.Serving.Storage;

/// <summary>Keeps what survives of a device.</summary>
/// <remarks>It is used by one thread.</remarks>
public interface IDeviceStore : IDisposable
{
    /// <summary>The latest that was saved; null if nothing was.</summary>
    Persisted? Load();

    /// <summary>Saves what survives: when it returns, a loss of power takes nothing of it.</summary>
    /// <param name="before">What was saved or loaded before; of a store that had nothing, that of a new device.</param>
    /// <param name="after">What survives now.</param>
    void Save(Persisted before, Persisted after);
}
