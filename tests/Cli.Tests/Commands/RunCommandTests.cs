namespace RbpfSpec.Cli.Tests.Commands;

public class RunCommandTests : Scratch
{
    private const string Numbers = "0500000003000000080000000100000007000000020000000600000004000000";

    [Theory]
    [InlineData(
        "examples/fletcher32.o --memory-file examples/fletcher32.input",
        "r0 = 0x5bac8c3d (1538034749)\n1473 instructions, 182 of 200 branches\n")]
    [InlineData(
        "examples/increment.o --memory 2900000000000000",
        "r0 = 0x2a (42)\n3 instructions, 0 of 200 branches\n")]
    [InlineData(
        "examples/bubble_sort.o --memory " + Numbers,
        "r0 = 0xf (15)\ncontext at 0x20000000 = 0100000002000000030000000400000005000000060000000700000008\n"
        + "420 instructions, 75 of 200 branches\n")]
    [InlineData(
        "examples/storage.o",
        "r0 = 0x0 (0)\nlocal store: 5 = 1\nlocal store: 15 = 2\nlocal store: 3 = 3\n29 instructions, 0 of 200 branches\n")]
    [InlineData(
        "examples/greeting.o --memory 07000000",
        "greeting 1 of reader 7\nr0 = 0x7a (122)\n.bss at 0x30006000 = 01\n22 instructions, 0 of 200 branches\n")]
    [InlineData(
        "examples/increment.o --memory ffffffffffffffff --profile rfc9669",
        "r0 = 0x0 (0)\n3 instructions\n")]
    public void An_example_runs_to_its_result(string arguments, string output) =>
        Rbpf.Line($"run {arguments}").Holds().ShouldBe(output);

    [Theory]
    [InlineData("examples/fletcher32.o --memory-file examples/fletcher32.input")]
    [InlineData("examples/bubble_sort.o --memory " + Numbers)]
    [InlineData("examples/storage.o")]
    [InlineData("examples/greeting.o --memory 07000000")]
    [InlineData("examples/greeting.o --memory 07000000 --instructions 9")]
    [InlineData("examples/increment.o")]
    [InlineData("examples/fletcher32.o --memory-file examples/fletcher32.input --budget 100")]
    [InlineData("examples/increment.o --memory ffffffffffffffff --profile rfc9669")]
    public void Every_engine_prints_the_same(string arguments)
    {
        foreach (var form in (string[])["", " --json"])
        {
            var expected = Rbpf.Line($"run {arguments} --now 7{form}");
            foreach (var engine in (string[])["reference", "switch", "compiled", "auto"])
                Rbpf.Line($"run {arguments} --now 7 --engine {engine}{form}").ShouldBe(expected);
        }
    }

    [Fact]
    public void With_a_certificate_a_run_prints_the_same_and_a_note_if_it_is_not_about_it()
    {
        var (certificate, memory) = (At("certificate.json"), Write("memory", new byte[300]));
        Rbpf.Line($"analyze bench/workloads/copy.o --context 256..512 --certificate {certificate}").Holds();
        foreach (var engine in (string[])["compiled", "auto"])
        {
            var run = $"run bench/workloads/copy.o --memory-file {memory} --budget 100000 --engine {engine}";
            Rbpf.Line($"{run} --certificate {certificate}").ShouldBe(Rbpf.Line(run));

            var other = $"run examples/increment.o --memory 2900000000000000 --engine {engine}";
            Rbpf.Line($"{other} --certificate {certificate}").ShouldBe(Rbpf.Line(other) with
            {
                Error = $"rbpf: note: the certificate '{certificate}' is not used: it is about another program\n",
            });
        }

        Rbpf.Line($"run bench/workloads/copy.o --memory 00 --engine compiled --certificate {certificate}").Error.ShouldBe(
            $"rbpf: note: the certificate '{certificate}' is not used: it is about contexts of 256..512 bytes, not 1\n");
        Rbpf.Line($"run bench/workloads/copy.o --certificate {certificate}").IsUsage(
            "--certificate is for code that is compiled; expected --engine compiled or --engine auto with it");
    }

