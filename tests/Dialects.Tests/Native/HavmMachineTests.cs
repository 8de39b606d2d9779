using RbpfSpec.Dialects.Machines;
using RbpfSpec.Dialects.Native;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using static RbpfSpec.Dialects.Tests.DialectSamples;

namespace RbpfSpec.Dialects.Tests.Native;

/// <summary>The programs that show the bugs of the compiler, with one bug at a time, and without any.</summary>
public sealed class HavmMachineTests
{
    [Theory]
    [InlineData("J-1", "b400000007000000 0500000000000000 6400000001000000", 7, 14)]
    [InlineData("J-2", "b400000007000000 b401000002000000 3c10000000000000", 7, 3)]
    [InlineData("J-3", "b400000007000000 9400000004000000", 7, 3)]
    [InlineData("J-4", "b400000005000000 8400000000000000", 0, 0xffff_fffb)]
    [InlineData("J-5", "b400000001000000 b401000020000000 6c10000000000000", 0, 1)]
    [InlineData("J-6", "b400000007000000 3400000000000000", 7, 0)]
    [InlineData("J-6", "b400000007000000 6400000021000000", 7, 14)]
    public void A_bug_changes_the_result(string number, string program, ulong wrong, ulong right)
    {
        Result(program, new([number])).ShouldBe(wrong);
        Result(program, HavmCompiler.Published).ShouldBe(wrong);
        Result(program, HavmCompiler.Mended).ShouldBe(right);
        Interpreted(Samples.ProgramOf(program + Exit), 1000).Result().ShouldBe(right);
    }

    [Fact]
    public void J_1_without_any_block_what_runs_is_no_code() =>
        Run("6400000001000000", new(["J-1"])).ShouldBeOfType<HavmOutcome.Lost>().Reason.ShouldBe("runs what is no code, at word 0");

    [Fact]
    public void J_7_nothing_runs() =>
        Run("0500050000000000", HavmCompiler.Published).ShouldBe(new HavmOutcome.ReadsOutside(Word.Of(6)));

    [Theory]
    [InlineData("0400000034120000")]
    [InlineData("0400000034127856")]
    public void J_8_the_caller_loses_R11(string program)
    {
        Run(program, new(["J-8"])).ShouldBeOfType<HavmOutcome.Lost>().Reason.ShouldBe("returns with R11 of its caller changed");
        Run(program, HavmCompiler.Published).ShouldBeOfType<HavmOutcome.Regular>();
    }

    [Fact]
    public void A_block_spends_one_unit_of_fuel()
    {
        // Three instructions of arithmetic in one block, and EXIT.
        const string program = "0400000001000000 0400000001000000 0400000001000000";

        Run(program, HavmCompiler.Mended, fuel: 2).ShouldBeOfType<HavmOutcome.Regular>().Outcome.Result().ShouldBe(3UL);
        Run(program, HavmCompiler.Mended, fuel: 1).ShouldBeOfType<HavmOutcome.Regular>()
            .Outcome.ShouldBeOfType<DialectOutcome.Regular>().Outcome.ShouldBeOfType<Outcome<Word>.Next>();
    }

    [Fact]
    public void Without_bugs_it_ends_as_the_instructions_interpreted() => Law.Holds(seed: 803, 1000, NativePrograms.Drawn, program =>
    {
        var native = new HavmMachine(program, HavmCompiler.Mended).Run(Start, 1000).ShouldBeOfType<HavmOutcome.Regular>().Outcome;
        var interpreted = Interpreted(program, 1000);

        native.State.Registers.ShouldBe(interpreted.State.Registers);
        native.State.Memory.ShouldBe(interpreted.State.Memory);
        native.GetType().ShouldBe(interpreted.GetType());
    });

    [Fact]
    public void The_blocks_of_the_model_leave_the_same_registers_and_count() => Law.Holds(seed: 804, 1000, NativePrograms.Run, run =>
    {
        if (HavmCompiler.ModelBlock(run) is not { } words) return;
        Sequence<uint> before = Sequence.Generate(11, number => 0x8000_0001U * (uint)number);

        var model = HavmMachine.Call(words, 0, before).ShouldBeOfType<HavmBlockOutcome.Returned>();
        var other = HavmMachine.Call(HavmCompiler.Published.Block(run), 0, before).ShouldBeOfType<HavmBlockOutcome.Returned>();

        model.Registers.ShouldBe(other.Registers);
        (model.ProgramCounter, other.ProgramCounter).ShouldBe(((uint)run.Count, 0U));
    });

    private static State<Word> Start { get; } = new Start(Havm.Dialect.Profile) { Context = [1, 2, 3, 4, 5, 6, 7, 8] }.State();

    private static HavmOutcome Run(string program, HavmCompiler compiler, int fuel = 1000) =>
        new HavmMachine(Samples.ProgramOf(program + Exit), compiler).Run(Start, fuel);

    private static ulong Result(string program, HavmCompiler compiler) =>
        Run(program, compiler).ShouldBeOfType<HavmOutcome.Regular>().Outcome.Result();

    private static DialectOutcome Interpreted(Program program, int steps) => new DialectMachine(program, Havm.Dialect).Run(Start, steps);
}
