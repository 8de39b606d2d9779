using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace RbpfSpec.Reports;

/// <summary>JUnit's name of the way in which a test case did not pass.</summary>
public enum JunitProblemKind
{
    /// <summary>Something else came out than should.</summary>
    Failure,

    /// <summary>Nothing came out.</summary>
    Error,

    /// <summary>It was not tried.</summary>
    Skipped,
}

/// <summary>Why a test case did not pass.</summary>
/// <param name="Kind">What it is called.</param>
/// <param name="Type">Its type, one word; nothing of what was not tried.</param>
/// <param name="Message">The message, one line.</param>
/// <param name="Text">All of it.</param>
public sealed record JunitProblem(JunitProblemKind Kind, string? Type, string Message, string Text);

/// <summary>A test case.</summary>
/// <param name="Suite">The suite that it is in.</param>
/// <param name="Class">What it is about.</param>
/// <param name="Name">Its name.</param>
/// <param name="Problem">Why it did not pass; nothing if it did.</param>
public sealed record JunitCase(string Suite, string Class, string Name, JunitProblem? Problem)
{
    /// <summary>How long it took; nothing if that was not measured.</summary>
    public TimeSpan? Time { get; init; }
}

/// <summary>Results in the XML of JUnit.</summary>
/// <param name="name">The name of the run.</param>
/// <param name="cases">The test cases, suite by suite.</param>
/// <param name="skips">Whether a test case may be skipped, so that each suite tells how many are.</param>
public sealed class Junit(string name, Sequence<JunitCase> cases, bool skips = false)
{
    /// <summary>The text.</summary>
    public override string ToString() =>
        "<?xml version=\"1.0\" "
        + $"encoding=\"utf-8\"?>\n{new XElement("testsuites", Counts(name, cases), cases.GroupBy(one => one.Suite).Select(Suite))}\n";

    private XElement Suite(IGrouping<string, JunitCase> suite) =>
        new("testsuite", Counts(suite.Key, [.. suite]), suite.Select(Case));

    private static XElement Case(JunitCase one) => new(
        "testcase",
        new XAttribute("classname", Legal(one.Class)),
        new XAttribute("name", Legal(one.Name)),
        one.Time is { } time ? new XAttribute("time", Seconds(time)) : null,
        one.Problem is { } problem ? Problem(problem) : null);

    private static XElement Problem(JunitProblem problem) => new(
        Element(problem.Kind),
        problem.Type is { } type ? new XAttribute("type", Legal(type)) : null,
        new XAttribute("message", Legal(problem.Message)),
        problem.Text == "" ? null : Legal(problem.Text));

    private static string Element(JunitProblemKind kind) => kind switch
    {
        JunitProblemKind.Failure => "failure",
        JunitProblemKind.Error => "error",
        JunitProblemKind.Skipped => "skipped",
    };

    private List<XAttribute> Counts(string of, Sequence<JunitCase> counted)
    {
        int Count(JunitProblemKind kind) => counted.Count(one => one.Problem?.Kind == kind);
        List<XAttribute> counts =
        [
            new("name", Legal(of)),
            new("tests", counted.Count),
            new("failures", Count(JunitProblemKind.Failure)),
            new("errors", Count(JunitProblemKind.Error)),
        ];
        if (skips) counts.Add(new("skipped", Count(JunitProblemKind.Skipped)));
        if (counted.Any(one => one.Time is not null))
            counts.Add(new("time", Seconds(counted.Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.Time ?? TimeSpan.Zero)))));
        return counts;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    // What a solver or a machine printed may hold characters that XML does not have.
    private static string Legal(string text) =>
        string.Concat(text.Select(character => XmlConvert.IsXmlChar(character) ? character : '\uFFFD'));
}
