using System.Globalization;
using RbpfSpec.Proofs.Mutants;

namespace RbpfSpec.Cli.Prove;

/// <summary>Mutants counted by fate.</summary>
public sealed class MutantTally
{
    /// <summary>How many a claim kills.</summary>
    public int Killed { get; private set; }

    /// <summary>How many do what the rule does.</summary>
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
            var wanted = Killed + Gaps + Undecided;
            return Killed == wanted
                ? "100 %"
                : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(10_000.0 * Killed / wanted) / 100:0.00} %");
        }
    }

    /// <summary>The exit code that says it all: a gap outweighs what is undecided.</summary>
    public int ExitCode => Gaps > 0 ? CommandLine.Fails : Undecided > 0 ? CommandLine.Undecided : CommandLine.Holds;

    /// <summary>The tally of some mutants.</summary>
    public static MutantTally Of(IEnumerable<RuleMutant> mutants)
    {
        var tally = new MutantTally();
        foreach (var mutant in mutants) tally.Add(mutant);
        return tally;
    }

    /// <summary>Counts a mutant.</summary>
    public void Add(RuleMutant mutant)
    {
        switch (mutant.Fate)
        {
            case RuleMutantFate.Killed:
                Killed++;
                break;
            case RuleMutantFate.Equivalent:
                Equivalent++;
                break;
            case RuleMutantFate.Gap:
                Gaps++;
                break;
            case RuleMutantFate.Undecided:
                Undecided++;
                break;
        }
    }

    /// <summary>For people.</summary>
    public override string ToString() => $"{Killed} killed, {Equivalent} equivalent, {Gaps} gaps, {Undecided} undecided";
}
