namespace RbpfSpec.Proving.Claims;

/// <summary>Results counted by verdict.</summary>
public sealed class Tally
{
    /// <summary>How many are proved, those that the ledger knew included.</summary>
    public int Proved { get; private set; }

    /// <summary>How many are refuted.</summary>
    public int Refuted { get; private set; }

    /// <summary>How many are undecided.</summary>
    public int Undecided { get; private set; }

    /// <summary>How many of the proved ones the ledger knew.</summary>
    public int Known { get; private set; }

    /// <summary>How many there are.</summary>
    public int Total => Proved + Refuted + Undecided;

    /// <summary>Whether all are proved.</summary>
    public bool IsAllProved => Refuted + Undecided == 0;

    /// <summary>The tally of some results.</summary>
    public static Tally Of(IEnumerable<Result> results)
    {
        var tally = new Tally();
        foreach (var result in results) tally.Add(result);
        return tally;
    }

    /// <summary>Counts a result.</summary>
    public void Add(Result result)
    {
        switch (result.Verdict)
        {
            case Verdict.Proved:
                Proved++;
                break;
            case Verdict.Refuted:
                Refuted++;
                break;
            case Verdict.Undecided:
                Undecided++;
                break;
        }

        if (result.WasKnown) Known++;
    }

    /// <summary>For people.</summary>
    public override string ToString() => $"{Proved} proved, {Refuted} refuted, {Undecided} undecided";
}
