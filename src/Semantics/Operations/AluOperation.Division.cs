using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>DIV</c>: unsigned quotient.</summary>
    public sealed record Divide : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x3;

        /// <inheritdoc/>
        public override string Mnemonic => "div";

        /// <inheritdoc/>
        public override string Operator => "/=";

        /// <inheritdoc/>
        public override string Summary => "Divides the destination by the second operand, both unsigned.";

        /// <inheritdoc/>
        public override Sequence<Trap> Traps => [Trap.DivisionByZero];

        /// <inheritdoc/>
        public override Guarded<TBit, TWord> Apply<TWord, TBit>(TWord destination, TWord source, Profile profile) =>
            OrZeroDivisor<TWord, TBit>(
                TWord.DivideUnsigned(destination, source), source, TWord.Zero(source.Width), profile);

        /// <inheritdoc/>
        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);

        /// <inheritdoc/>
        protected override FieldUse OffsetUse(SourceOperand operand) => Unsigned;
    }

    /// <summary><c>SDIV</c>: signed quotient, rounded towards zero.</summary>
    public sealed record DivideSigned : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x3;

        /// <inheritdoc/>
        public override string Mnemonic => "sdiv";

        /// <inheritdoc/>
        public override string Operator => "s/=";

        /// <inheritdoc/>
        public override string Summary => "Divides the destination by the second operand, both signed, rounding towards zero.";

        /// <inheritdoc/>
        public override Sequence<Trap> Traps => [Trap.DivisionByZero, Trap.SignedOverflow];

        /// <inheritdoc/>
        public override Guarded<TBit, TWord> Apply<TWord, TBit>(TWord destination, TWord source, Profile profile) =>
            OrOverflow(
                OrZeroDivisor<TWord, TBit>(
                    TWord.DivideSigned(destination, source), source, TWord.Zero(source.Width), profile),
                destination,
                source,
                profile);

        /// <inheritdoc/>
        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);

        /// <inheritdoc/>
        protected override FieldUse OffsetUse(SourceOperand operand) => Signed;
    }

    /// <summary><c>MOD</c>: unsigned remainder.</summary>
    public sealed record Modulo : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x9;

        /// <inheritdoc/>
        public override string Mnemonic => "mod";

        /// <inheritdoc/>
        public override string Operator => "%=";

        /// <inheritdoc/>
        public override string Summary => "The remainder of the destination divided by the second operand, both unsigned.";

        /// <inheritdoc/>
        public override Sequence<Trap> Traps => [Trap.DivisionByZero];

        /// <inheritdoc/>
        public override Guarded<TBit, TWord> Apply<TWord, TBit>(TWord destination, TWord source, Profile profile) =>
            OrZeroDivisor<TWord, TBit>(TWord.RemainderUnsigned(destination, source), source, destination, profile);

        /// <inheritdoc/>
        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);

        /// <inheritdoc/>
        protected override FieldUse OffsetUse(SourceOperand operand) => Unsigned;
    }

    /// <summary><c>SMOD</c>: signed remainder, with the sign of the dividend.</summary>
    public sealed record ModuloSigned : AluOperation
    {
        /// <inheritdoc/>
        public override byte Code => 0x9;

        /// <inheritdoc/>
        public override string Mnemonic => "smod";

        /// <inheritdoc/>
        public override string Operator => "s%=";

        /// <inheritdoc/>
        public override string Summary =>
            "The remainder of the destination divided by the second operand, both signed; it has the destination's sign.";

        /// <inheritdoc/>
        public override Sequence<Trap> Traps => [Trap.DivisionByZero, Trap.SignedOverflow];

        /// <inheritdoc/>
        public override Guarded<TBit, TWord> Apply<TWord, TBit>(TWord destination, TWord source, Profile profile) =>
            OrOverflow(
                OrZeroDivisor<TWord, TBit>(TWord.RemainderSigned(destination, source), source, destination, profile),
                destination,
                source,
                profile);

        /// <inheritdoc/>
        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);

        /// <inheritdoc/>
        protected override FieldUse OffsetUse(SourceOperand operand) => Signed;
    }

    private static FieldUse Unsigned => Layout.Only(0);

    private static FieldUse Signed => Layout.Only(1);

    // D-01: the RFC yields a value where the normative machine traps.
    private static Guarded<TBit, TWord> OrZeroDivisor<TWord, TBit>(
        TWord value, TWord divisor, TWord yielded, Profile profile)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => profile.ZeroDivisor switch
        {
            ZeroDivisor.Yields => Guarded<TBit>.Of(
                TWord.Choose(TWord.IsZero(divisor), yielded, value)),
            ZeroDivisor.Traps => Guarded<TBit>.Of(value)
                .Unless(TWord.IsZero(divisor), Trap.DivisionByZero),
        };

    // D-15: the least number by -1 has no quotient in its width.
    private static Guarded<TBit, TWord> OrOverflow<TWord, TBit>(
        Guarded<TBit, TWord> result, TWord dividend, TWord divisor, Profile profile)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => profile.SignedOverflow switch
        {
            SignedOverflow.Wraps => result,
            SignedOverflow.Traps => result.Unless(
                TWord.Same(dividend, TWord.Constant(1UL << (dividend.Width.Bits - 1), dividend.Width))
                & TWord.Same(divisor, TWord.Constant(ulong.MaxValue, divisor.Width)),
                Trap.SignedOverflow),
        };
}
