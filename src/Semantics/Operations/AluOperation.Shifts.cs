using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>LSH</c>: shift left.</summary>
    public sealed record ShiftLeft : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x6;

        /// <inheritdoc/>
        public override string Mnemonic => "lsh";

        /// <inheritdoc/>
        public override string Operator => "<<=";

        /// <inheritdoc/>
        public override string Summary => "Shifts the destination left by the low 5 or 6 bits of the second operand.";

        /// <inheritdoc/>
        public override Sequence<Trap> Traps => [Trap.ShiftAmount];

        /// <inheritdoc/>
        public override Guarded<TBit, TWord> Apply<TWord, TBit>(TWord destination, TWord source, Profile profile) =>
            OrLargeShift<TWord, TBit>(TWord.ShiftLeft(destination, Masked<TWord, TBit>(source)), source, profile);
    }

    /// <summary><c>RSH</c>: logical shift right.</summary>
    public sealed record ShiftRight : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x7;

        /// <inheritdoc/>
        public override string Mnemonic => "rsh";

        /// <inheritdoc/>
        public override string Operator => ">>=";

        /// <inheritdoc/>
        public override string Summary =>
            "Shifts the destination right by the low 5 or 6 bits of the second operand, zeros in.";

        /// <inheritdoc/>
        public override Sequence<Trap> Traps => [Trap.ShiftAmount];

        /// <inheritdoc/>
        public override Guarded<TBit, TWord> Apply<TWord, TBit>(TWord destination, TWord source, Profile profile) =>
            OrLargeShift<TWord, TBit>(TWord.ShiftRightLogical(destination, Masked<TWord, TBit>(source)), source, profile);
    }

    /// <summary><c>ARSH</c>: arithmetic shift right.</summary>
    public sealed record ShiftRightSigned : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0xc;

        /// <inheritdoc/>
        public override string Mnemonic => "arsh";

        /// <inheritdoc/>
        public override string Operator => "s>>=";

        /// <inheritdoc/>
        public override string Summary =>
            "Shifts the destination right by the low 5 or 6 bits of the second operand, copies of the sign in.";

        /// <inheritdoc/>
        public override Sequence<Trap> Traps => [Trap.ShiftAmount];

        /// <inheritdoc/>
        public override Guarded<TBit, TWord> Apply<TWord, TBit>(TWord destination, TWord source, Profile profile) =>
            OrLargeShift<TWord, TBit>(TWord.ShiftRightArithmetic(destination, Masked<TWord, TBit>(source)), source, profile);
    }

    private static TWord Masked<TWord, TBit>(TWord amount)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => amount & TWord.Constant((ulong)amount.Width.Bits - 1, amount.Width);

    // D-16: some machines refuse what the RFC masks.
    private static Guarded<TBit, TWord> OrLargeShift<TWord, TBit>(TWord value, TWord amount, Profile profile)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => profile.LargeShift switch
        {
            LargeShift.Masked => Guarded<TBit>.Of(value),
            LargeShift.Traps => Guarded<TBit>.Of(value).Unless(
                !TWord.LessUnsigned(amount, TWord.Constant((ulong)amount.Width.Bits, amount.Width)), Trap.ShiftAmount),
        };
}
