using RbpfSpec.Host;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec;

/// <summary>The options of loading a program: everything that its file leaves open.</summary>
public sealed record LoadOptions
{
    /// <summary>The machine variant that the program is checked against and runs on.</summary>
    public Profile Profile { get; init; } = Profile.Rbpf;

    /// <summary>The helpers that the program may call: those of a machine without a device, unless said otherwise.</summary>
    public Sequence<Helper> Helpers { get; init; } = DefaultHost.Functions.Map(static function => function.Declaration);

    /// <summary>The section of an object that holds the program, or null for the one that the reader would choose.</summary>
    public string? Section { get; init; }

    /// <summary>The function to start at, or null for the one that the reader would choose.</summary>
    public string? Function { get; init; }
}
