namespace RbpfSpec.Cli.Tests.Commands.Solve;

public class SolveCommandTests : Scratch
{
    private const string Division = "ldxb %r3, [%r1+1]\nmov %r0, 100\nsub %r3, 42\nmod %r0, %r3\nexit\n";

    [Fact]
    [Trait("Needs", "solver")]
    public void A_program_that_cannot_trap_is_proved_not_to() =>
        Rbpf.Line("solve traps examples/increment.o").Holds().ShouldBe(
            "cannot trap: proved for all contexts of 8 bytes\n1 path, at most 3 instructions\n");

    [Fact]
    [Trait("Needs", "solver")]
    public void A_trap_comes_with_a_context_and_a_command_line_that_shows_it()
    {
        var output = Rbpf.Line("solve traps examples/field.o --function field_overrun").Fails();

        output.ShouldBe(
            """
            trap MemoryAccess at slot 6: ldxb %r0, [%r1+1]
              load of 1 byte at 0x20000008 = r1 (0x20000007) + 1
              ends 1 byte past the end of context: 8 bytes at 0x20000000, read and write
            context = 0700000000000000
            ./rbpf run examples/field.o --memory 0700000000000000 --function field_overrun

            """);
        Replay(output).Fails().ShouldStartWith("trap MemoryAccess at slot 6: ldxb %r0, [%r1+1]\n");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void The_same_program_with_the_right_check_is_proved() =>
        Rbpf.Line("solve traps examples/field.o --function field --size 40").Holds()
            .ShouldStartWith("cannot trap: proved for all contexts of 40 bytes\n");

    // The byte after the context belongs to a packet of odd length: the workload counts a zero for it, the example reads it.
    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("examples/udp.o", 48, true)]
    [InlineData("examples/udp.o", 49, false)]
    [InlineData("bench/workloads/packet.o", 49, true)]
    public void A_packet_of_odd_length_is_read_to_its_end_or_beyond(string program, int size, bool within)
    {
        var outcome = Rbpf.Line($"solve traps {program} --size {size}");

        if (within) outcome.Holds().ShouldStartWith($"cannot trap: proved for all contexts of {size} bytes\n");
        else outcome.Fails().ShouldContain("  ends 1 byte past the end of context: 49 bytes");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_division_by_zero_is_found_and_looked_for_alone()
    {
        var file = Write("division.s", Division);

        var output = Rbpf.Run(["solve", "traps", file, "--size", "2"]).Fails();

        output.ShouldStartWith(
            "trap DivisionByZero at slot 3: mod %r0, %r3\n  at division.s:4: mod %r0, %r3\n  r3, the divisor, is 0\ncontext = 002a\n");
        Replay(output).Fails().ShouldStartWith("trap DivisionByZero at slot 3");
        Rbpf.Run(["solve", "traps", file, "--size", "2", "--only-trap", "MemoryAccess"]).Holds()
            .ShouldStartWith("cannot trap by MemoryAccess: proved for all contexts of 2 bytes\n");
        Rbpf.Run(["solve", "traps", file, "--size", "1", "--only-trap", "memoryaccess"]).Fails()
            .ShouldStartWith("trap MemoryAccess at slot 0");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void The_command_line_repeats_the_options_that_matter()
    {
        var file = Write("two words.s", "call now_ms\nexit\n".Replace("now_ms", "0x20", StringComparison.Ordinal));

        var output = Rbpf.Run(["solve", "reach", file, "--r0", "7", "--size", "0", "--helpers", "now_ms", "--budget", "3"]).Holds();

        output.ShouldStartWith("r0 = 0x7 (7)\ncontext = none\n./rbpf run '");
        output.ShouldEndWith("two words.s' --helpers now_ms --budget 3 --now 7\n");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_path_without_end_leaves_it_undecided()
    {
        var ending = Rbpf.Run(["solve", "traps", Write("loop.s", "ja -1\nexit\n"), "--profile", "rfc9669", "--steps", "100"]);

        ending.ShouldBe(new(CommandLine.Undecided, "undecided: more than 100 steps on one path (--steps follows more)\n", ""));
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("traps examples/greeting.o", "the helper printf has no symbolic meaning")]
    [InlineData("traps examples/bubble_sort.o --size 16 --paths 1", "more than 1 paths (--paths follows more)")]
    [InlineData("reach examples/greeting.o --r0 1", "the helper printf has no symbolic meaning")]
    [InlineData("equal examples/greeting.o examples/increment.o", "the helper printf has no symbolic meaning")]
    public void What_was_not_followed_leaves_it_undecided(string arguments, string reason)
    {
        Rbpf.Line($"solve {arguments}").ShouldBe(new(CommandLine.Undecided, $"undecided: {reason}\n", ""));
        Rbpf.Line($"solve {arguments} --json").ShouldBe(
            new(CommandLine.Undecided, $$"""{"answer":"undecided","reason":"{{reason}}"}""" + "\n", ""));
    }

    [Fact]
    public void A_solver_that_is_not_there_is_an_error() =>
        Rbpf.Line("solve traps examples/increment.o --solver ./no-such-solver").IsUsage(
            "the solver './no-such-solver' was not found: expected libz3, a program on PATH such as z3 or cvc5 or boolector, "
            + "or the path of one");

    [Fact]
    [Trait("Needs", "solver")]
    public void A_checksum_is_reached()
    {
        var output = Rbpf.Line("solve reach examples/fletcher32.o --size 4 --r0 0x56502d2a").Holds();

        output.ShouldStartWith("r0 = 0x56502d2a (1448095018)\ncontext = ");
        Replay(output).Holds().ShouldStartWith("r0 = 0x56502d2a ");
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("42", "2900000000000000")]
    [InlineData("0x2a", "2900000000000000")]
    [InlineData("-1", "feffffffffffffff")]
    public void A_result_is_a_number_in_any_form(string number, string context) =>
        Rbpf.Run(["solve", "reach", "examples/increment.o", "--r0", number]).Holds().ShouldContain($"\ncontext = {context}\n");

    [Fact]
    [Trait("Needs", "solver")]
    public void A_result_out_of_reach_is_proved_to_be() =>
        Rbpf.Line("solve reach examples/bubble_sort.o --size 12 --r0 4").Fails()
            .ShouldBe("never ends with r0 = 0x4: proved for all contexts of 12 bytes\n6 paths, at most 96 instructions\n");

    [Fact]
    [Trait("Needs", "solver")]
    public void Two_ways_of_sorting_are_proved_equal() =>
        Rbpf.Line("solve equal examples/bubble_sort.o examples/insertion_sort.o --size 12").Holds()
            .ShouldBe("equal: proved for all contexts of 12 bytes\n6 paths, at most 96 instructions\n");

    [Fact]
    [Trait("Needs", "solver")]
    public void A_difference_comes_with_both_ends()
    {
        var other = Write("other.s", "ldxdw %r0, [%r1]\njne %r0, 513, +1\nadd %r0, 1\nadd %r0, 1\nstb [%r1], 7\nexit\n");
        var first = Write("first.s", "ldxdw %r0, [%r1]\nadd %r0, 1\nstb [%r1], 7\nexit\n");

        Rbpf.Run(["solve", "equal", first, other]).Fails().ShouldBe(
            $"""
            different: result
            context = 0102000000000000
            ./rbpf run {first} --memory 0102000000000000
              r0 = 0x202 (514)
              context becomes 0702000000000000
            ./rbpf run {other} --memory 0102000000000000
              r0 = 0x203 (515)
              context becomes 0702000000000000

            """);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void The_other_program_has_options_of_its_own() =>
        Rbpf.Line("solve equal examples/field.o examples/field.o --function field --other-function field_overrun").Fails()
            .ShouldContain("different: result\n");

    [Fact]
    [Trait("Needs", "solver")]
    public void JSON_has_the_answer_and_what_shows_it()
    {
        var found = JsonText.Object(Rbpf.Line("solve traps examples/increment.o --size 7 --json").Fails());
        found.Names().ShouldBe("answer context now trap pc instruction detail access run");
        found.Text("answer").ShouldBe("traps");
        found.Text("trap").ShouldBe("MemoryAccess");
        found.Text("run").ShouldBe("./rbpf run examples/increment.o --memory 00000000000000");

        Rbpf.Line("solve traps examples/increment.o --json").Holds()
            .ShouldBe("""{"answer":"cannot trap","size":8,"paths":1,"steps":3}""" + "\n");
        Rbpf.Line("solve reach examples/increment.o --r0 42 --json").Holds().ShouldBe(
            """{"answer":"reached","context":"2900000000000000","now":0,"r0":"0x2a","run":"./rbpf run examples/increment.o """
            + """--memory 2900000000000000"}"""
            + "\n");
        Rbpf.Line("solve equal examples/increment.o examples/increment.o --json").Holds()
            .ShouldBe("""{"answer":"equal","size":8,"paths":1,"steps":3}""" + "\n");
        var different = JsonText.Object(Rbpf.Line("solve equal examples/increment.o examples/fletcher32.o --json").Fails());
        different.Names().ShouldBe("answer context now differ ends");
        different.GetProperty("ends").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Contexts_that_are_assumed_to_be_right_cannot_trap()
    {
        var file = Write("division.s", Division);

        Rbpf.Run(["solve", "traps", file, "--context", "??2b"]).Holds()
            .ShouldStartWith("cannot trap: proved for all contexts of 2 bytes that are as assumed\n");
        Rbpf.Run(["solve", "traps", file, "--size", "2", "--assume", "u8[1] > 40", "--assume", "u8[1] != 42"]).Holds();
        Rbpf.Run(["solve", "traps", file, "--size", "2", "--assume", "u8[1] > 40 && u8[0] == 9"]).Fails().ShouldContain(
            "\ncontext = 092a\n");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Several_contexts_are_listed_and_told_whether_there_are_others()
    {
        var file = Write("even.s", "ldxb %r0, [%r1]\nand %r0, 3\nldxb %r3, [%r1]\njle %r3, 7, +1\nmov %r0, 9\nexit\n");

        var two = Rbpf.Run(["solve", "reach", file, "--size", "1", "--r0", "2", "--all", "9"]).Holds();
        two.ShouldContain("context = 02\n");
        two.ShouldContain("context = 06\n");
        two.ShouldEndWith("2 contexts: proved that there is no other\n");
        Rbpf.Run(["solve", "reach", file, "--size", "1", "--r0", "2", "--all", "1"]).Holds().ShouldEndWith(
            "1 context: there may be others\n");
        var json = JsonText.Object(Rbpf.Run(["solve", "reach", file, "--size", "1", "--r0", "2", "--all", "9", "--json"]).Holds());
        json.Names().ShouldBe("answer all witnesses");
        json.GetProperty("witnesses").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_slot_is_reached_or_proved_not_to_be_and_all_that_are_not_are_listed()
    {
        var file = Write("dead.s", "ldxb %r3, [%r1]\nand %r3, 7\njgt %r3, 7, +2\njeq %r3, 5, +3\nexit\nlddw %r0, 1\nexit\n");

        Rbpf.Run(["solve", "reach", file, "--size", "1", "--slot", "7"]).Holds()
            .ShouldStartWith("comes to slot 7: exit\n  at dead.s:7: exit\ncontext = 05\n");
        Rbpf.Run(["solve", "reach", file, "--size", "1", "--slot", "5"]).Fails().ShouldStartWith(
            "never comes to slot 5: proved for all contexts of 1 byte\n");
        Rbpf.Run(["solve", "reach", file, "--size", "1", "--slot", "6"]).IsUsage(
            "--slot 6 is the second of a wide instruction; expected 5");
        Rbpf.Run(["solve", "unreached", file, "--size", "1"]).Fails()
            .ShouldBe("1 instruction not reached: proved for all contexts of 1 byte\n  dead.s:6: lddw %r0, 1\n  5: lddw %r0, 0x1\n");
        Rbpf.Run(["solve", "unreached", file, "--size", "1", "--json"]).Fails()
            .ShouldBe("""{"answer":"unreached","unreached":[5]}""" + "\n");
        Rbpf.Line("solve unreached examples/increment.o").Holds().ShouldBe("every instruction is reached\n");
        Rbpf.Line("solve unreached examples/greeting.o").ExitCode.ShouldBe(CommandLine.Undecided);
    }

    [Fact]
    public void A_rejected_program_is_not_asked_about()
    {
        var file = Write("rejected.s", "mov %r10, 1\nexit\n");

        foreach (var arguments in (string[][])[["traps", file], ["reach", file, "--r0", "1"], ["equal", "examples/increment.o", file]])
        {
            var ending = Rbpf.Run(["solve", .. arguments]);

            ending.ExitCode.ShouldBe(CommandLine.Fails);
            ending.Output.ShouldBe("");
            ending.Error.ShouldStartWith($"rbpf: {file}: slot 0: ");
        }
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("traps examples/increment.o --size 5000",
        "--size '5000' makes no sense; expected a number from 0 to 4096, in decimal (see 'rbpf solve traps --help')")]
    [InlineData("traps examples/increment.o --size -1",
        "--size '-1' makes no sense; expected a number from 0 to 4096, in decimal (see 'rbpf solve traps --help')")]
    [InlineData("traps examples/increment.o --context 78?", "--context '78?', column 3: half a byte; expected two characters a byte")]
    [InlineData("traps examples/increment.o --context 7878 --size 1", "--context has 2 bytes, --size says 1; expected at least as many")]
    [InlineData("traps examples/increment.o --assume u8[9]==1",
        "--assume 'u8[9]==1', column 4: found '9'; expected an offset of u8 in a context of 8 bytes, 0 to 7")]
    [InlineData("traps examples/increment.o --context 01 --assume u8[0]==2",
        "no context is as assumed by --context and --assume: they contradict each other, or themselves")]
    [InlineData("reach examples/increment.o --slot 3", "--slot 3 is not in the program; expected 0 to 2")]
    [InlineData("reach examples/increment.o --slot 1 --r0 1",
        "expected one of --r0, a result, and --slot, an instruction (see 'rbpf solve reach --help')")]
    [InlineData("reach examples/increment.o --r0 x",
        "--r0 'x' is no number of 64 bits; expected one such as 42, -1 or 0x2a (see 'rbpf solve reach --help')")]
    [InlineData("reach examples/increment.o", "expected one of --r0, a result, and --slot, an instruction (see 'rbpf solve reach --help')")]
    public void A_command_line_that_makes_no_sense_is_told_so(string arguments, string message) =>
        Rbpf.Line($"solve {arguments}").IsUsage(message);

    // Runs the command line that an answer ends with.
    private static Ending Replay(string output) => Rbpf.Line(output.TrimEnd('\n').Split('\n')[^1]["./rbpf ".Length..]);

    [Fact]
    [Trait("Needs", "solver")]
    public void A_trap_and_a_place_that_is_reached_name_the_line_of_source()
    {
        const string lines = "tests/Images.Tests/Lines/lines.o";

        Rbpf.Line($"solve traps {lines}").Fails().Split('\n')[1].ShouldBe("  at lines.c:3: return p[at + 1];");
        Rbpf.Line($"solve reach {lines} --slot 15").Holds().Split('\n')[1].ShouldBe("  at lines.c:3: return p[at + 1];");
        Rbpf.Line($"solve reach {lines} --r0 5").Holds().ShouldNotContain("lines.c:");
        JsonText.Object(Rbpf.Line($"solve traps {lines} --json").Fails()).GetProperty("source").GetProperty("line").GetInt32().ShouldBe(3);
    }
}
