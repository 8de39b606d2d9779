namespace RbpfSpec.Cli.Tests.Commands.Analyze;

public class AnalyzeCommandTests : Scratch
{
    private const string Help = " (see 'rbpf analyze --help')";
    private const string Lengths = "expected N, MIN..MAX or MIN.., such as 8..64, up to 268435456" + Help;
    private const string Overrun = "analyze examples/field.o --function field_overrun --context 1..64";

    [Fact]
    public void What_is_proved_ends_with_0_and_one_line()
    {
        Rbpf.Line("analyze examples/increment.o --context 8..").Holds().ShouldBe(
            """
            branches: at most 0 of 200 granted
            1 of 1 possible traps proved never to be raised, contexts of 8.. bytes, profile rbpf

            """);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_trap_that_is_found_ends_with_1_and_is_told_with_its_context_and_history()
    {
        var text = Rbpf.Line(Overrun).Fails();
        text.ShouldStartWith("trap: MemoryAccess at slot 6: ldxb %r0, [%r1+1]\n  with a context of 1 byte: 00\n");
        text.ShouldContain("\n  beyond the end: context: needs offset + 1 <= length; the offset is 1 to 64, the length 1 to 64; ");
        text.ShouldContain("\n  made at slot 2: r3 is [0, 255] = r3@2, by ldxb %r3, [%r1]\n  narrowed at slot 3: ");
        text.ShouldContain("\n  on the way, slot 3: jge %r3, %r2, +5: not taken\n");
        text.ShouldContain("\n  enough would be: if (length < 2 || i > length - 2) return 0;  // i is r3@2\n");
        text.ShouldEndWith("2 of 3 possible traps proved never to be raised, contexts of 1..64 bytes, profile rbpf\n");

        // It is one: the machine confirms it.
        Rbpf.Line("run examples/field.o --function field_overrun --memory 00").Fails().ShouldContain("MemoryAccess at slot 6");
    }

    [Fact]
    public void What_is_not_proved_runs_all_the_same() =>
        Rbpf.Line("run examples/field.o --function field_overrun --memory 010203").Holds().ShouldContain("770");

    [Fact]
    public void What_is_not_proved_ends_with_3_and_names_the_line_of_source()
    {
        var ending = Rbpf.Line("analyze tests/Images.Tests/Lines/lines.o --search 0 --context 8..");
        ending.ExitCode.ShouldBe(CommandLine.Undecided);
        ending.Error.ShouldBe("");
        ending.Output.ShouldStartWith("not proved: MemoryAccess at slot 16: ldxw %r0, [%r1] (lines.c:3: return p[at + 1];)\n");
        ending.Output.ShouldContain("by ldxw %r2, [%r6] (lines.c:7: return pick(p, 0) + pick(p, p[0]);)\n");
    }

    // The check that is said to be enough is: with it in front, the same access is proved.
    [Fact]
    public void The_check_that_is_named_is_enough()
    {
        const string access = "ldxb %r3, [%r1]\n{0}add %r1, %r3\nldxb %r0, [%r1+1]\nmov %r0, 0\nexit\n";
        var bare = Write("bare.s", access.Replace("{0}", "", StringComparison.Ordinal));
        Rbpf.Run(["analyze", bare, "--context", "16", "--search", "0"]).Output
            .ShouldContain("  enough would be: if (i >= 15) return 0;  // i is r3@0\n");
        var guarded = Write("guarded.s", access.Replace("{0}", "jge %r3, 15, +2\n", StringComparison.Ordinal));
        Rbpf.Run(["analyze", guarded, "--context", "16"]).Holds().ShouldContain("2 of 2 possible traps proved");
        var open = Write("open.s", access.Replace("{0}", "jge %r3, 16, +2\n", StringComparison.Ordinal));
        Rbpf.Run(["analyze", open, "--context", "16", "--search", "0"]).ExitCode.ShouldBe(CommandLine.Undecided);
    }

    [Fact]
    public void A_slot_that_no_run_comes_to_is_told()
    {
        var file = Write("dead.s", "mov %r0, 0\nja +1\nmov %r0, 1\nexit\n");
        Rbpf.Run(["analyze", file, "--explain", "2"]).Holds().ShouldEndWith("no run comes here\n");
        Rbpf.Run(["analyze", file, "--ranges"]).Holds().ShouldContain("no run comes here\n");
    }

    [Fact]
    public void A_certificate_is_confirmed_for_its_program_and_contexts_only()
    {
        var file = At("increment.json");
        Rbpf.Run(["analyze", "examples/increment.o", "--context", "8..64", "--certificate", file]).Holds();
        Rbpf.Run(["analyze", "examples/increment.o", "--context", "8..64", "--check", file]).Holds().ShouldContain("1 of 1 possible traps");
        Rbpf.Run(["analyze", "examples/increment.o", "--context", "16", "--check", file]).Holds();

        // What is confirmed can be written again: of fewer contexts, as they are asked about.
        var again = At("again.json");
        Rbpf.Run(["analyze", "examples/increment.o", "--context", "8..64", "--check", file, "--certificate", again]).Holds();
        File.ReadAllBytes(again).ShouldBe(File.ReadAllBytes(file));
        Rbpf.Run(["analyze", "examples/increment.o", "--context", "7..64", "--check", file]).Fails()
            .ShouldBe($"refused: '{file}': it is about contexts of 8..64 bytes, not 7..64\n");
        Rbpf.Run(["analyze", "examples/field.o", "--function", "field", "--context", "8..64", "--check", file]).Fails()
            .ShouldBe($"refused: '{file}': it is about another program\n");
        Rbpf.Run(["analyze", "examples/increment.o", "--profile", "rfc9669", "--context", "8..64", "--check", file]).Fails()
            .ShouldStartWith($"refused: '{file}': it is about another ");
        Rbpf.Run(["analyze", "examples/increment.o", "--check", Write("no.json", "{}")]).Fails()
            .ShouldStartWith($"refused: '{At("no.json")}': it is no certificate: 'version' is missing; expected what");
    }

    [Theory]
    [InlineData("--context 8..4", "--context '8..4' is no length; " + Lengths)]
    [InlineData("--context x", "--context 'x' is no length; " + Lengths)]
    [InlineData("--context 268435457", "--context '268435457' is no length; " + Lengths)]
    [InlineData("--explain 3", "--explain 3 is not in the program; expected 0 to 2")]
    [InlineData("--search many", "--search 'many' makes no sense; expected a number from 0 to 86400, in decimal" + Help)]
    [InlineData("--explain 0 --ranges", "--explain prints one instruction; expected it without --ranges")]
    public void What_makes_no_sense_ends_with_2_and_one_line(string options, string message) =>
        Rbpf.Line($"analyze examples/increment.o --search 0 {options}".Replace("--search 0 --search", "--search", StringComparison.Ordinal))
            .IsUsage(message);

    [Theory]
    [InlineData("--explain 0")]
    [InlineData("--ranges")]
    public void What_is_printed_in_place_of_the_findings_is_not_in_JSON(string option)
    {
        var ending = Rbpf.Line($"analyze examples/increment.o --json {option}");
        ending.ExitCode.ShouldBe(CommandLine.Usage);
        JsonText.Object(ending.Output).GetProperty("error").GetString()
            .ShouldBe($"{option.Split(' ')[0]} prints text; expected it without --json");
    }

    [Fact]
    public void As_JSON_it_has_the_documented_shape()
    {
        var proved = JsonText.Object(Rbpf.Line("analyze examples/increment.o --context 8.. --json").Holds());
        proved.Names().ShouldBe("profile leastContext greatestContext proved problems sites loops branches");
        proved.GetProperty("proved").GetBoolean().ShouldBeTrue();
        proved.GetProperty("sites")[0].Names().ShouldBe("slot instruction trap verdict region");
        proved.GetProperty("sites")[0].Text("verdict").ShouldBe("proved");

        var open = JsonText.Object(Rbpf.Line("analyze tests/Images.Tests/Lines/lines.o --search 0 --context 8.. --json").Output);
        var site = open.GetProperty("sites").EnumerateArray().Single(one => one.Text("verdict") != "proved");
        site.Names().ShouldBe("slot instruction trap verdict source lack missing category history path");
        site.Text("source").ShouldBe("lines.c:3: return p[at + 1];");
        site.GetProperty("history")[0].Names().ShouldBe("change slot text source");
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/analyze.md"));
        foreach (var part in proved.EnumerateObject().Concat(site.EnumerateObject())) page.ShouldContain($"`{part.Name}`");
    }
}
