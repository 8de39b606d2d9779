using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Translation.Tests.Code;

public sealed class TranslatorTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(6, 8)]
    [InlineData(7, 13)]
    public void Calls_and_returns_stay_in_native_code(ulong number, ulong expected)
    {
        var end = NativeRuns.Run(CallPrograms.Fibonacci, CallPrograms.Start(number), out var entered);

        end.ShouldBeOfType<Outcome<Word>.Exited>().Result.Value.ShouldBe(expected);

        // Only the last EXIT is the machine's.
        entered.ShouldBe(1);
    }

    [Fact]
    public void One_call_too_many_traps()
    {
        var end = NativeRuns.Run(CallPrograms.Fibonacci, CallPrograms.Start(8), out _);

        end.ShouldBeOfType<Outcome<Word>.Trapped>().Trap.ShouldBe(Trap.CallDepth);
    }

    [Theory]
    [InlineData(0, Trap.BranchBudget)]
    [InlineData(3, Trap.BranchBudget)]
    [InlineData(6, Trap.BranchBudget)]
    [InlineData(7, Trap.CallDepth)]
    public void A_call_counts_as_a_branch(ulong branches, Trap expected)
    {
        var end = NativeRuns.Run(CallPrograms.Endless, CallPrograms.Start(0, branches), out _);

        end.ShouldBeOfType<Outcome<Word>.Trapped>().Trap.ShouldBe(expected);
        end.State.Frames.Count.ShouldBe((int)branches);
    }

    [Fact]
    public void Of_a_function_that_has_returned_the_stack_is_out_of_reach()
    {
        var end = NativeRuns.Run(CallPrograms.Dangling, CallPrograms.Start(0), out _);

        end.ShouldBeOfType<Outcome<Word>.Trapped>().Trap.ShouldBe(Trap.MemoryAccess);
        end.State.Registers[0].Value.ShouldBe(27UL);
    }
}
