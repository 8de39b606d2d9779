using System.Text.Json;

namespace RbpfSpec.Cli.Tests.Outputs;

/// <summary>Commands that take several programs, and folders of them.</summary>
public sealed class EachProgramTests : Scratch
{
    private const string Exits = "mov %r0, 0\nexit\n";

    // Of one byte it asks for two.
    private const string Traps = "ldxh %r0, [%r1]\nexit\n";

    // A jump behind the end.
    private const string Rejected = "ja +5\nexit\n";

    [Fact]
    public void Each_program_of_a_folder_is_told_in_order_and_the_worst_gives_the_exit_code()
    {
        Folders("b.o", "a.o", "deep/c.o");
        Write("programs/notes.txt", "no program");

        var text = Rbpf.Run(["check", At("programs")]).Holds();

        var names = text.Split('\n').Where(line => line.EndsWith(".o", StringComparison.Ordinal));
        names.ShouldBe([At("programs/a.o"), At("programs/b.o"), At("programs/deep/c.o")]);
        text.ShouldEndWith("3 programs: 3 accepted\n");
    }

    [Theory]
    [InlineData(CommandLine.Holds, Exits)]
    [InlineData(CommandLine.Undecided, Exits, Traps)]
    [InlineData(CommandLine.Fails, Exits, Traps, Rejected)]
    [InlineData(CommandLine.Usage, "none", Exits, Traps, Rejected)]
    public void The_exit_code_is_that_of_the_worst(int expected, params string[] programs) =>
        Rbpf.Run(["analyze", "--search", "0", .. programs.Select((text, i) => Write($"{i}.s", text)), At("0.s"), Write("x.s", Exits)])
            .ExitCode.ShouldBe(expected);

    [Fact]
    public void A_file_that_is_no_program_hides_none_of_the_others()
    {
        var (none, missing, good) = (Write("none.s", "no program"), At("missing.o"), Write("good.s", Exits));

        var ending = Rbpf.Run(["check", none, missing, good]);

        ending.Output.ShouldStartWith($"{good}\naccepted: 2 slots, profile rbpf\n");
        ending.Output.ShouldEndWith("3 programs: 1 accepted, 2 no program\n");
        ending.Error.ShouldContain($"rbpf: {none}: line 1, ");
        ending.Error.ShouldContain($"rbpf: '{missing}' cannot be read");
    }

    [Fact]
    public void A_control_character_in_a_name_breaks_no_line_and_no_table()
    {
        if (OperatingSystem.IsWindows()) return;
        const string name = "a\nb\t\u001b[31m.s";
        const string shown = @"a\nb\t\u001b[31m.s";
        string[] files = [Write(name, Rejected), Write("good.s", Exits)];
        foreach (var command in (string[])["check", "analyze"])
        {
            var (summary, sarif) = (At($"{command}.md"), At($"{command}.sarif"));

            var ending = Rbpf.Run([command, .. files, "--summary", summary, "--sarif", sarif]);

            (ending.Output + ending.Error).Any(static one => char.IsControl(one) && one != '\n').ShouldBeFalse();
            if (command == "check") ending.Output.Split('\n').ShouldContain(At(shown));
            ending.Output.Split('\n').Count(line => line.StartsWith($"{At(shown)}  rejected", StringComparison.Ordinal)).ShouldBe(1);
            File.ReadAllLines(summary).Length.ShouldBe(4);
            File.ReadAllText(summary).ShouldContain($"| `{At(shown)}` |");
            File.ReadAllText(sarif).ShouldContain("a%0Ab%09%1B%5B31m.s");
            Rbpf.Run([command, .. files, "--json"]).Output.Split('\n')[0].ShouldContain(JsonEncodedText.Encode("a\nb\t\u001b").ToString());
        }

        Rbpf.Run(["run", At($"none-{name}")]).Error.ShouldStartWith($"rbpf: '{At($"none-{shown}")}' cannot be read: ");
    }

    [Fact]
    public void What_is_told_of_each_is_what_is_told_of_it_alone()
    {
        string[] files = ["examples/increment.o", "bench/workloads/copy.o", "examples/udp.o"];
        string[] options = ["--search", "0", "--context", "4.."];

        var all = Rbpf.Run(["analyze", .. files, .. options]).Output;

        var alone = files.Select(file => $"{file}\n{Rbpf.Run(["analyze", file, .. options]).Output}\n");
        all.ShouldStartWith(string.Concat(alone));
    }