    [Fact]
    public void A_trap_names_slot_and_instruction_and_shows_the_registers()
    {
        var file = Write("division.s", "mov32 %r0, 7\nmov32 %r1, 0\ndiv32 %r0, %r1\nexit\n");

        Rbpf.Run(["run", file]).Fails().ShouldBe(
            """
            trap DivisionByZero at slot 2: div32 %r0, %r1
              at division.s:3: div32 %r0, %r1
              The divisor is zero.
              r1, the divisor, is 0
              r0 = 0x7
              r1 = 0x0
              r2 = 0x0
              r3 = 0x0
              r4 = 0x0
              r5 = 0x0
              r6 = 0x0
              r7 = 0x0
              r8 = 0x0
              r9 = 0x0
              r10 = 0x10000200
            2 instructions, 0 of 200 branches

            """);
        Rbpf.Run(["run", file, "--profile", "rfc9669"]).Holds().ShouldBe("r0 = 0x0 (0)\n4 instructions\n");
    }

    [Fact]
    public void What_was_written_and_printed_before_a_trap_is_shown()
    {
        var file = Write("late.s", "stb [%r1+1], 9\nldxb %r0, [%r1+2]\nexit\n");

        var output = Rbpf.Run(["run", file, "--memory", "0000"]).Fails();

        output.ShouldStartWith(
            """
            trap MemoryAccess at slot 1: ldxb %r0, [%r1+2]
              at late.s:2: ldxb %r0, [%r1+2]
              The memory access is not within one region that grants it.
              load of 1 byte at 0x20000002 = r1 (0x20000000) + 2
              ends 1 byte past the end of context: 2 bytes at 0x20000000, read and write
              regions: stack 0x10000000+512 rw, context 0x20000000+2 rw
              r0 = 0x0

            """);
        output.ShouldEndWith("context at 0x20000001 = 09\n1 instruction, 0 of 200 branches\n");
    }

    [Fact]
    public void A_rejected_program_does_not_run_and_every_problem_is_told()
    {
        var file = Write("rejected.s", "mov %r10, 1\ncall 3\n.slot 0xff\nmov %r0, 0\n");

        var ending = Rbpf.Run(["run", file, "--helpers", "printf"]);

        ending.ExitCode.ShouldBe(1);
        ending.Output.ShouldBe("");
        var problems = ending.Error.TrimEnd('\n').Split('\n');
        string[] checks = ["frame-pointer", "helper", "opcode", "end"];
        problems.Length.ShouldBe(checks.Length);
        for (var i = 0; i < checks.Length; i++)
        {
            problems[i].ShouldStartWith($"rbpf: {file}: slot {i}: ");
            problems[i].ShouldContain("; expected ");
            problems[i].ShouldContain($"[{checks[i]}, ");
        }
    }

    [Fact]
    public void JSON_has_the_result_the_registers_the_memory_and_the_budget()
    {
        var json = JsonText.Object(Rbpf.Line($"run examples/bubble_sort.o --json --memory {Numbers}").Holds());

        json.Names().ShouldBe("r0 profile instructions budget registers memory local global output");
        json.Text("r0").ShouldBe("0xf");
        json.Text("profile").ShouldBe("rbpf");
        json.GetProperty("instructions").GetInt32().ShouldBe(420);
        json.GetProperty("budget").GetRawText().ShouldBe("""{"branches":125}""");
        json.GetProperty("registers").Names().ShouldBe("r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10");
        json.GetProperty("registers").Text("r0").ShouldBe("0xf");
        json.GetProperty("registers").Text("r10").ShouldBe("0x10000200");
        json.GetProperty("memory").EnumerateArray().Last().GetRawText().ShouldBe(
            """{"region":"context","address":"0x20000000","bytes":"0100000002000000030000000400000005000000060000000700000008"}""");
    }

