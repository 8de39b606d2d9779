using System.Globalization;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Mutants of one kind counted by fate.</summary>
/// <param name="kind">What they are mutants of.</param>
public sealed class MutantTally(MutantKind kind)
{
    /// <summary>The kind of thing that they are mutants of.</summary>
    public MutantKind Kind => kind;

    /// <summary>How many there are.</summary>
    public int Count => Killed + Rejected + Equivalent + Gaps + Undecided;

    /// <summary>How many a claim kills.</summary>
    public int Killed { get; private set; }

    /// <summary>How many change code so that it is not understood, which leaves a claim unproved.</summary>
    public int Rejected { get; private set; }

    /// <summary>How many do what the rule does or, of compiled code, change nothing that a claim speaks of.</summary>
    public int Equivalent { get; private set; }

    /// <summary>How many differ, and no claim kills them.</summary>
    public int Gaps { get; private set; }

    /// <summary>Of how many nothing is known.</summary>
    public int Undecided { get; private set; }

    /// <summary>The share killed of those that are not equivalent, in per cent; 100 only if it is all of them.</summary>
    public string Score
    {
        get
        {
            var found = Killed + Rejected;
            var wanted = found + Gaps + Undecided;
            return found == wanted
                ? "100 %"
                : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(10_000.0 * found / wanted) / 100:0.00} %");
        }
    }

    /// <summary>The tallies of some mutants, one a kind that is among them.</summary>
    public static IReadOnlyList<MutantTally> Of(IEnumerable<TriedMutant> mutants)
    {
        Dictionary<MutantKind, MutantTally> tallies = [];
        foreach (var mutant in mutants)
        {
            if (!tallies.TryGetValue(mutant.Kind, out var tally)) tallies[mutant.Kind] = tally = new(mutant.Kind);
            tally.Add(mutant);
        }

        return [.. tallies.Values.OrderBy(tally => tally.Kind)];
    }

    /// <summary>Counts a mutant.</summary>
    public void Add(TriedMutant mutant)
    {
        switch (mutant.Fate)
        {
            case MutantFate.Killed:
                Killed++;
                break;
            case MutantFate.Rejected:
                Rejected++;
                break;
            case MutantFate.Equivalent:
                Equivalent++;
                break;
            case MutantFate.Gap:
                Gaps++;
                break;
            case MutantFate.Undecided:
                Undecided++;
                break;
        }
    }

    /// <summary>For people.</summary>
    public override string ToString() => Kind switch
    {
        MutantKind.Rule => $"rules: {Killed} killed, {Equivalent} equivalent, {Gaps} gaps, {Undecided} undecided",
        MutantKind.Code => $"compiled code: {Killed} killed, {Rejected} rejected, {Equivalent} proved equivalent, {Undecided} undecided",
    };
}
