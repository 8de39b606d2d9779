using System.Xml.Linq;

namespace RbpfSpec.Reports.Tests;

public class JunitTests
{
    private static readonly JunitCase Passed = new("a", "class", "passed", null) { Time = TimeSpan.FromSeconds(1.5) };

    private static JunitCase Case(string suite, JunitProblemKind kind, string text) =>
        new(suite, "class", $"{kind}", new(kind, "kind", $"message {text}", text)) { Time = TimeSpan.FromSeconds(1) };

    [Fact]
    public void Suites_and_the_run_count_what_did_not_pass_by_its_kind()
    {
        var root = XDocument.Parse(new Junit(
            "run",
            [Passed, Case("a", JunitProblemKind.Failure, "x"), Case("b", JunitProblemKind.Error, "y"),
                Case("b", JunitProblemKind.Skipped, "")],
            skips: true).ToString()).Root!;

        Counts(root).ShouldBe("run: 4 tests, 1 failures, 1 errors, 1 skipped, 4.5 s");
        root.Elements("testsuite").Select(Counts).ShouldBe(
            ["a: 2 tests, 1 failures, 0 errors, 0 skipped, 2.5 s", "b: 2 tests, 0 failures, 1 errors, 1 skipped, 2 s"]);
        root.Descendants("skipped").Single().IsEmpty.ShouldBeTrue();

        static string Counts(XElement of)
        {
            string Of(string name) => of.Attribute(name)!.Value;
            return $"{Of("name")}: {Of("tests")} tests, {Of("failures")} failures, {Of("errors")} errors, {Of("skipped")} skipped, "
                + $"{Of("time")} s";
        }
    }

    [Fact]
    public void What_is_not_measured_and_cannot_be_skipped_is_not_counted()
    {
        var root = XDocument.Parse(new Junit("run", [Passed with { Time = null }]).ToString()).Root!;

        root.DescendantsAndSelf().SelectMany(element => element.Attributes("time")).ShouldBeEmpty();
        root.DescendantsAndSelf().SelectMany(element => element.Attributes("skipped")).ShouldBeEmpty();
    }

    [Fact]
    public void Characters_that_XML_does_not_have_are_replaced()
    {
        var text = XDocument.Parse(new Junit("run", [Case("a", JunitProblemKind.Failure, "<a\0b>")]).ToString()).Root!.Descendants(
            "failure").Single();

        XDocument.Parse(new Junit("r\0n", [Passed with { Suite = "s\u001b", Class = "c\0", Name = "n\0" }]).ToString()).Root!
            .DescendantsAndSelf().Attributes("name").Select(static one => one.Value).ShouldBe(["r\uFFFDn", "s\uFFFD", "n\uFFFD"]);
        text.Value.ShouldBe("<a\uFFFDb>");
        text.Attribute("message")!.Value.ShouldBe("message <a\uFFFDb>");
    }
}
