using System.Xml.Linq;

namespace RbpfSpec.Cli.Tests.Commands;

/// <summary>Vectors on other machines, compared, expected to deviate, and reported in files.</summary>
public class RunVectorsTests : Scratch
{
    private const string Seven = "-- asm\nmov %r0, 7\nexit\n-- result\n7\n";
    private const string Eight = "-- asm\nmov %r0, 8\nexit\n-- result\n8\n";
    private const string Outside = "-- asm\ncallx %r2\nexit\n-- result\n0\n";
    private const string Trapped = "-- asm\nldxb %r0, [%r1]\nexit\n-- result\n0\n";

    // A machine that answers 7, whatever it is asked.
    private const string Always7 = "sh -c \"read program; echo 7\"";

    [Fact]
    public void Two_machines_are_compared_and_what_differs_is_named()
    {
        Write("a.data", Seven);
        Write("b.data", Eight);
        Write("c.data", Outside);

        Rbpf.Run(["conformance", "run", Folder, "--diff", "reference", "auto"]).Holds()
            .ShouldBe("2 vectors on the reference machine under rfc9669 and on the fast machine (auto) under rfc9669: 2 alike, 0 different\n");
        Rbpf.Run(["conformance", "run", Folder, "--diff", "reference", $"plugin:{Always7}"]).Fails().ShouldBe(
            $"differ  {At("b.data")}: r0 = 0x8 and r0 = 0x7; expected r0 = 0x8\n"
            + $"2 vectors on the reference machine under rfc9669 and on {Always7}: 1 alike, 1 different\n");
    }

