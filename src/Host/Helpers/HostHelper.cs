using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>A helper of the host, with the parts of the host that it may change.</summary>
/// <param name="Parts">The parts.</param>
/// <param name="Function">Its declaration and meaning.</param>
public sealed record HostHelper<T>(HostParts Parts, HelperFunction<T> Function)
    where T : IWord<T>
{
    /// <summary>The helper as programs call it: kept to its parts.</summary>
    public HelperFunction<T> Kept { get; } = Confined.To(Function, Parts);
}