    [Fact]
    public void JSON_has_what_the_helpers_did()
    {
        var storage = JsonText.Object(Rbpf.Line("run examples/storage.o --json").Holds());
        storage.GetProperty("local").GetRawText().ShouldBe("""{"5":1,"15":2,"3":3}""");
        storage.GetProperty("global").GetRawText().ShouldBe("{}");
        storage.Text("output").ShouldBe("");

        var greeting = JsonText.Object(Rbpf.Line("run examples/greeting.o --memory 07000000 --json").Holds());
        greeting.Text("output").ShouldBe("greeting 1 of reader 7\n");
        greeting.GetProperty("local").GetRawText().ShouldBe("{}");
    }

    [Fact]
    public void JSON_has_the_trap_and_where()
    {
        var file = Write("trap.s", "mov %r0, 7\nldxdw %r0, [%r0]\nexit\n");

        var json = JsonText.Object(Rbpf.Run(["run", file, "--json"]).Fails());

        json.Text("trap").ShouldBe("MemoryAccess");
        json.GetProperty("pc").GetInt32().ShouldBe(1);
        json.Text("instruction").ShouldBe("ldxdw %r0, [%r0]");
        json.GetProperty("registers").Text("r0").ShouldBe("0x7");
        json.TryGetProperty("r0", out _).ShouldBeFalse();
    }

    [Fact]
    public void JSON_has_what_was_accessed_and_the_nearest_region()
    {
        var file = Write("past.s", "stxw [%r1+6], %r2\nexit\n");

        var json = JsonText.Object(Rbpf.Run(["run", file, "--memory", "0000000000000000", "--json"]).Fails());

        json.Text("detail").ShouldBe(
            "store of 4 bytes at 0x20000006 = r1 (0x20000000) + 6; ends 2 bytes past the end of context: "
            + "8 bytes at 0x20000000, read and write");
        json.GetProperty("access").GetRawText().ShouldBe(
            """{"address":"0x20000006","bytes":4,"kind":"store","register":"r1","value":"0x20000000","offset":6"""
            + ""","region":{"name":"context","address":"0x20000000","length":8,"permission":"rw","below":0,"past":2}}""");
    }

    [Fact]
    public void The_line_of_source_is_told_where_the_object_has_it()
    {
        var output = Rbpf.Line("run tests/Images.Tests/Lines/lines.o --memory 0100000002000000").Fails();

        output.Split('\n')[1].ShouldBe("  at lines.c:3: return p[at + 1];");
        JsonText.Object(Rbpf.Line("run tests/Images.Tests/Lines/lines.o --memory 0100000002000000 --json").Fails())
            .GetProperty("source").GetProperty("line").GetInt32().ShouldBe(3);
    }

    [Fact]
    public void The_result_is_not_cut_to_32_bits() =>
        Rbpf.Run(["run", Write("big.s", "mov %r0, -1\nexit\n")]).Holds()
            .ShouldStartWith("r0 = 0xffffffffffffffff (18446744073709551615; signed: -1)\n");

    [Fact]
    public void A_long_change_is_cut_short_in_text_and_whole_in_JSON()
    {
        var file = Write(
            "long.s", "mov %r3, %r1\nadd %r3, 40\nstb [%r1], 1\nadd %r1, 1\njne %r1, %r3, -3\nmov %r0, 0\nexit\n");
        var memory = string.Concat(Enumerable.Repeat("00", 48));

        Rbpf.Run(["run", file, "--memory", memory]).Holds()
            .ShouldContain($"context at 0x20000000 = {string.Concat(Enumerable.Repeat("01", 32))}… (40 bytes)\n");
        Rbpf.Run(["run", file, "--memory", memory, "--json"]).Holds()
            .ShouldContain($"\"bytes\":\"{string.Concat(Enumerable.Repeat("01", 40))}\"");
    }
}
