using System.Xml;
using System.Xml.Linq;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Vectors;

/// <summary>Results in the XML of JUnit: a test case a vector, a suite a conformance group.</summary>
internal static class VectorJunit
{
    /// <summary>The text.</summary>
    public static string Text(Sequence<TestResult> results) =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", Counts("rbpf conformance", results), results.GroupBy(Subjects.Group).Select(Suite))}\n";

    private static XElement Suite(IGrouping<string, TestResult> group) =>
        new("testsuite", Counts(group.Key, [.. group]), group.Select(Case));

    private static XElement Case(TestResult result) => new(
        "testcase",
        new XAttribute("classname", Legal(result.Vector.Rule)),
        new XAttribute("name", Legal(result.Vector.Name)),
        result.Status switch
        {
            TestStatus.Passed => null,
            TestStatus.Unsupported => new XElement("skipped", new XAttribute("message", Legal(result.Reason))),
            TestStatus.Failed or TestStatus.Nonsense => Problem("failure", result),
            TestStatus.Crashed or TestStatus.Hung => Problem("error", result),
        });

    private static XElement Problem(string element, TestResult result) => new(
        element,
        new XAttribute("type", result.Status.ToString().ToLowerInvariant()),
        new XAttribute("message", Legal(result.Reason)),
        Legal(string.Join('\n', [result.Vector.Purpose, .. CauseReport.Listing(result.Vector)])));

    private static XAttribute[] Counts(string name, Sequence<TestResult> results) =>
    [
        new("name", name),
        new("tests", results.Count),
        new("failures", results.Count(result => result.Status is TestStatus.Failed or TestStatus.Nonsense)),
        new("errors", results.Count(result => result.Status is TestStatus.Crashed or TestStatus.Hung)),
        new("skipped", results.Count(result => result.Status is TestStatus.Unsupported)),
    ];

    // What a machine printed may hold characters that XML does not have.
    private static string Legal(string text) =>
        string.Concat(text.Select(character => XmlConvert.IsXmlChar(character) ? character : '\uFFFD'));
}
