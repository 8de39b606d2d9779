using RbpfSpec.Reports;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Progress as lines: what no claim kills at once, and now and then how far the run is.</summary>
/// <param name="count">The number of rules and instructions.</param>
/// <param name="report">Where the lines go.</param>
public sealed class MutateProgress(int count, ITextReport report) : IProgress<Sequence<TriedMutant>>
{
    private const int Parts = 10;

    // A shorter run needs no lines between its start and its report.
    private const int Many = 20;

    private readonly List<TriedMutant> mutants = [];
    private int done;

    public void Report(Sequence<TriedMutant> value)
    {
        done++;
        foreach (var mutant in value)
        {
            mutants.Add(mutant);
            foreach (var line in MutantReport.IfNotKilled(mutant)) report.Bad(line);
        }

        if (count >= Many && done < count && done * Parts / count > (done - 1) * Parts / count)
            report.Line($"{done} of {count} rules and instructions: {string.Join("; ", MutantTally.Of(mutants))}");
    }
}
