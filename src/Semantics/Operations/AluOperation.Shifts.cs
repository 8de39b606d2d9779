using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>LSH</c>: shift left.</summary>
    public sealed record ShiftLeft() : AluOperation(
        0x6, "lsh", "<<=", "Shifts the destination left by the low 5 or 6 bits of the second operand.", traps: [Trap.ShiftAmount])
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) =>
            OrLargeShift(T.ShiftLeft(dst, Masked(src)), src, profile);
    }

    /// <summary><c>RSH</c>: logical shift right.</summary>
    public sealed record ShiftRight() : AluOperation(
        0x7, "rsh", ">>=",
        "Shifts the destination right by the low 5 or 6 bits of the second operand, zeros in.",
        traps: [Trap.ShiftAmount])
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) =>
            OrLargeShift(T.ShiftRightLogical(dst, Masked(src)), src, profile);
    }

    /// <summary><c>ARSH</c>: arithmetic shift right.</summary>
    public sealed record ShiftRightSigned() : AluOperation(
        0xc, "arsh", "s>>=",
        "Shifts the destination right by the low 5 or 6 bits of the second operand, copies of the sign in.",
        traps: [Trap.ShiftAmount])
    {
        public override Guarded<T> Apply<T>(T dst, T src, Profile profile) =>
            OrLargeShift(T.ShiftRightArithmetic(dst, Masked(src)), src, profile);
    }

    private static T Masked<T>(T amount)
        where T : IWord<T> => amount & T.Constant((ulong)amount.Width.Bits - 1, amount.Width);

    // D-16: some machines refuse what the RFC masks.
    private static Guarded<T> OrLargeShift<T>(T value, T amount, Profile profile)
        where T : IWord<T> => profile.LargeShift switch
        {
            LargeShift.Masked => value,
            LargeShift.Traps => Guarded<T>.Of(value).Unless(
                !T.LessUnsigned(amount, T.Constant((ulong)amount.Width.Bits, amount.Width)), Trap.ShiftAmount),
        };
}