    [Fact]
    public void A_machine_to_compare_has_to_be_one()
    {
        var file = Write("a.data", Seven);

        Rbpf.Run(["conformance", "run", file, "--diff", "reference", "fast"])
            .IsUsage("--diff 'fast' is no machine; expected reference, switch, threaded, auto, plugin:COMMAND or batch:COMMAND");
        Rbpf.Run(["conformance", "run", file, "--plugin", "a", "--batch", "b"])
            .IsUsage("--plugin and --batch name two machines; expected one, or --diff");
        Rbpf.Run(["conformance", "run", file, "--provides", "regions"])
            .IsUsage("--provides says what the machine behind --batch provides, and there is none; expected --batch with it, or a batch: machine of --diff");
        Rbpf.Run(["conformance", "run", file, "--diff", "reference", "switch", "--record", At("known.json")])
            .IsUsage("--record does not go with --diff; expected --profile, --provides, --limit or --jobs with it");
        File.Exists(At("known.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--plugin")]
    [InlineData("--batch")]
    public void A_command_that_is_not_there_is_no_machine_and_no_file_is_written(string protocol)
    {
        var ending = Rbpf.Run(["conformance", "run", Write("a.data", Seven), protocol, "no-such-machine", "--record", At("known.txt"), "--report", "html", "--output", At("report.html")]);

        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith("rbpf: the machine 'no-such-machine' does not start: ");
        ending.Error.Count(character => character == '\n').ShouldBe(1);
        Directory.EnumerateFiles(Folder).ShouldBe([At("a.data")]);
    }

    [Theory]
    [InlineData("sh -c \"kill -SEGV $$\"", "crashed", "got a crash: exit code 139")]
    [InlineData("sh -c \"read program; echo hello\"", "failed", "got no answer, but 'hello'")]
    [InlineData("sh -c \"read program; echo too bad >&2; exit 1\"", "failed", "got a refusal too bad")]
    public void What_a_machine_does_instead_of_answering_is_told_in_a_line(string command, string status, string what)
    {
        var file = Write("a.data", Seven);

        Rbpf.Run(["conformance", "run", file, "--plugin", command]).Fails().Split('\n')[0]
            .ShouldBe($"{status,-11}  {file}: expected r0 = 0x7, {what}");
    }

    [Fact]
    public void Recorded_deviations_are_expected_and_only_new_ones_fail()
    {
        Write("a.data", Seven);
        Write("b.data", Eight);
        var known = At("known.txt");

        Rbpf.Run(["conformance", "run", Folder, "--plugin", Always7, "--record", known]).ExitCode.ShouldBe(1);
        File.ReadAllText(known).ShouldBe($"# Known deviations, written by: rbpf conformance run --record\n{At("b.data")}\tfailed\n");
        Rbpf.Run(["conformance", "run", Folder, "--plugin", Always7, "--known", known]).Holds().ShouldBe(
            $"1 deviations are known; 0 known ones are gone; 0 are new\n2 vectors on {Always7}: 1 passed, 1 failed, 0 unsupported\n");

        Write("c.data", Eight);
        Rbpf.Run(["conformance", "run", Folder, "--plugin", Always7, "--known", known]).Fails()
            .ShouldStartWith($"failed       {At("c.data")}: expected r0 = 0x8, got r0 = 0x7\n1 deviations are known; 0 known ones are gone; 1 are new\n");
    }

    [Fact]
    public void A_file_of_known_deviations_that_is_none_is_refused()
    {
        var known = Write("known.txt", "# ours\n\nalu/add32-k/01 failed\n");

        Rbpf.Run(["conformance", "run", Write("a.data", Seven), "--known", known]).IsUsage(
            $"{known}, line 3: 'alu/add32-k/01 failed' is no deviation; expected a vector's name, a tab, and failed, crashed or hung");
    }

    [Fact]
    public void The_reports_agree_in_number_and_names()
    {
        string[] names = [Write("a.data", Seven), Write("b.data", Eight), Write("c.data", Outside), Write("d&<.data", Trapped)];
        string[] run = ["conformance", "run", Folder, "--plugin", Always7];
        var text = Rbpf.Run(run).Fails();
        foreach (var format in (string[])["junit", "html", "json"])
            Rbpf.Run([.. run, "--report", format, "--output", At(format)]).Fails().ShouldBe(text);

        var json = JsonText.Lines(File.ReadAllText(At("json")));
        var junit = XDocument.Load(At("junit")).Root.ShouldNotBeNull();
        var cases = junit.Descendants("testcase").ToList();
        var html = File.ReadAllText(At("html"));

        json.SkipLast(1).Select(line => $"{line.GetProperty("vector")}: {line.GetProperty("result")}")
            .ShouldBe([$"{names[0]}: passed", $"{names[1]}: failed", $"{names[2]}: unsupported", $"{names[3]}: failed"]);
        json[^1].GetRawText().ShouldBe("""{"profile":"rfc9669","passed":1,"failed":2,"unsupported":1}""");
        cases.Select(each => $"{each.Attribute("name")?.Value}: {each.Elements().SingleOrDefault()?.Name.LocalName ?? "passed"}")
            .ShouldBe([$"{names[0]}: passed", $"{names[1]}: failure", $"{names[2]}: skipped", $"{names[3]}: failure"]);
        ((string[])["tests", "failures", "errors", "skipped"]).Select(count => junit.Attribute(count)?.Value).ShouldBe(["4", "2", "0", "1"]);
        html.ShouldContain("<p>4 vectors run: 1 passed, 2 failed, 1 unsupported</p>");
        foreach (var line in json.SkipLast(1))
        {
            html.ShouldContain(
                $"<tr><td>{System.Net.WebUtility.HtmlEncode(line.GetProperty("vector").GetString())}</td><td>{line.GetProperty("result")}</td></tr>");
        }
    }

    [Fact]
    public void A_report_needs_a_format_and_a_file_that_can_be_written()
    {
        var file = Write("a.data", Eight);

        Rbpf.Run(["conformance", "run", file, "--report", "html"]).IsUsage("--report and --output belong together; expected both or neither");
        Rbpf.Run(["conformance", "run", file, "--report", "pdf", "--output", At("x")])
            .IsUsage("--report 'pdf' does not exist; expected junit, html or json (see 'rbpf conformance run --help')");

        // A file is no folder, even for root.
        var ending = Rbpf.Run(["conformance", "run", file, "--plugin", Always7, "--record", At("known.txt"), "--report", "html", "--output", Path.Combine(file, "x.html")]);
        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: '{Path.Combine(file, "x.html")}' cannot be written: ");
        Directory.EnumerateFiles(Folder).ShouldBe([file]);
    }
}
