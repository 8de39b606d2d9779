using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Mutants;
using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.Reports;

/// <summary>The kinds of knowledge of a mutant that no vector finds.</summary>
public enum Survival
{
    /// <summary>It is another machine, or may be one.</summary>
    Left,

    /// <summary>A solver has proved that it is none.</summary>
    Equivalent,

    /// <summary>A solver was asked, and does not know.</summary>
    Undecided,
}

/// <summary>The fate of a mutant that no vector finds, and what shows it.</summary>
/// <param name="Survival">What is known.</param>
/// <param name="Reason">What shows it; empty if nothing was asked.</param>
public sealed record SurvivorFate(Survival Survival, string Reason)
{
    /// <summary>No solver was asked.</summary>
    public static SurvivorFate Left { get; } = new(Survival.Left, "");
}

/// <summary>The report on how many mutants a suite finds.</summary>
public sealed class ScoreReport
{
    private const int MostListed = 100;

    private readonly Score score;
    private readonly bool isProved;
    private readonly ILookup<Survival, (RuleMutant Mutant, string Reason)> alive;

    /// <summary>The report.</summary>
    /// <param name="score">The score.</param>
    /// <param name="fates">What is known of each mutant that is alive, in their order.</param>
    /// <param name="isProved">Whether a solver was asked.</param>
    public ScoreReport(Score score, Sequence<SurvivorFate> fates, bool isProved)
    {
        (this.score, this.isProved) = (score, isProved);
        alive = score.Alive.Zip(fates).ToLookup(pair => pair.Second.Survival, pair => (pair.First, pair.Second.Reason));
    }

    /// <summary>How many mutants are left that are other machines, or may be.</summary>
    public int Left => alive[Survival.Left].Count();

    /// <summary>Of how many it is undecided.</summary>
    public int Undecided => alive[Survival.Undecided].Count();

    /// <summary>Prints it.</summary>
    /// <param name="faults">The score of machine faults.</param>
    /// <param name="run">What was run, and how long it took.</param>
    /// <param name="report">Where it goes.</param>
    public void Print(FaultScore faults, string run, ITextReport report)
    {
        Families(report);
        List("not found", Survival.Left, report);
        List("undecided", Survival.Undecided, report);
        if (score.Left > 0)
        {
            report.Line($"{Counted.Of(score.Left, "vector says", "vectors say")} what the reference machine does not do, and "
                + $"{Counted.Form(score.Left, "was", "were")} left out");
        }

        foreach (var reason in alive[Survival.Equivalent].GroupBy(each => each.Reason).OrderByDescending(same => same.Count()))
            report.Line($"proved equivalent: {reason.Count()}, as {reason.Key}");
        Print(faults, report);
        var (found, none) = (score.Killed.Count, alive[Survival.Equivalent].Count());
        var all = found + score.Alive.Count;
        var total = (isProved
                ? $"{Counted.Of(all, "mutant")}: found {found}, proved equivalent {none}, left {Left}, undecided {Undecided}; "
                    + $"{Percent(found, found + Left + Undecided)} of those that are not equivalent found"
                : $"{found} of {all} mutants found ({Percent(found, all)}); some of the others may be equivalent (--prove)")
            + $"; {run}";
        if (Left + Undecided == 0) report.Good(total);
        else report.Bad(total);
    }

    private void Families(ITextReport report)
    {
        var families = score.Killed.Select(mutant => (Family(mutant), "found"))
            .Concat(alive[Survival.Left].Select(each => (Family(each.Mutant), "left")))
            .Concat(alive[Survival.Undecided].Select(each => (Family(each.Mutant), "undecided")))
            .ToLookup(each => each.Item1, each => each.Item2);
        string[] columns = isProved ? ["found", "left", "undecided"] : ["found", "left"];
        report.Table(
            ["family", "mutants", .. columns],
            families.OrderBy(family => family.Key, StringComparer.Ordinal).Select(family => (string[])
            [
                family.Key, $"{family.Count()}", .. columns.Select(column => $"{family.Count(fate => fate == column)}"),
            ]));
    }

    private void List(string title, Survival survival, ITextReport report)
    {
        var mutants = alive[survival].ToList();
        foreach (var (mutant, reason) in mutants.Take(MostListed))
            report.Line($"{title}: {mutant}{(reason == "" ? "" : $"; {reason}")}");
        if (mutants.Count > MostListed) report.Line($"and {mutants.Count - MostListed} more");
    }

    private static void Print(FaultScore faults, ITextReport report)
    {
        report.Table(
            ["class of machine faults", "faults", "found", "left"],
            faults.Killed.Select(fault => (fault.Class, IsFound: true)).Concat(faults.Alive.Select(fault => (fault.Class, IsFound: false)))
                .GroupBy(each => each.Class).OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => (string[])[
                    same.Key, $"{same.Count()}", $"{same.Count(each => each.IsFound)}", $"{same.Count(each => !each.IsFound)}"]));
        foreach (var fault in faults.Alive.Take(MostListed)) report.Line($"not found: a machine where {fault.Name}");
        if (faults.Alive.Count > MostListed) report.Line($"and {faults.Alive.Count - MostListed} more");
        var all = faults.Killed.Count + faults.Alive.Count;
        report.Line($"{faults.Killed.Count} of {all} machine faults found ({Percent(faults.Killed.Count, all)})");
    }

    private static string Family(RuleMutant mutant) => mutant.Form.Id.Split('/')[0];

    // Rounded down, so that it is 100 only if it is all of them.
    private static string Percent(int part, int whole) => whole == 0 ? "100 %" : $"{Math.Floor(1000.0 * part / whole) / 10:0.0} %";
}
