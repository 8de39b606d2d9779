namespace RbpfSpec.Cli.Tests.Commands.Historic;

/// <summary><c>run --dialect</c>: a program as a historic machine runs it. What the bugs do the tests of the dialects say.</summary>
public sealed class HistoricRunTests : Scratch
{
    private const string Negative = "mov32 %r0, -8\narsh32 %r0, 1\nexit\n";

    [Theory]
    [InlineData("femto-containers", "r0 = 0xfffffffffffffffc", "FC-23")]
    [InlineData("certrbpf", "r0 = 0xfffffffffffffffc", "C-5")]
    [InlineData("rbpf-2020-switch", "r0 = 0x7ffffffc", "I-7")]
    public void The_bug_that_makes_the_difference_is_named_and_no_other(string dialect, string result, string bug)
    {
        var lines = Run(Negative, dialect).Holds().TrimEnd().Split('\n');

        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith($"{dialect}: {result} ");
        lines[1].ShouldBe("without its bugs: r0 = 0xfffffffc (4294967292; as int: -4)");
        lines[2].ShouldStartWith($"{bug}: ");
    }

    [Fact]
    public void Where_no_bug_shows_that_is_told() =>
        Run(Negative, "rbpf-2020").Holds().ShouldBe(
            "rbpf-2020: r0 = 0xfffffffc (4294967292; as int: -4)\nnone of its bugs makes a difference\n");

    [Fact]
    public void A_program_that_only_the_historic_machine_rejects_is_told_by_the_check_that_is_its_bug()
    {
        var text = Run("mov %r0, 1\nja -2\nexit\n", "certrbpf").Fails();

        text.ShouldStartWith("certrbpf: rejected: slot 1: jmp/ja leads to slot 0; ");
        text.ShouldContain("\nwithout its bugs: trap InstructionBudget at slot 0\nC-8: ");
    }

    [Fact]
    public void What_differs_in_registers_alone_is_a_difference()
    {
        var text = Run("lddw %r1, 0x80000000\nldxb %r0, [%r0]\nexit\n", "femto-containers").Fails();

        text.ShouldContain("\nwithout its bugs: the same, but with other registers or memory\nFC-10: ");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_budget_of_instructions_is_what_it_is_to_the_reference_machine(int granted)
    {
        var file = Write("p.s", "mov32 %r0, 7\nmov32 %r1, 8\nexit\n");

        Rbpf.Run(["run", file, "--dialect", "certrbpf", "--instructions", $"{granted}"]).Fails()
            .ShouldStartWith($"certrbpf: trap InstructionBudget at slot {granted}\n");
        Rbpf.Run(["run", file, "--instructions", $"{granted}"]).Fails().ShouldStartWith($"trap InstructionBudget at slot {granted}: ");
    }

    [Fact]
    public void JSON_has_the_numbers_of_the_bugs()
    {
        var file = Write("p.s", Negative);

        Rbpf.Run(["run", file, "--dialect", "certrbpf", "--json"]).Holds().ShouldBe(
            """
            {"dialect":"certrbpf","end":"r0 = 0xfffffffffffffffc (18446744073709551612; signed: -4)","exited":true,
            """
            + """
            "withoutBugs":"r0 = 0xfffffffc (4294967292; as int: -4)","same":false,"bugs":["C-5"]}

            """);
    }

    [Fact]
    public void What_belongs_to_the_reference_machine_is_refused()
    {
        var file = Write("p.s", Negative);

        Rbpf.Run(["run", file, "--dialect", "certrbpf", "--profile", "rbpf"])
            .IsUsage("--dialect has a profile of its own; expected no --profile with it");
        Rbpf.Run(["run", file, "--dialect", "certrbpf", "--engine", "auto"])
            .IsUsage("--dialect is run by its own rules; expected no --engine with it");
        Rbpf.Run(["run", file, "--dialect", "certrbpf", "--certificate", "x"])
            .IsUsage("--certificate is for code that is compiled; expected --engine compiled or --engine auto with it");
    }

    private Ending Run(string text, string dialect) => Rbpf.Run(["run", Write("p.s", text), "--dialect", dialect]);
}
