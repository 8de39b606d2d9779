using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>The functions of the compiler's library by contract: taken for granted, and tested.</summary>
internal static class Library
{
    /// <summary>The contracts, by the addresses of the functions in some code.</summary>
    public static IReadOnlyDictionary<uint, Func<ArmState<TermWord>, Contract>> Contracts(ThumbCode code) =>
        new Dictionary<uint, Func<ArmState<TermWord>, Contract>> { [code["__aeabi_uldivmod"].Address] = Divide };

    // Quotient in R0 and R1, remainder in R2 and R3, the low words first; R12 and the flags may be anything.
    private static Contract Divide(ArmState<TermWord> state)
    {
        var dividend = Pair(state, 0);
        var divisor = Pair(state, 2);
        var quotient = TermWord.DivideUnsigned(dividend, divisor);
        var remainder = TermWord.RemainderUnsigned(dividend, divisor);
        return new(
            !TermWord.Same(divisor, TermWord.Constant(0, Width.Bits64)),
            [(Truth<TermWord>.Of(true), (state with { Flags = DeviceBuild.AnyFlags })
                .With(0, quotient.Low(Width.Bits32))
                .With(1, quotient.Slice(32, Width.Bits32))
                .With(2, remainder.Low(Width.Bits32))
                .With(3, remainder.Slice(32, Width.Bits32))
                .With(12, TermWord.Variable("library.r12", Width.Bits32)))]);
    }

    private static TermWord Pair(ArmState<TermWord> state, int low) =>
        new(Make.Concatenate(state.Registers[low + 1].Term, state.Registers[low].Term));
}
