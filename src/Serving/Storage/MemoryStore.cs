using RbpfSpec.Host.Model;

namespace RbpfSpec.Serving.Storage;

/// <summary>A store that ends with the process.</summary>
public sealed class MemoryStore : IDeviceStore
{
    private Persisted? latest;

    public Persisted? Load() => latest;

    public void Save(Persisted before, Persisted after) => latest = after;

    public void Dispose()
    {
    }
}
