using RbpfSpec.Dialects.Machines;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Dialects;

/// <summary>A historic machine.</summary>
/// <param name="Profile">What it does at the decision points.</param>
/// <param name="Deviations">What it does beyond them: its bugs, as far as they are numbered here.</param>
public sealed record Dialect(Profile Profile, Sequence<DialectDeviation> Deviations)
{
    /// <summary>The name: that of the profile.</summary>
    public string Name => Profile.Name;
}

/// <summary>The historic machines and their bugs.</summary>
public static class DialectTable
{
    /// <summary>Every historic machine, the oldest first.</summary>
    public static Sequence<Dialect> All { get; } =
    [
        Rbpf2020.Dialect,
        Rbpf2020.SwitchDialect,
        FemtoContainers.Dialect,
        CertrBpf.Dialect,
        Havm.Dialect,
    ];

    /// <summary>Every bug, machine by machine.</summary>
    public static Sequence<DialectDeviation> Deviations { get; } =
        [.. from dialect in All from deviation in dialect.Deviations select deviation];

    /// <summary>The machine with a name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static Dialect Named(string name)
    {
        foreach (var dialect in All)
        {
            if (dialect.Name == name) return dialect;
        }

        throw new ArgumentOutOfRangeException(nameof(name), name, "no dialect has this name");
    }

    /// <summary>The bug with a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static DialectDeviation Deviation(string number)
    {
        foreach (var deviation in Deviations)
        {
            if (deviation.Number == number) return deviation;
        }

        throw new ArgumentOutOfRangeException(nameof(number), number, "no deviation has this number");
    }
}
