namespace RbpfSpec.Conformance.Selection;

/// <summary>A vector that is to be of a suite, with what it was chosen for.</summary>
/// <param name="Vector">The vector.</param>
internal sealed record ChosenVector(Vector Vector)
{
    /// <summary>The machine faults that no vector of the rule before it finds.</summary>
    public Sequence<string> Faults { get; init; } = [];

    /// <summary>All mutants of its rule, and machine faults, that it is known to find.</summary>
    public Sequence<string> Shown { get; init; } = [];

    /// <summary>Whether it is there for machine faults alone: neither for a class of values nor for a mutant of the rule.</summary>
    public bool IsSpare { get; init; }

    /// <summary>
    /// How many mutants and machine faults no vector of the rule before it finds: what it is worth to a suite that has to
    /// be small.
    /// </summary>
    public int Weight => Vector.Finds.Count + Faults.Count;
}
