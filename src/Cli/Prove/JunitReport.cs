using System.Globalization;
using System.Xml.Linq;
using RbpfSpec.Cli.Prove.Findings;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Cli.Prove;

/// <summary>A run in the XML of JUnit: a test case a claim, a suite a family.</summary>
public static class JunitReport
{
    /// <summary>The text.</summary>
    public static string Text(RunResult run)
    {
        var suites = run.Results.GroupBy(result => result.Claim.Family).Select(Suite);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", Counts("rbpf prove", [.. run.Results]), suites)}\n";
    }

    private static XElement Suite(IGrouping<string, Result> family) =>
        new("testsuite", Counts(family.Key, [.. family]), family.Select(Case));

    private static XElement Case(Result result) => new(
        "testcase",
        new XAttribute("classname", result.Claim.Family),
        new XAttribute("name", Legal(result.Claim.Id)),
        new XAttribute("time", Seconds(result.Time)),
        result.Verdict switch
        {
            Verdict.Proved => null,
            Verdict.Refuted => Problem("failure", "refuted", result, string.Join('\n', Finding.Of(result).Lines.Skip(1))),
            Verdict.Undecided => Problem("error", "undecided", result, string.Join('\n', Finding.Of(result).Lines.Skip(1))),
        });

    private static XElement Problem(string element, string verdict, Result result, string text) => new(
        element,
        new XAttribute("type", verdict),
        new XAttribute("message", Legal($"{verdict}: {result.Claim.Sentence}")),
        Legal(text));

    private static XAttribute[] Counts(string name, IReadOnlyList<Result> results)
    {
        var tally = Tally.Of(results);
        return
        [
            new("name", name),
            new("tests", tally.Total),
            new("failures", tally.Refuted),
            new("errors", tally.Undecided),
            new("time", Seconds(results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Time))),
        ];
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    // What a solver printed may hold characters that XML does not have.
    private static string Legal(string text) =>
        string.Concat(text.Select(character => System.Xml.XmlConvert.IsXmlChar(character) ? character : '\uFFFD'));
}
