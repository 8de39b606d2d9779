using System.Globalization;
using System.Text;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.RealMachines;

/// <summary>A machine that was given a suite.</summary>
/// <param name="Key">The machine, as <c>--machine</c> or <c>--engine</c> names it.</param>
/// <param name="Title">Its name, for people, with its version.</param>
/// <param name="Profile">The profile of the suite.</param>
/// <param name="Results">What came of each vector.</param>
public sealed record TriedMachine(string Key, string Title, Profile Profile, Sequence<TestResult> Results)
{
    /// <summary>The deviations that nobody has explained.</summary>
    public IEnumerable<TestResult> Unexplained =>
        Results.Where(result => result.IsDeviation && Explanation.Of(Key, result) is null);
}

/// <summary>The page that says what each machine that can be had here does with the suite.</summary>
public static class MachinePage
{
    // So many names show what is meant.
    private const int MostNames = 3;

    /// <summary>The page, in Markdown.</summary>
    /// <param name="day">The day of the runs.</param>
    /// <param name="command">The command that makes the page.</param>
    /// <param name="machines">The machines.</param>
    /// <param name="missing">Machines that could not be had, each with the reason.</param>
    public static string Text(DateOnly day, string command, IReadOnlyList<TriedMachine> machines, IReadOnlyList<string> missing)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # What real machines do with the suite

            Made on {day:yyyy-MM-dd} by `{command}`, which runs the suite on every machine that can be had where it is called.

            | machine | profile | vectors | passed | deviate | not run | left out |
            |---|---|---|---|---|---|---|

            """);
        foreach (var machine in machines) page.Append(Row(machine)).Append('\n');
        page.Append("""

            *Not run*: the machine did not take a program that is right, for a reason of its own. *Left out*: the vector needs what the
            machine does not provide. A program that is to be rejected, or to trap, passes if a verifier refuses it.

            """);
        foreach (var reason in missing) page.Append(CultureInfo.InvariantCulture, $"\nNot tried: {reason}\n");
        foreach (var machine in machines) page.Append(Section(machine));
        return page.ToString();
    }

    private static string Row(TriedMachine machine)
    {
        int Count(Func<TestResult, bool> isSo) => machine.Results.Count(isSo);
        return $"| {machine.Title} | `{machine.Profile.Name}` | {machine.Results.Count} | "
            + $"{Count(result => result.Status is TestStatus.Passed)} | {Count(result => result.IsDeviation)} | "
            + $"{Count(IsDeclined)} | {Count(result => result.Status is TestStatus.Unsupported && !IsDeclined(result))} |";
    }

    private static string Section(TriedMachine machine)
    {
        var deviations = machine.Results.Where(result => result.IsDeviation).ToList();
        var declined = DeclinedPrograms.Of(machine.Results);
        if (deviations.Count == 0 && declined.Count == 0) return "";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n## {machine.Title}\n");
        if (deviations.Count > 0) text.Append("\n| deviations | vectors | kind | why |\n|---|---|---|---|\n");
        foreach (var group in deviations.GroupBy(result => Explanation.Of(machine.Key, result)))
        {
            var why = group.Key is { } explanation
                ? $"{explanation.Kind.ToString().ToLowerInvariant()} | {explanation.Sentence}"
                : "**not explained** | " + Cell(group.First().Reason);
            text.Append(CultureInfo.InvariantCulture, $"| {group.Count()} | {Names(group)} | {why} |\n");
        }

        if (declined.Count > 0) text.Append("\nPrograms that are right, and were not run:\n\n");
        foreach (var line in declined.Lines) text.Append(CultureInfo.InvariantCulture, $"- {Cell(line)}\n");
        return text.ToString();
    }

    private static string Names(IEnumerable<TestResult> results)
    {
        var names = results.Select(result => $"`{result.Vector.Name}`").ToList();
        return string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? " …" : "");
    }

    // Text of machines may have what ends a cell, or begins a tag.
    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static bool IsDeclined(TestResult result) =>
        result is { Status: TestStatus.Unsupported, Reply: MachineReply.Declined };
}
