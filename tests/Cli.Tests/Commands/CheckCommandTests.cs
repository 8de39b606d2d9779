namespace RbpfSpec.Cli.Tests.Commands;

public class CheckCommandTests : Scratch
{
    private const string NotGranted =
        "jmp/call-helper names the function 0x12, which is not granted to this program; "
        + "expected one of 0x10 [helper, RFC 9669 §4.3.1]";

    [Fact]
    public void An_accepted_program_is_told_with_its_length_and_the_profile()
    {
        Rbpf.Line("check examples/storage.o").Holds().ShouldBe("accepted: 29 slots, profile rbpf\n");
        Rbpf.Line("check examples/increment.o --profile rfc9669").Holds().ShouldBe("accepted: 3 slots, profile rfc9669\n");
    }

    [Fact]
    public void The_problems_of_a_rejected_program_are_the_result() =>
        Rbpf.Line("check examples/storage.o --helpers store_local").Fails().ShouldBe(
            $"""
            slot 5: {NotGranted}
            slot 15: {NotGranted}
            rejected: 2 problems, profile rbpf

            """);

    [Fact]
    public void Imports_are_listed_beside_what_is_granted()
    {
        Rbpf.Line("check examples/storage.o --imports --helpers 0x10,now_ms").Fails().ShouldEndWith(
            """
            rejected: 2 problems, profile rbpf
            calls 0x10 store_local: slots 10, 21, 26
            calls 0x12 fetch_local: slots 5, 15; not granted
            never calls 0x20 now_ms, which is granted

            """);
        Rbpf.Line("check examples/increment.o --imports").Holds().ShouldBe("accepted: 3 slots, profile rbpf\ncalls no helper\n");
        Rbpf.Run(["check", Write("device.s", "call 0x31\ncall 0x99\nexit"), "--imports"]).Fails().ShouldEndWith(
            """
            calls 0x31 saul_reg_find_type: slot 0; a device has it
            calls 0x99 (no helper has this id): slot 1; not granted

            """);
    }

    // Whoever writes for a device checks with all that it has; what is granted may be said.
    [Fact]
    public void The_helpers_of_a_device_are_accepted_and_told()
    {
        Rbpf.Line("check examples/applications/sensor_reply.o").Holds().ShouldBe(
            """
            accepted: 34 slots, profile rbpf
            for a device only: it calls saul_reg_find_type, saul_reg_read, gcoap_resp_init, coap_opt_finish, coap_add_format,
            """.TrimEnd() + " coap_get_pdu, fmt_s16_dfp\n");
        Rbpf.Run(["check", Write("find.s", "call 0x31\ncall 0x20\nexit"), "--imports", "--helpers", "bpf_now_ms"]).Fails().ShouldEndWith(
            """
            rejected: 1 problem, profile rbpf
            calls 0x20 now_ms: slot 1
            calls 0x31 saul_reg_find_type: slot 0; a device has it; not granted

            """);
        Rbpf.Run(["check", Write("read.s", "call bpf_saul_reg_read\nexit"), "--imports"]).Holds()
            .ShouldContain("calls 0x32 saul_reg_read: slot 0; a device has it\n");
    }

    [Fact]
    public void Whether_it_can_trap_is_asked_with_ranges_one_line_a_finding()
    {
        Rbpf.Line("check examples/increment.o --ranges --context 8..").Holds().ShouldBe(
            """
            accepted: 3 slots, profile rbpf
            1 of 1 possible traps proved never to be raised, contexts of 8.. bytes

            """);
        Rbpf.Line("check examples/increment.o --ranges --context 4..").Fails().ShouldBe(
            """
            accepted: 3 slots, profile rbpf
            slot 0: ldxdw %r0, [%r1]: MemoryAccess not proved: context: needs offset + 8 <= length; the offset is 0,
            """ + " the length 4 to 268435456; it may be 4 too few; enough would be: if (length < 8) return 0;\n"
            + "0 of 1 possible traps proved never to be raised, contexts of 4.. bytes\n");
        var json = JsonText.Object(Rbpf.Line("check examples/increment.o --ranges --context 4.. --json").Fails());
        json.GetProperty("accepted").GetBoolean().ShouldBeTrue();
        json.GetProperty("ranges").Names().ShouldBe("leastContext greatestContext proved findings");
        json.GetProperty("ranges").GetProperty("findings").GetArrayLength().ShouldBe(1);
        Rbpf.Line("check examples/increment.o --context 8").IsUsage("--context goes with --ranges");
    }

