using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Translation.Validation.States;

namespace RbpfSpec.Translation.Validation;

/// <summary>The function of the compiler's library that divides words of 64 bits, by contract: it is taken for granted.</summary>
internal static class Library
{
    /// <summary>
    /// The state after it: the quotient in R0 and R1, the remainder in R2 and R3, the low words first; R12, the link register, the
    /// flags and the stack below the stack pointer may hold anything. Null where nothing is known of the stack pointer.
    /// </summary>
    /// <param name="state">The state before.</param>
    /// <param name="call">A number of its own for each call on a path.</param>
    public static ArmState<TermWord>? Divide(ArmState<TermWord> state, int call)
    {
        var stack = LinearSum.Of(state.Registers[ArmState<TermWord>.StackPointer].Term).OffsetFrom(Unknowns.CallerStack);
        if (stack is not { } top || top % 8 != 0) return null;
        var (dividend, divisor) = (Pair(state, 0), Pair(state, 2));
        var quotient = Make.Binary(Operator.DivideUnsigned, dividend, divisor);
        var remainder = Make.Binary(Operator.RemainderUnsigned, dividend, divisor);
        var memory = NativeStates.Memory(state);
        return (state with
        {
            Flags = new(Any("n"), Any("z"), Any("c"), Any("v")),
            Memory = memory with { Stack = memory.Stack.RemoveRange(memory.Stack.Keys.Where(offset => offset < top)) },
        })
            .With(0, new(quotient.Bits(0, 32))).With(1, new(quotient.Bits(32, 32)))
            .With(2, new(remainder.Bits(0, 32))).With(3, new(remainder.Bits(32, 32)))
            .With(12, new(Make.Variable($"library.{call}.r12", 32)))
            .With(ArmState<TermWord>.Link, new(Make.Variable($"library.{call}.lr", 32)));

        Truth<TermWord> Any(string flag) => TermTruths.Of(Make.Variable($"library.{call}.{flag}", Sort.Truth));
    }

    /// <summary>The condition of it: a divisor that is not zero.</summary>
    public static Term Asks(ArmState<TermWord> state) => !Pair(state, 2).EqualTo(0);

    private static Term Pair(ArmState<TermWord> state, int low) =>
        Make.Concatenate(state.Registers[low + 1].Term, state.Registers[low].Term);
}
