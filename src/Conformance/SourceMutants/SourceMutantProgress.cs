using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.SourceMutants;

/// <summary>Progress as lines: what no vector shows at once, and now and then how far the run is.</summary>
/// <param name="count">How many mutants there are.</param>
/// <param name="equivalents">Those that need not be told.</param>
/// <param name="report">Where the lines go; nowhere if null.</param>
internal sealed class SourceMutantProgress(int count, EquivalentMutants equivalents, ITextReport? report)
{
    private const int Parts = 10;

    // A shorter run needs no lines between its start and its report.
    private const int Many = 100;

    private readonly Lock gate = new();
    private int done;
    private int alive;

    /// <summary>Counts a mutant.</summary>
    public void Tried(SourceMutant mutant, SourceVerdict verdict)
    {
        if (report is null || count < Many) return;
        lock (gate)
        {
            done++;
            if (verdict is SourceVerdict.Survived && equivalents.Reason(mutant) is null)
            {
                alive++;
                report.Line($"alive: {mutant}");
            }

            if (done < count && (long)done * Parts / count > (long)(done - 1) * Parts / count)
            {
                report.Line($"{done} of {count} tried, {alive} alive");
            }
        }
    }
}
