namespace RbpfSpec.Cli.Tests.Commands;

public class TraceCommandTests : Scratch
{
    [Fact]
    public void Each_step_shows_slot_instruction_and_what_changed() =>
        Rbpf.Line("trace examples/increment.o --memory 2900000000000000").Holds().ShouldBe(
            """
                0  ldxdw %r0, [%r1]                      r0 = 0x29
                1  add %r0, 1                            r0 = 0x2a
                2  exit                                  ends with r0 = 0x2a (42)

            """);

    [Fact]
    public void Jumps_stores_and_local_calls_show_their_effects()
    {
        var file = Write(
            "effects.s",
            """
            stxw [%r1], %r2
            call local f
            jeq %r0, 3, +1
            mov %r0, 0
            exit
            f:
            lddw %r0, 3
            stdw [%r10-8], -1
            exit
            """);

        Rbpf.Run(["trace", file, "--memory", "00000000"]).Holds().ShouldBe(
            """
                0  stxw [%r1], %r2                       [context 0x20000000] = 04
            ; effects.s:2: call local f
                1  call local +3                         pc = 5, r10 = 0x10000000
            ; effects.s:7: lddw %r0, 3
                5  lddw %r0, 0x3                         pc = 7, r0 = 0x3
                7  stdw [%r10-8], -1                     [stack frame 0xffffff8] = ffffffffffffffff
                8  exit                                  pc = 2, r10 = 0x10000200
                2  jeq %r0, 3, +1                        pc = 4
                4  exit                                  ends with r0 = 0x3 (3)

            """);
    }

    [Fact]
    public void Helpers_show_what_they_print_and_store()
    {
        var output = Rbpf.Line("trace examples/greeting.o --memory 07000000").Holds();
        output.ShouldContain("call 1                                r0 = 0x17, prints greeting 1 of reader 7\\n\n");

        Rbpf.Line("trace examples/storage.o").Holds().ShouldContain("call 16                               local store changed\n");
    }

    [Fact]
    public void A_trap_is_the_last_line()
    {
        var file = Write("trap.s", "mov %r0, 1\ndiv %r0, 0\nexit\n");

        Rbpf.Run(["trace", file]).Fails().ShouldEndWith(
            "    1  div %r0, 0                            trap DivisionByZero: the immediate, the divisor, is 0\n");
    }

    [Fact]
    public void JSON_is_an_object_a_line_for_each_step()
    {
        var lines = JsonText.Lines(Rbpf.Line("trace examples/fletcher32.o --memory-file examples/fletcher32.input --json").Holds());

        lines.Count.ShouldBe(1473);
        lines[0].Names().ShouldBe("pc rule instruction next registers memory");
        lines[^1].Text("rule").ShouldBe("jmp/exit");
        lines[^1].Text("r0").ShouldBe("0x5bac8c3d");
        for (var i = 1; i < lines.Count; i++)
            lines[i].GetProperty("pc").GetInt32().ShouldBe(lines[i - 1].GetProperty("next").GetInt32());
    }

    [Fact]
    public void JSON_has_the_trap()
    {
        var file = Write("trap.s", "mov %r0, 1\ndiv %r0, 0\nexit\n");

        JsonText.Lines(Rbpf.Run(["trace", file, "--json"]).Fails())[^1].GetRawText().ShouldBe(
            """{"pc":1,"rule":"alu/div64-k","instruction":"div %r0, 0","source":{"file":"FILE","line":2,"column":0,"text":"div %r0, 0"}"""
                .Replace("FILE", file, StringComparison.Ordinal)
            + ""","trap":"DivisionByZero","detail":"the immediate, the divisor, is 0","registers":{},"memory":[]}""");
    }

    [Fact]
    public void A_line_of_source_is_shown_where_it_changes_and_JSON_has_it_at_each_step()
    {
        var output = Rbpf.Line("trace tests/Images.Tests/Lines/lines.o --memory 0100000002000000").Fails();

        output.ShouldStartWith("; lines.c:6: __attribute__((section(\"prog\"))) int entry(const int *p) {\n    0  ");
        output.ShouldContain("; lines.c:3: return p[at + 1];\n");
        output.Split('\n').Count(line => line.StartsWith("; lines.c:", StringComparison.Ordinal)).ShouldBeLessThan(10);
        var steps = JsonText.Lines(Rbpf.Line("trace tests/Images.Tests/Lines/lines.o --memory 0100000002000000 --json").Fails());
        steps.ShouldAllBe(step => step.GetProperty("source").Text("file")!.EndsWith("lines.c", StringComparison.Ordinal));
        steps[^1].GetProperty("source").GetProperty("line").GetInt32().ShouldBe(3);
    }

    [Fact]
    public void A_rejected_program_has_no_steps()
    {
        var file = Write("rejected.s", "mov %r10, 1\nexit\n");

        Rbpf.Run(["trace", file]).FailsWith(
            $"{file}: slot 0: alu/mov64-k writes r10, the frame pointer, which is read-only; "
            + "expected another register in dst_reg [frame-pointer, BPF ABI §registers] at rejected.s:1: mov %r10, 1");
    }

    [Fact]
    public void An_interactive_trace_needs_a_terminal_and_shows_no_JSON()
    {
        Rbpf.Line("trace examples/increment.o --interactive").IsUsage(
            "--interactive reads keys, but standard input is no terminal; expected one, or trace without it");
        Rbpf.Line("trace examples/increment.o --interactive --json").Error.ShouldBe(
            "rbpf: --json and --interactive are two ways to show the steps; expected one of them (see 'rbpf trace --help')\n");
    }
}
