using System.Text.Json;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Semantics;

namespace RbpfSpec.Cli.Prove;

/// <summary>Progress as lines: what no claim kills at once, and now and then how far the run is.</summary>
/// <param name="rules">The number of rules.</param>
public sealed class MutateProgress(int rules) : IProgress<Sequence<RuleMutant>>
{
    private const int Parts = 10;

    // A shorter run needs no lines between its start and its report.
    private const int Many = 20;

    private readonly MutantTally tally = new();
    private int done;

    /// <inheritdoc/>
    public void Report(Sequence<RuleMutant> value)
    {
        done++;
        foreach (var mutant in value)
        {
            tally.Add(mutant);
            foreach (var line in MutateReport.IfNotKilled(mutant)) Outputs.Report.Bad(line);
        }

        if (rules >= Many && done < rules && done * Parts / rules > (done - 1) * Parts / rules)
            Outputs.Report.Line($"{done} of {rules} rules: {tally}");
    }
}

/// <summary>Reports on mutants of rules.</summary>
public static class MutateReport
{
    /// <summary>Prints one for people: first what no claim kills.</summary>
    public static void Print(Sequence<RuleMutant> mutants, string solver, TimeSpan time)
    {
        Listed<RuleMutantFate.Gap>("Gaps", mutants);
        Listed<RuleMutantFate.Undecided>("Undecided", mutants);
        Report.Table(
            ["killed by", "mutants"],
            mutants.Select(mutant => mutant.Fate).OfType<RuleMutantFate.Killed>()
                .GroupBy(killed => killed.Claim[..killed.Claim.IndexOf('/', StringComparison.Ordinal)])
                .Select(family => (string[])[family.Key, $"{family.Count()}"]));
        var tally = MutantTally.Of(mutants);
        var line = $"mutation score {tally.Score}: {tally} in {Summary.Seconds(time)} by {solver}";
        if (tally.ExitCode == CommandLine.Holds) Report.Good(line);
        else Report.Bad(line);
    }

    /// <summary>Of a mutant that is neither killed nor equivalent, its fate; of another, nothing.</summary>
    public static IEnumerable<string> IfNotKilled(RuleMutant mutant)
    {
        switch (mutant.Fate)
        {
            case RuleMutantFate.Killed or RuleMutantFate.Equivalent:
                yield break;
            case RuleMutantFate.Gap(var difference):
                yield return $"no claim kills: {mutant.Rule}, {mutant.Mutant}";
                foreach (var line in difference) yield return $"  {line}";
                break;
            case RuleMutantFate.Undecided(var reason):
                yield return $"undecided: {mutant.Rule}, {mutant.Mutant}";
                yield return $"  {reason}";
                break;
        }
    }

    /// <summary>All of it for programs: of each rule, each mutant with its fate and what shows it.</summary>
    public static string Json(Sequence<RuleMutant> mutants, string solver) => Outputs.Json.Object(writer =>
    {
        var tally = MutantTally.Of(mutants);
        writer.WriteString("solver", solver);
        writer.WriteNumber("killed", tally.Killed);
        writer.WriteNumber("equivalent", tally.Equivalent);
        writer.WriteNumber("gaps", tally.Gaps);
        writer.WriteNumber("undecided", tally.Undecided);
        writer.WriteString("score", tally.Score);
        writer.WriteStartObject("rules");
        foreach (var rule in mutants.GroupBy(mutant => mutant.Rule))
        {
            writer.WriteStartObject(rule.Key);
            foreach (var mutant in rule) Fate(writer, mutant);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }, indented: true) + "\n";

    private static void Fate(Utf8JsonWriter writer, RuleMutant mutant)
    {
        var (word, claim, shown) = mutant.Fate switch
        {
            RuleMutantFate.Killed(var by, var lines) => ("killed", by, lines),
            RuleMutantFate.Equivalent => ("equivalent", null, []),
            RuleMutantFate.Gap(var lines) => ("gap", null, lines),
            RuleMutantFate.Undecided(var reason) => ("undecided", (string?)null, (Sequence<string>)[reason]),
        };
        writer.WriteStartObject(mutant.Mutant);
        writer.WriteString("fate", word);
        if (claim is not null) writer.WriteString("claim", claim);
        if (!shown.IsEmpty)
        {
            writer.WriteStartArray("shown");
            foreach (var line in shown) writer.WriteStringValue(line);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Listed<T>(string title, Sequence<RuleMutant> mutants)
        where T : RuleMutantFate
    {
        var found = mutants.Where(mutant => mutant.Fate is T).ToList();
        Report.Heading(found.Count == 0 ? $"{title}: none" : title);
        foreach (var line in found.SelectMany(IfNotKilled)) Report.Bad($"  {line}");
    }
}
