using RbpfSpec.Images;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests;

public class ConformanceMachineTests
{
    [Fact]
    public void R1_is_the_address_of_the_memory_and_r2_its_length()
    {
        Run("mov %r0, %r2\nexit", 1, 2, 3).ShouldBe(new Answer.Returned(3));
        Run("ldxb %r0, [%r1+2]\nexit", 1, 2, 3).ShouldBe(new Answer.Returned(3));
        Run("stxb [%r1+2], %r2\nldxb %r0, [%r1+2]\nexit", 9, 9, 9).ShouldBe(new Answer.Returned(3));
        Run("ldxb %r0, [%r1+3]\nexit", 1, 2, 3).ShouldBe(new Answer.Trapped(Trap.MemoryAccess, 0));
    }

    [Fact]
    public void Without_memory_r1_and_r2_are_zero() =>
        Run("mov %r0, %r1\nor %r0, %r2\nexit").ShouldBe(new Answer.Returned(0));

    [Fact]
    public void R10_is_the_end_of_512_bytes_of_stack_full_of_zeros()
    {
        Run("ldxdw %r0, [%r10-8]\nexit").ShouldBe(new Answer.Returned(0));
        Run("stdw [%r10-512], 5\nldxdw %r0, [%r10-512]\nexit").ShouldBe(new Answer.Returned(5));
        Run("ldxb %r0, [%r10]\nexit").ShouldBe(new Answer.Trapped(Trap.MemoryAccess, 0));
        Run("ldxb %r0, [%r10-513]\nexit").ShouldBe(new Answer.Trapped(Trap.MemoryAccess, 0));
    }

    [Fact]
    public void Helper_5_exists_and_does_nothing_and_no_other_helper_exists()
    {
        Run("mov %r0, 7\ncall 5\nexit").ShouldBe(new Answer.Returned(0));
        Run("mov %r6, 7\ncall 5\nmov %r0, %r6\nexit").ShouldBe(new Answer.Returned(7));
        Run("call 4\nexit").ShouldBeOfType<Answer.Rejected>()
            .Problems.ShouldHaveSingleItem().Check.ShouldBe("helper");
    }

    [Fact]
    public void The_profile_decides()
    {
        var program = Code.Of("mov %r0, 7\nmod %r0, 0\nexit");

        new ConformanceMachine(Profile.Rfc9669).Run(program, []).ShouldBe(new Answer.Returned(7));
        new ConformanceMachine(Profile.Rbpf).Run(program, []).ShouldBe(new Answer.Trapped(Trap.DivisionByZero, 1));
    }

    [Fact]
    public void A_loop_ends_by_the_profiles_budget_or_by_itself()
    {
        var program = Code.Of("add %r0, 1\njlt %r0, 1000, -2\nexit");

        new ConformanceMachine(Profile.Rfc9669).Run(program, []).ShouldBe(new Answer.Returned(1000));
        new ConformanceMachine(Profile.Rbpf).Run(program, []).ShouldBe(new Answer.Trapped(Trap.BranchBudget, 1));
    }

    [Fact]
    public void Every_engine_answers_as_the_semantics_does_and_stops_at_the_limit()
    {
        foreach (var engine in new Engine?[] { null, Engine.Switch, Engine.Compiled, Engine.Auto })
        {
            var machine = new ConformanceMachine(Profile.Rfc9669, engine) { InstructionLimit = 1_000 };

            machine.Run(Code.Of("ldxb %r0, [%r1]\nadd %r0, %r2\nexit"), [5, 6]).ShouldBe(new Answer.Returned(7));
            machine.Run(Code.Of("mov %r0, 1\nldxb %r0, [%r1]\nexit"), []).ShouldBe(new Answer.Trapped(Trap.MemoryAccess, 1));
            machine.Run(Code.Of("ja -1\nexit"), []).ShouldBe(new Answer.Trapped(Trap.InstructionBudget, 0));
            machine.Run(Code.Of("mov %r10, 1\nexit"), []).ShouldBeOfType<Answer.Rejected>();
        }
    }

    [Fact]
    public void A_program_that_the_preflight_rejects_does_not_run()
    {
        var problems = Run("lddw %r0, 1\nja -2\nmov %r10, 1").ShouldBeOfType<Answer.Rejected>().Problems;

        problems.Select(problem => problem.Check).ShouldBe(["jump/instruction", "frame-pointer", "end"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void A_length_that_is_no_multiple_of_8_bytes_is_rejected(int length) =>
        new ConformanceMachine(Profile.Rfc9669).Run(Sequence.Of<byte>(new byte[length]), [])
            .ShouldBeOfType<Answer.Rejected>().Problems[0].Check.ShouldBe("length");

    [Fact]
    public void An_image_runs_with_its_regions_from_its_entry()
    {
        Image image = new()
        {
            Format = ImageFormat.Elf,
            Program = Code.Of($"exit\nlddw %r3, {AddressSpace.Image}\nldxb %r0, [%r3+1]\nldxb %r4, [%r1]\nadd %r0, %r4\nexit"),
            Entry = 1,
            Regions = [new(".rodata", AddressSpace.Image, [1, 40], Permission.Read)],
        };

        new ConformanceMachine(Profile.Rfc9669).Run(image, [2]).ShouldBe(new Answer.Returned(42));
    }

    private static Answer Run(string text, params byte[] memory) =>
        new ConformanceMachine(Profile.Rfc9669).Run(Code.Of(text), Sequence.Of<byte>(memory));
}
