namespace RbpfSpec.Cli.Tests.Inputs;

public partial class RunInputTests : Scratch
{
    private const string Fletcher = "run examples/fletcher32.o --memory-file examples/fletcher32.input";

    [Fact]
    public void The_budget_is_the_last_number_of_branches_that_suffices()
    {
        Rbpf.Line($"{Fletcher} --budget 182").Holds().ShouldEndWith("1473 instructions, 182 of 182 branches\n");

        var output = Rbpf.Line($"{Fletcher} --budget 181").Fails();
        output.ShouldStartWith("trap BranchBudget at slot 14: jne %r6, 0, -8\n");
        output.ShouldEndWith("1442 instructions, 181 of 181 branches\n");
    }

    [Fact]
    public void The_instructions_are_the_last_number_that_suffices()
    {
        Rbpf.Line($"{Fletcher} --instructions 1473").Holds().ShouldStartWith("r0 = 0x5bac8c3d ");

        var output = Rbpf.Line($"{Fletcher} --instructions 1472").Fails();
        output.ShouldStartWith("trap InstructionBudget at slot 36: exit\n");
        output.ShouldEndWith("1472 instructions, 182 of 200 branches\n");
    }

    [Fact]
    public void A_profile_without_a_budget_can_be_given_one()
    {
        var file = Write("endless.s", "ja -1\nexit\n");

        Rbpf.Run(["run", file, "--profile", "rfc9669", "--budget", "3"]).Fails().ShouldEndWith("3 instructions, 3 of 3 branches\n");
        Rbpf.Run(["run", file, "--profile", "rfc9669", "--instructions", "5"]).Fails()
            .ShouldStartWith("trap InstructionBudget at slot 0: ja -1\n");
    }

    [Theory]
    [InlineData("--budget", "many")]
    [InlineData("--budget", "-1")]
    [InlineData("--instructions", "1.5")]
    [InlineData("--instructions", "18446744073709551616")]
    [InlineData("--now", "")]
    public void A_count_is_a_number(string option, string value) =>
        Rbpf.Run(["run", "examples/storage.o", option, value])
            .IsUsage(
                $"{option} '{value}' makes no sense; expected a number from 0 to 18446744073709551615, in decimal (see 'rbpf run --help')");

    [Fact]
    public void The_clock_can_be_set() =>
        Rbpf.Run(["run", Write("clock.s", "call 0x20\nexit\n"), "--now", "1234567890"]).Holds().ShouldStartWith("r0 = 0x499602d2 ");

    [Theory]
    [InlineData("0102")]
    [InlineData("01 02")]
    [InlineData("0x0102")]
    public void The_context_may_be_given_in_hexadecimal(string memory) =>
        Rbpf.Run(["run", Write("load.s", "ldxh %r0, [%r1]\nlsh %r0, 8\nor %r0, %r2\nexit\n"), "--memory", memory]).Holds()
            .ShouldStartWith("r0 = 0x20102 ");

    [Fact]
    public void An_empty_context_is_none() =>
        Rbpf.Run(["run", Write("load.s", "mov %r0, %r1\nor %r0, %r2\nexit\n"), "--memory", ""]).Holds().ShouldStartWith("r0 = 0x0 ");

    [Theory]
    [InlineData("0")]
    [InlineData("0x0")]
    [InlineData("zz")]
    public void A_context_that_is_no_bytes_is_refused(string memory) =>
        Rbpf.Run(["run", "examples/increment.o", "--memory", memory])
            .IsUsage($"--memory '{memory}' is not bytes; expected two hexadecimal digits each, such as 08000000");

    [Fact]
    public void Two_contexts_are_refused() =>
        Rbpf.Line("run examples/increment.o --memory 00 --memory-file examples/fletcher32.input")
            .IsUsage("--memory and --memory-file both give the context; expected one of them (see 'rbpf run --help')");

    [Theory]
    [InlineData("store_local,fetch_local")]
    [InlineData("0x10,18")]
    [InlineData(" fetch_local , 0x10 , printf")]
    public void Helpers_are_granted_by_name_or_id(string list) =>
        Rbpf.Run(["run", "examples/storage.o", "--helpers", list]).Holds().ShouldStartWith("r0 = 0x0 (0)\n");

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    public void No_helpers_can_be_granted(string list)
    {
        var ending = Rbpf.Run(["run", "examples/storage.o", "--helpers", list]);

        ending.ExitCode.ShouldBe(1);
        ending.Output.ShouldBe("");
        ending.Error.TrimEnd('\n').Split('\n').Length.ShouldBe(5);
        ending.Error.ShouldContain(
            "slot 5: jmp/call-helper names the function 0x12, which is not granted to this program; expected no call: "
            + "no function is granted");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public void Granting_is_refused_where_the_profile_does_not_ask_for_it(string command)
    {
        Rbpf.Line($"{command} examples/storage.o --profile rfc9669").Holds();
        Rbpf.Line($"{command} examples/storage.o --profile rfc9669 --helpers printf").IsUsage(
            "--helpers grants nothing under the profile rfc9669, whose programs may call every helper of the host; "
            + "expected a profile that asks what is granted, such as --profile rbpf");
    }

    [Fact]
    public void A_helper_that_does_not_exist_is_refused() =>
        Rbpf.Line("run examples/storage.o --helpers printf,fork").IsUsage(
            "there is no helper 'fork'; expected printf (0x01), memcpy (0x02), store_local (0x10), store_global (0x11), "
            + "fetch_local (0x12), fetch_global (0x13) or now_ms (0x20)");

    [Theory]
    [InlineData("run")]
    [InlineData("trace")]
    [InlineData("run --profile rfc9669")]
    [InlineData("solve traps")]
    public void A_program_for_a_device_is_told_where_it_runs(string command)
    {
        var ending = Rbpf.Line($"{command} examples/applications/temperature.o");

        ending.ExitCode.ShouldBe(1);
        ending.Output.ShouldBe("");
        ending.Error.ShouldBe(
            "rbpf: examples/applications/temperature.o: it calls saul_reg_find_type, saul_reg_read, gcoap_resp_init, coap_opt_finish, "
            + "coap_add_format, coap_get_pdu, fmt_s16_dfp, which only a device has; 'rbpf host put' puts a program on one\n");
    }

    [Fact]
    public void A_helper_of_a_device_is_not_granted_without_one() =>
        Rbpf.Line("run examples/storage.o --helpers saul_reg_read").IsUsage(
            "the helper 'saul_reg_read' is one that only a device has; 'rbpf host put' puts a program on one");

    [Fact]
    public void A_profile_that_does_not_exist_is_refused() =>
        Rbpf.Line("run examples/storage.o --profile ubpf")
            .IsUsage("there is no profile 'ubpf'; did you mean 'rbpf'? Expected rbpf or rfc9669 (see 'rbpf run --help')");
}
