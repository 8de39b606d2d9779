using System.Xml.Linq;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Tests.Commands.Conformance;

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
            .ShouldBe(
                "2 vectors on the reference machine under rfc9669 and on the fast machine (auto) under rfc9669: 2 alike, 0 different\n");
        Rbpf.Run(["conformance", "run", Folder, "--diff", "reference", $"plugin:{Always7}"]).Fails().ShouldBe(
            $"differ  {At("b.data")}: r0 = 0x8 and r0 = 0x7; expected r0 = 0x8\n"
            + $"2 vectors on the reference machine under rfc9669 and on {Always7}: 1 alike, 1 different\n");
    }

    [Fact]
    public void A_machine_to_compare_has_to_be_one()
    {
        var file = Write("a.data", Seven);

        Rbpf.Run(["conformance", "run", file, "--diff", "reference", "fast"])
            .IsUsage("--diff 'fast' is no machine; expected reference, switch, threaded, compiled, auto, plugin:COMMAND or batch:COMMAND");
        Rbpf.Run(["conformance", "run", file, "--plugin", "a", "--batch", "b"])
            .IsUsage("--plugin and --batch name two machines; expected one, or --diff");
        Rbpf.Run(["conformance", "run", file, "--provides", "regions"])
            .IsUsage(
                "--provides says what the machine behind --batch provides, and there is none; expected --batch with it, or a batch: "
                + "machine of --diff");
        Rbpf.Run(["conformance", "run", file, "--diff", "reference", "switch", "--record", At("known.json")])
            .IsUsage("--record does not go with --diff; expected --profile, --provides, --limit or --jobs with it");
        File.Exists(At("known.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--plugin")]
    [InlineData("--batch")]
    public void A_command_that_is_not_there_is_no_machine_and_no_file_is_written(string protocol)
    {
        var ending = Rbpf.Run(["conformance", "run", Write("a.data", Seven), protocol, "no-such-machine", "--record", At("known.txt"),
            "--report", "html", "--output", At("report.html")]);

        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith("rbpf: the machine 'no-such-machine' does not start: ");
        ending.Error.Count(character => character == '\n').ShouldBe(1);
        Directory.EnumerateFiles(Folder).ShouldBe([At("a.data")]);
    }

    [Theory]
    [InlineData("sh -c \"kill -SEGV $$\"", "crashed", "got a crash: exit code 139 (SIGSEGV)")]
    [InlineData("sh -c \"read program; echo hello\"", "nonsense", "got no answer, but 'hello'")]
    [InlineData("sh -c \"read program; echo too bad >&2; exit 1\"", "failed", "got the word 'too bad', which is none of the protocol's")]
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
            $"1 deviation is known; 0 known ones are gone; 0 are new\n2 vectors on {Always7}: 1 passed, 1 failed, 0 unsupported\n");

        Write("c.data", Eight);
        Rbpf.Run(["conformance", "run", Folder, "--plugin", Always7, "--known", known]).Fails()
            .ShouldStartWith(
                $"failed       {At("c.data")}: expected r0 = 0x8, got r0 = 0x7\n"
                + "1 deviation is known; 0 known ones are gone; 1 is new\n");
    }

    [Fact]
    public void A_file_of_known_deviations_that_is_none_is_refused()
    {
        var known = Write("known.txt", "# ours\n\nalu/add32-k/01 failed\n");

        Rbpf.Run(["conformance", "run", Write("a.data", Seven), "--known", known]).IsUsage(
            $"{known}, line 3: 'alu/add32-k/01 failed' is no deviation; expected a vector's name, a tab, and failed, crashed, "
            + "hung or nonsense");
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
        ((string[])["tests", "failures", "errors", "skipped"])
            .Select(count => junit.Attribute(count)?.Value).ShouldBe(["4", "2", "0", "1"]);
        html.ShouldContain("<p>4 vectors run: 1 passed, 2 failed, 1 unsupported</p>");
        foreach (var line in json.SkipLast(1))
        {
            html.ShouldContain(
                $"<tr><td>{System.Net.WebUtility.HtmlEncode(line.GetProperty("vector").GetString())}</td><td>"
                + $"{line.GetProperty("result")}</td></tr>");
        }
    }

    [Fact]
    public void A_report_needs_a_format_and_a_file_that_can_be_written()
    {
        var file = Write("a.data", Eight);

        Rbpf.Run(["conformance", "run", file, "--report", "html"]).IsUsage(
            "--report and --output belong together; expected both or neither");
        Rbpf.Run(["conformance", "run", file, "--report", "pdf", "--output", At("x")])
            .IsUsage("--report 'pdf' does not exist; expected junit, html or json (see 'rbpf conformance run --help')");

        // A file is no folder, even for root.
        var ending = Rbpf.Run(["conformance", "run", file, "--plugin", Always7, "--record", At("known.txt"), "--report", "html",
            "--output", Path.Combine(file, "x.html")]);
        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: '{Path.Combine(file, "x.html")}' cannot be written: ");
        Directory.EnumerateFiles(Folder).ShouldBe([file]);
    }

    [Fact]
    public void A_folder_with_a_file_that_is_none_runs_the_others_and_names_it()
    {
        Write("a.data", Seven);
        Write("b.data", "-- asm\nmov %r11, 1\n-- result\n0\n");
        Write("c.data", Eight);

        var output = Rbpf.Run(["conformance", "run", Folder]).Fails();

        output.ShouldStartWith($"unreadable   {At("b.data")}, line 2: column 5: found '%r11'; ");
        output.ShouldEndWith("2 vectors under rfc9669: 2 passed, 0 failed, 0 unsupported, 1 file unreadable\n");
        JsonText.Lines(Rbpf.Run(["conformance", "run", Folder, "--json"]).Fails())[^1].GetProperty("unreadable").GetArrayLength().ShouldBe(
            1);
        Rbpf.Run(["conformance", "run", At("b.data")]).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_file_that_says_nothing_about_what_comes_out_is_run_and_not_judged()
    {
        Write("a.data", Seven);
        Write("b.data", "-- asm\nmov %r0, 1\nexit\n-- raw\n0x00000001000000b7\n0x0000000000000095\n");

        Rbpf.Run(["conformance", "run", Folder]).Fails().ShouldBe(
            $"unsupported  {At("b.data")}: nothing says what has to come out: there is no section '-- result' and none '-- error'; "
            + "got r0 = 0x1\n"
            + "2 vectors under rfc9669: 1 passed, 0 failed, 1 unsupported\n");
    }

    [Fact]
    public void Words_are_translated_by_a_file_or_taken_and_named()
    {
        var file = Write("a.data", "-- asm\nldxb %r0, [%r1]\nexit\n-- error\ntrap MemoryAccess at slot 0\n");
        string[] run = ["conformance", "run", file, "--plugin", "sh -c \"echo E42: bad access; exit 1\""];

        Rbpf.Run(run).Fails().ShouldContain(
            "\nwords that the protocol does not have: 'E42: bad access' (1); --traps FILE says what they mean, ");
        Rbpf.Run([.. run, "--traps", Write("words", "E42* = MemoryAccess\n")]).Holds().ShouldEndWith(
            " 1 passed, 0 failed, 0 unsupported\n");
        Rbpf.Run([.. run, "--traps", Write("words", "E42* = DivisionByZero\n")]).Fails().ShouldContain(", got trap DivisionByZero\n");
        Rbpf.Run([.. run, "--lenient"]).Holds().ShouldContain(
            "lenient: words without a meaning passed for whatever was expected: 'E42: bad access' (1)\n");
        Rbpf.Run([.. run, "--traps", Write("words", "E42\n")]).IsUsage(
            $"{At("words")}, line 1: 'E42' translates nothing; expected a word of the machine, '=' and what it means: "
            + $"{MachineWords.Meanings}");
    }

    [Fact]
    public void One_vector_is_chosen_by_its_name_and_lines_come_from_standard_input()
    {
        Write("a.data", Seven);
        Write("b.data", Eight);

        Rbpf.Run(["conformance", "run", Folder, "--only", "*b.data"]).Holds().ShouldStartWith("1 vector ");
        Rbpf.Run(["conformance", "run", Folder, "--only", "c"]).IsUsage(
            $"--only 'c' is the name of no vector; expected one such as {At("a.data")}, or a pattern with *");
        Rbpf.Run(["conformance", "run", "--elf", Folder]).IsUsage("--elf says what a plugin is given; expected --plugin with it");
    }

    // More deviations than a screen holds are told by cause, with a program made small and what runs it again.
    [Fact]
    public void Many_deviations_are_told_by_their_cause()
    {
        var lines = string.Concat(Enumerable.Range(1, 12).Select(number =>
        {
            var second = number % 2 == 0 ? "" : "b702000005000000";
            var code = $"b7000000{number:x2}0000000700000001000000{second}9500000000000000";
            return $$"""{"name":"add {{number}}","program":"{{code}}","r0":"0x{{number + 1:x}}"}""" + "\n";
        }));
        var file = Write("lines.jsonl", lines + """{"name":"seven","program":"b7000000070000009500000000000000","r0":"0x7"}""" + "\n");

        var output = Rbpf.Run(["conformance", "run", file, "--batch", "while read -r line; do echo '{\"r0\":\"0x7\"}'; done", "--report",
            "html", "--output", At("page.html")]).Fails();

        output.ShouldContain("one probable cause explains 11 deviations\n1. alu/add64-k: 11 of 12 vectors with it deviate\n");
        output.ShouldContain(
            "        0  b700000000000000  mov %r0, 0\n        1  0700000000000000  add %r0, 0\n        2  9500000000000000  exit\n");
        output.ShouldContain($"again: ./rbpf conformance run {file} --only 'add ");
        output.ShouldContain(
            """small: echo '{"program":"b70000000000000007000000000000009500000000000000","memory":"","expected":{"r0":"0x0"}}' """
            + "| ./rbpf conformance run - --profile rfc9669 --batch 'while read");
        File.ReadAllText(At("page.html")).ShouldContain("<h3>alu/add64-k: 11 of 12</h3>");
    }

    [Fact]
    public void What_a_machine_lacks_is_named_once_and_left_out()
    {
        var file = Write("lines.jsonl",
            """{"program":"b7000000070000009500000000000000","r0":"0x7"}""" + "\n"
            + """{"program":"b7000000070000003700000002000000 9500000000000000","r0":"0x3"}""" + "\n");
        const string noDivision =
            "while read -r line; do case $line in *b7*37*95*) echo '{\"rejected\":true}';; *) echo '{\"r0\":\"0x7\"}';; esac; done";

        Rbpf.Run(["conformance", "run", file, "--batch", noDivision, "--probe"]).Holds().ShouldContain(
            "the machine lacks alu/div64-k, alu/sdiv64-k: 1 vector with them is left out\n");
    }

    // Of a machine that answers the same to everything, on the whole suite: few lines, and a page that a browser likes.
    [Fact]
    [Trait("Needs", "time")]
    public void A_report_fits_a_screen_and_a_page()
    {
        var output = Rbpf.Run(["conformance", "run", "spec/vectors/vectors.json", "--profile", "rbpf", "--batch",
            "while read -r line; do echo '{\"trap\":\"BadRequest\"}'; done", "--report", "html", "--output", At("page.html")]).Fails();

        output.ShouldContain(": 0 passed, 0 failed, ");
        output.Split('\n').Length.ShouldBeLessThan(70);
        new FileInfo(At("page.html")).Length.ShouldBeLessThan(300_000);
    }
}
