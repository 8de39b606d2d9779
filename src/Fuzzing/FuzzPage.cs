using System.Globalization;
using System.Text.Json;
using RbpfSpec.Reports;

namespace RbpfSpec.Fuzzing;

/// <summary>The report on a run of the fuzzer.</summary>
/// <param name="Setting">What programs were drawn for.</param>
/// <param name="Engine">The machine in question.</param>
/// <param name="Against">The machine that it was compared with.</param>
/// <param name="Seed">The stream of programs.</param>
/// <param name="Threads">On how many threads; 0 if that is not known, as of several computers.</param>
/// <param name="Run">What the run came to.</param>
public sealed record FuzzPage(Setting Setting, ComparedMachine Engine, ComparedMachine Against, ulong Seed, int Threads, FuzzReport Run)
{
    // The longest table of rule ids that a terminal shows side by side.
    private const int Columns = 4;

    private string Names => $"{Engine.Name} against {Against.Name} under {Setting.Profile.Name}";

    private bool KnowsRules => Engine == ComparedMachine.Reference || Against == ComparedMachine.Reference;

    private double Rate => Run.Coverage.Programs / Math.Max(Run.Time.TotalSeconds, 1e-3);

    private string Again =>
        $"./rbpf fuzz --engine {Engine.Name} --against {Against.Name} --profile {Setting.Profile.Name} --seed {Seed} --program "
        + $"{Run.Divergence?.Number}";

    private IEnumerable<string> Missed =>
    [
        .. Setting.Traps.Where(trap => Run.Coverage[trap] == 0).Select(trap => trap.ToString()),
        .. KnowsRules ? Run.Coverage.Executed.Where(rule => rule.Count == 0).Select(rule => rule.Form.Id) : [],
    ];

    /// <summary>The report for people.</summary>
    public void Print(ITextReport report)
    {
        if (Run.Divergence is { } divergence)
        {
            report.Bad($"{Names} differs on program {divergence.Number} of seed {Seed}; made small:");
            report.Line(divergence.ToString().TrimEnd('\n'));
            report.Line($"again: {Again}");
            return;
        }

        if (Run.Coverage.Programs == 1)
        {
            report.Good($"{Names}: no difference on this program of seed {Seed}");
            return;
        }

        report.Table(["ends by", "runs"], Ends().Select(end => (string[])[end.Name, Number(end.Count)]));
        if (KnowsRules) report.Table([.. Enumerable.Repeat((string[])["rule", "executed"], Columns).SelectMany(pair => pair)], Rules());
        else report.Line("What was executed is known only where one of the machines is the reference.");
        report.Line(Missed.Any() ? $"never met: {string.Join(", ", Missed)}" : "never met: nothing");
        report.Good(string.Create(
            CultureInfo.InvariantCulture,
            $"{Names}: no difference in {Counted.Of(Run.Coverage.Programs, "program")} of seed {Seed}, "
            + $"{Run.Time.TotalSeconds:0.0} s, {Rate:0} a second"
            + $"{Threads switch { 0 => "", 1 => " on 1 thread", _ => $" on {Threads} threads" }}"));
    }

    /// <summary>The report for programs.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("engine", Engine.Name);
        writer.WriteString("against", Against.Name);
        writer.WriteString("profile", Setting.Profile.Name);
        writer.WriteNumber("seed", Seed);
        writer.WriteNumber("programs", Run.Coverage.Programs);
        writer.WriteNumber("seconds", Run.Time.TotalSeconds);
        writer.WriteStartObject("ends");
        foreach (var (name, count) in Ends()) writer.WriteNumber(name, count);
        writer.WriteEndObject();
        if (KnowsRules)
        {
            writer.WriteStartObject("executed");
            foreach (var (form, count) in Run.Coverage.Executed) writer.WriteNumber(form.Id, count);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("missed");
        foreach (var name in Missed) writer.WriteStringValue(name);
        writer.WriteEndArray();
        if (Run.Divergence is not { } divergence) return;
        writer.WriteStartObject("divergence");
        writer.WriteNumber("program", divergence.Number);
        writer.WriteString("text", divergence.ToString());
        writer.WriteString("again", Again);
        writer.WriteEndObject();
    }

    private IEnumerable<(string Name, long Count)> Ends() =>
        [("EXIT", Run.Coverage.Exits), .. Setting.Traps.Select(trap => ($"{trap}", Run.Coverage[trap]))];

    // Down each column first, as in a dictionary.
    private IEnumerable<IReadOnlyList<string>> Rules()
    {
        var rules = Run.Coverage.Executed.ToList();
        var height = (rules.Count + Columns - 1) / Columns;
        for (var row = 0; row < height; row++)
        {
            List<string> cells = [];
            for (var place = row; place < height * Columns; place += height)
                cells.AddRange(place < rules.Count ? [rules[place].Form.Id, Number(rules[place].Count)] : ["", ""]);
            yield return cells;
        }
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
