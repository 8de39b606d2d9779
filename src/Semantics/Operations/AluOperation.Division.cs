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
        public override byte Code => 0x3;

        public override string Mnemonic => "div";

        public override string Operator => "/=";

        public override string Summary => "Divides the destination by the second operand, both unsigned.";

        public override Sequence<Trap> Traps => [Trap.DivisionByZero];

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrZeroDivisor<T>(
                T.DivideUnsigned(destination, source), source, T.Zero(source.Width), profile);

        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);

        protected override FieldUse OffsetUse(SourceOperand operand) => Unsigned;
    }

    /// <summary><c>SDIV</c>: signed quotient, rounded towards zero.</summary>
    public sealed record DivideSigned : AluOperation
    {
        public override byte Code => 0x3;

        public override string Mnemonic => "sdiv";

        public override string Operator => "s/=";

        public override string Summary => "Divides the destination by the second operand, both signed, rounding towards zero.";

        public override Sequence<Trap> Traps => [Trap.DivisionByZero, Trap.SignedOverflow];

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrOverflow(
                OrZeroDivisor<T>(
                    T.DivideSigned(destination, source), source, T.Zero(source.Width), profile),
                destination,
                source,
                profile);

        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);

        protected override FieldUse OffsetUse(SourceOperand operand) => Signed;
    }

    /// <summary><c>MOD</c>: unsigned remainder.</summary>
    public sealed record Modulo : AluOperation
    {
        public override byte Code => 0x9;

        public override string Mnemonic => "mod";

        public override string Operator => "%=";

        public override string Summary => "The remainder of the destination divided by the second operand, both unsigned.";

        public override Sequence<Trap> Traps => [Trap.DivisionByZero];

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrZeroDivisor<T>(T.RemainderUnsigned(destination, source), source, destination, profile);

        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);

        protected override FieldUse OffsetUse(SourceOperand operand) => Unsigned;
    }

    /// <summary><c>SMOD</c>: signed remainder, with the sign of the dividend.</summary>
    public sealed record ModuloSigned : AluOperation
    {
        public override byte Code => 0x9;

        public override string Mnemonic => "smod";

        public override string Operator => "s%=";

        public override string Summary =>
            "The remainder of the destination divided by the second operand, both signed; it has the destination's sign.";

        public override Sequence<Trap> Traps => [Trap.DivisionByZero, Trap.SignedOverflow];

        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrOverflow(
                OrZeroDivisor<T>(T.RemainderSigned(destination, source), source, destination, profile),
                destination,
                source,
                profile);

        protected override ConformanceGroup GroupOf(Width width) => DivisionGroup(width);

        protected override FieldUse OffsetUse(SourceOperand operand) => Signed;
    }

    private static FieldUse Unsigned => Layout.Only(0);

    private static FieldUse Signed => Layout.Only(1);

    // D-01: the RFC yields a value where the normative machine traps.
    private static Guarded<T, T> OrZeroDivisor<T>(
        T value, T divisor, T yielded, Profile profile)
        where T : IWord<T> => profile.ZeroDivisor switch
        {
            ZeroDivisor.Yields => Guarded<T>.Of(
                T.Choose(T.IsZero(divisor), yielded, value)),
            ZeroDivisor.Traps => Guarded<T>.Of(value)
                .Unless(T.IsZero(divisor), Trap.DivisionByZero),
        };

    // D-15: the least number by -1 has no quotient in its width.
    private static Guarded<T, T> OrOverflow<T>(
        Guarded<T, T> result, T dividend, T divisor, Profile profile)
        where T : IWord<T> => profile.SignedOverflow switch
        {
            SignedOverflow.Wraps => result,
            SignedOverflow.Traps => result.Unless(
                T.Same(dividend, T.Constant(1UL << (dividend.Width.Bits - 1), dividend.Width))
                & T.Same(divisor, T.Constant(ulong.MaxValue, divisor.Width)),
                Trap.SignedOverflow),
        };
}