    [Fact]
    public void One_problem_is_not_several() =>
        Rbpf.Run(["check", Write("empty.bin", "")]).Fails().ShouldBe(
            """
            slot 0: the program is empty; expected at least one instruction [length, RFC 9669 §3]
            rejected: 1 problem, profile rbpf

            """);

    [Fact]
    public void A_text_that_is_no_program_is_one_problem()
    {
        var file = Write("readme.md", "Not a program: …");
        const string problem = "slot 0: the program has 18 bytes; expected a multiple of 8 bytes [length, RFC 9669 §3]";

        Rbpf.Run(["check", file]).Fails().ShouldBe($"{problem}\nrejected: 1 problem, profile rbpf\n");
        Rbpf.Run(["run", file]).FailsWith($"{file}: {problem}");
    }

    [Fact]
    public void JSON_has_the_verdict_and_the_problems()
    {
        var good = JsonText.Object(Rbpf.Line("check examples/storage.o --json").Holds());
        good.GetRawText().ShouldBe("""{"profile":"rbpf","slots":29,"accepted":true,"problems":[]}""");

        var bad = JsonText.Object(Rbpf.Line("check examples/storage.o --helpers 0x10 --json").Fails());
        bad.GetProperty("accepted").GetBoolean().ShouldBeFalse();
        bad.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("slot").GetInt32()).ShouldBe([5, 15]);
        bad.GetProperty("problems")[0].GetRawText().ShouldBe(
            """{"slot":5,"check":"helper","clause":"RFC 9669 §4.3.1","found":"jmp/call-helper names the function 0x12, """
            + """which is not granted to this program","expected":"one of 0x10"}""");
    }

    [Fact]
    public void Of_many_problems_the_first_are_shown_and_the_rest_is_counted()
    {
        var file = Write("many.bin", [.. Enumerable.Repeat((byte)0xff, 8 * 150)]);

        var text = Rbpf.Run(["check", file]).Fails().Split('\n');
        text.Length.ShouldBe(103);
        text[99].ShouldStartWith("slot 99: opcode 0xff ");
        text[100..].ShouldBe(["and 50 more; --all lists them", "rejected: 150 problems, profile rbpf", ""]);

        var all = Rbpf.Run(["check", file, "--all"]).Fails().Split('\n');
        all.Length.ShouldBe(152);
        all[^2].ShouldBe("rejected: 150 problems, profile rbpf");

        var json = JsonText.Object(Rbpf.Run(["check", file, "--json"]).Fails());
        json.GetProperty("problems").GetArrayLength().ShouldBe(100);
        json.GetProperty("more").GetInt32().ShouldBe(50);
        JsonText.Object(Rbpf.Run(["check", file, "--json", "--all"]).Fails()).GetProperty("problems").GetArrayLength().ShouldBe(150);

        Rbpf.Run(["run", file]).Error.Split('\n')[100].ShouldBe($"rbpf: {file}: and 50 more; check --all lists them");
    }

    [Fact]
    public void A_file_that_holds_no_program_has_no_result()
    {
        var file = Write("broken.o", "\u007fELF\u0001");
        var problem = $"{file}: ELF header: the file ends after 5 bytes; the header has 64";

        Rbpf.Run(["check", file]).HasNoProgram(problem);
        JsonText.Object(Rbpf.Run(["check", file, "--json"]).Output).Text("error").ShouldBe(problem);
    }
}
