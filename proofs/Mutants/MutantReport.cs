using System.Text.Json;
using RbpfSpec.Proving.Reports;
using RbpfSpec.Reports;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Reports on mutants.</summary>
/// <param name="report">Where what is for people goes.</param>
public sealed class MutantReport(ITextReport report)
{
    /// <summary>Prints one for people: first what no claim kills.</summary>
    public void Print(Sequence<TriedMutant> mutants, string solver, TimeSpan time)
    {
        Listed<MutantFate.Gap>("Gaps", mutants);
        Listed<MutantFate.Undecided>("Undecided", mutants);
        report.Table(
            ["killed by", "mutants"],
            mutants.Select(mutant => mutant.Fate).OfType<MutantFate.Killed>()
                .GroupBy(killed => killed.Claim[..killed.Claim.IndexOf('/', StringComparison.Ordinal)])
                .Select(family => (string[])[family.Key, $"{family.Count()}"]));
        foreach (var tally in MutantTally.Of(mutants))
        {
            var line = $"mutation score {tally.Score} of {tally} in {Summary.Seconds(time)} by {solver}";
            if (tally.Gaps + tally.Undecided == 0) report.Good(line);
            else report.Bad(line);
        }
    }

    /// <summary>Of a mutant that is neither killed nor equivalent, its fate; of another, nothing.</summary>
    public static IEnumerable<string> IfNotKilled(TriedMutant mutant)
    {
        switch (mutant.Fate)
        {
            case MutantFate.Killed or MutantFate.Rejected or MutantFate.Equivalent:
                yield break;
            case MutantFate.Gap(var difference):
                yield return $"no claim kills: {mutant.Of}, {mutant.Change}";
                foreach (var line in difference) yield return $"  {line}";
                break;
            case MutantFate.Undecided(var reason):
                yield return $"undecided: {mutant.Of}, {mutant.Change}";
                yield return $"  {reason}";
                break;
        }
    }

    /// <summary>All of it for programs: of each rule and of each engine, each mutant with its fate and what shows it.</summary>
    public static string Json(Sequence<TriedMutant> mutants, string solver) => JsonText.Object(writer =>
    {
        writer.WriteString("solver", solver);
        foreach (var tally in MutantTally.Of(mutants))
        {
            writer.WriteStartObject(tally.Kind switch
            {
                MutantKind.Rule => "rules",
                MutantKind.Code => "code",
            });
            writer.WriteNumber("killed", tally.Killed);
            if (tally.Kind is MutantKind.Code) writer.WriteNumber("rejected", tally.Rejected);
            writer.WriteNumber("equivalent", tally.Equivalent);
            writer.WriteNumber("gaps", tally.Gaps);
            writer.WriteNumber("undecided", tally.Undecided);
            writer.WriteString("score", tally.Score);
            writer.WriteStartObject("mutants");
            foreach (var of in mutants.Where(mutant => mutant.Kind == tally.Kind).GroupBy(mutant => mutant.Of))
            {
                writer.WriteStartObject(of.Key);
                foreach (var mutant in of) Fate(writer, mutant);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }, indented: true) + "\n";

    private static void Fate(Utf8JsonWriter writer, TriedMutant mutant)
    {
        var (word, claim, shown) = mutant.Fate switch
        {
            MutantFate.Killed(var by, var lines) => ("killed", (string?)by, lines),
            MutantFate.Rejected(var by, var reason) => ("rejected", by, (Sequence<string>)[reason]),
            MutantFate.Equivalent => (mutant.Kind is MutantKind.Code ? "proved equivalent" : "equivalent", null, []),
            MutantFate.Gap(var lines) => ("gap", null, lines),
            MutantFate.Undecided(var reason) => ("undecided", null, [reason]),
        };
        writer.WriteStartObject(mutant.Change);
        writer.WriteString("fate", word);
        if (claim is not null) writer.WriteString("claim", claim);
        if (!shown.IsEmpty) writer.WriteStrings("shown", shown);

        writer.WriteEndObject();
    }

    private void Listed<T>(string title, Sequence<TriedMutant> mutants)
        where T : MutantFate
    {
        var found = mutants.Where(mutant => mutant.Fate is T).ToList();
        report.Heading(found.Count == 0 ? $"{title}: none" : title);
        foreach (var line in found.SelectMany(IfNotKilled)) report.Bad($"  {line}");
    }
}