    [Fact]
    public void JSON_has_a_line_for_each_program()
    {
        var (none, good) = (Write("none.s", "no program"), Write("good.s", Exits));

        var ending = Rbpf.Run(["analyze", "--json", good, none]);

        var lines = ending.Output.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("program").GetString()).ShouldBe([good, none]);
        lines.Select(line => line.GetProperty("exitCode").GetInt32()).ShouldBe([0, 2]);
        lines[0].GetProperty("proved").GetBoolean().ShouldBeTrue();
        lines[1].GetProperty("error").GetString()!.ShouldContain("line 1");
    }

    [Fact]
    public void One_report_in_SARIF_and_one_table_are_about_all()
    {
        var (left, right) = (Write("left.s", Traps), Write("right|.s", Traps));

        Rbpf.Run(["analyze", "--search", "0", left, right, "--sarif", At("all.sarif"), "--summary", At("all.md")]);

        using var sarif = JsonDocument.Parse(File.ReadAllText(At("all.sarif")));
        sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("locations")[0].GetProperty("logicalLocations")[0]
                .GetProperty("fullyQualifiedName").GetString())
            .ShouldBe([$"{left}, slot 0", $"{right}, slot 0"]);
        File.ReadAllLines(At("all.md")).ShouldBe(
        [
            "| program | verdict | |",
            "|---|---|---|",
            $"| `{left}` | not proved | 0 of 1 possible traps proved never to be raised, contexts of 0.. bytes, profile rbpf |",
            $"| `{right.Replace("|", "\\|", StringComparison.Ordinal)}` | not proved | "
                + "0 of 1 possible traps proved never to be raised, contexts of 0.. bytes, profile rbpf |",
        ]);
    }

    [Fact]
    public void A_single_file_that_is_no_program_is_in_the_table_and_is_told_as_ever()
    {
        var none = Write("none.s", "no program");

        Rbpf.Run(["analyze", none, "--summary", At("one.md")]).Error.ShouldStartWith($"rbpf: {none}: line 1, ");
        File.ReadAllLines(At("one.md"))[2].ShouldStartWith($"| `{none}` | **no program** | {none}: line 1, ");
    }

    [Theory]
    [InlineData("missing.o")]
    [InlineData("missing.o", "good.s")]
    public void A_file_that_is_no_program_is_in_SARIF(params string[] names)
    {
        Write("good.s", Exits);

        Rbpf.Run(["check", .. names.Select(At), "--sarif", At("all.sarif")]).ExitCode.ShouldBe(CommandLine.Usage);

        using var sarif = JsonDocument.Parse(File.ReadAllText(At("all.sarif")));
        var result = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ShouldHaveSingleItem();
        result.GetProperty("level").GetString().ShouldBe("error");
        result.GetProperty("message").GetProperty("text").GetString()!.ShouldContain($"'{At("missing.o")}' cannot be read");
    }

    [Fact]
    public void What_check_does_not_prove_of_ranges_is_in_SARIF_as_of_analyze()
    {
        var traps = Write("traps.s", Traps);

        Rbpf.Run(["check", traps, "--ranges", "--sarif", At("check.sarif")]).ExitCode.ShouldBe(CommandLine.Fails);
        Rbpf.Run(["analyze", traps, "--search", "0", "--sarif", At("analyze.sarif")]).ExitCode.ShouldBe(CommandLine.Undecided);

        var said = File.ReadAllText(At("check.sarif"));
        said.ShouldContain("\"ruleId\": \"trap/MemoryAccess\"");
        said.Replace("rbpf check", "rbpf analyze", StringComparison.Ordinal).ShouldBe(File.ReadAllText(At("analyze.sarif")));
    }

    [Fact]
    public void A_link_to_an_object_is_one_even_if_it_leads_nowhere_and_a_link_to_a_folder_is_not_followed()
    {
        Folders("a.o");
        Directory.CreateSymbolicLink(At("programs/around"), At("programs"));
        File.CreateSymbolicLink(At("programs/linked.o"), At("programs/a.o"));
        Rbpf.Run(["check", At("programs")]).Holds().ShouldEndWith("2 programs: 2 accepted\n");

        File.CreateSymbolicLink(At("programs/nowhere.o"), At("gone.o"));
        Rbpf.Run(["check", At("programs")]).Output.ShouldEndWith("3 programs: 2 accepted, 1 no program\n");
    }

    [Fact]
    public void A_file_that_is_named_twice_is_told_once()
    {
        Folders("a.o");

        Rbpf.Run(["check", At("programs/a.o"), At("programs"), At("programs/../programs/a.o")]).Holds()
            .ShouldEndWith("1 program: 1 accepted\n");
    }

    [Fact]
    public void A_report_takes_the_place_of_no_program_and_of_no_other_report()
    {
        var good = Write("good.s", Exits);

        Rbpf.Run(["check", good, "--sarif", At("./good.s")]).Error.ShouldStartWith("rbpf: --sarif ");
        Rbpf.Run(["check", good, "--sarif", At("x"), "--summary", At("x")]).Error.ShouldStartWith("rbpf: --summary ");
        File.ReadAllText(good).ShouldBe(Exits);
        File.Exists(At("x")).ShouldBeFalse();
    }

    [Fact]
    public void A_table_shows_names_as_they_are()
    {
        var odd = Write("a`<b>.s", "no program");

        Rbpf.Run(["check", odd, "--summary", At("one.md")]);

        File.ReadAllLines(At("one.md"))[2].ShouldStartWith($"| `` {odd} `` | **no program** | ");
        File.ReadAllLines(At("one.md"))[2].ShouldContain("`&lt;b>.s: line 1");
    }

    [Theory]
    [InlineData("--certificate", "x.json")]
    [InlineData("--check", "x.json")]
    [InlineData("--explain", "0")]
    public void What_goes_with_one_program_is_refused_with_several(string option, string value) =>
        Rbpf.Run(["analyze", Write("a.s", Exits), Write("b.s", Exits), option, value]).HasNoProgram($"{option} goes with one program only");

    [Fact]
    public void A_folder_without_objects_is_no_set_of_programs()
    {
        Directory.CreateDirectory(At("empty"));

        Rbpf.Run(["analyze", At("empty")]).HasNoProgram($"there is no object (*.o) in the folder '{At("empty")}'");
    }

    private void Folders(params string[] names)
    {
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At($"programs/{name}"))!);
            File.WriteAllBytes(At($"programs/{name}"), Repository.Example("increment"));
        }
    }
}
