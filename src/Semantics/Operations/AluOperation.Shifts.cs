using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>LSH</c>: shift left.</summary>
    public sealed record ShiftLeft : AluOperation
    {
        public override byte Code => 0x6;

        public override string Mnemonic => "lsh";

        public override string Operator => "<<=";

        public override string Summary => "Shifts the destination left by the low 5 or 6 bits of the second operand.";

        public override Sequence<Trap> Traps => [Trap.ShiftAmount];

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrLargeShift<T>(T.ShiftLeft(destination, Masked<T>(source)), source, profile);
    }

    /// <summary><c>RSH</c>: logical shift right.</summary>
    public sealed record ShiftRight : AluOperation
    {
        public override byte Code => 0x7;

        public override string Mnemonic => "rsh";

        public override string Operator => ">>=";

        public override string Summary =>
            "Shifts the destination right by the low 5 or 6 bits of the second operand, zeros in.";

        public override Sequence<Trap> Traps => [Trap.ShiftAmount];

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrLargeShift<T>(T.ShiftRightLogical(destination, Masked<T>(source)), source, profile);
    }

    /// <summary><c>ARSH</c>: arithmetic shift right.</summary>
    public sealed record ShiftRightSigned : AluOperation
    {
        public override byte Code => 0xc;

        public override string Mnemonic => "arsh";

        public override string Operator => "s>>=";

        public override string Summary =>
            "Shifts the destination right by the low 5 or 6 bits of the second operand, copies of the sign in.";

        public override Sequence<Trap> Traps => [Trap.ShiftAmount];

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrLargeShift<T>(T.ShiftRightArithmetic(destination, Masked<T>(source)), source, profile);
    }

    private static T Masked<T>(T amount)
        where T : IWord<T> => amount & T.Constant((ulong)amount.Width.Bits - 1, amount.Width);

    // D-16: some machines refuse what the RFC masks.
    private static Guarded<T, T> OrLargeShift<T>(T value, T amount, Profile profile)
        where T : IWord<T> => profile.LargeShift switch
        {
            LargeShift.Masked => Guarded<T>.Of(value),
            LargeShift.Traps => Guarded<T>.Of(value).Unless(
                !T.LessUnsigned(amount, T.Constant((ulong)amount.Width.Bits, amount.Width)), Trap.ShiftAmount),
        };
}
