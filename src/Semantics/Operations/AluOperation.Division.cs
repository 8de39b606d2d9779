using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary>Division and modulo: what they do for a zero divisor and, signed, for an overflow is the profile's.</summary>
    public abstract record Division : AluOperation
    {
        private Division(byte code, string mnemonic, string @operator, bool isSigned, string summary)
            : base(
                code, mnemonic, @operator, summary,
                traps: isSigned ? [Trap.DivisionByZero, Trap.SignedOverflow] : [Trap.DivisionByZero],
                isDivmul: true,
                offset: isSigned ? 1UL : 0)
        {
        }

        /// <summary><c>DIV</c>: unsigned quotient.</summary>
        public sealed record Divide() : Division(
            0x3, "div", "/=", isSigned: false, "Divides the destination by the second operand, both unsigned.")
        {
            public override Guarded<T> Apply<T>(T dst, T src, Profile profile) =>
                OrZeroDivisor(T.DivideUnsigned(dst, src), src, yielded: T.Zero(src.Width), profile);
        }

        /// <summary><c>SDIV</c>: signed quotient, rounded towards zero.</summary>
        public sealed record DivideSigned() : Division(
            0x3, "sdiv", "s/=", isSigned: true, "Divides the destination by the second operand, both signed, rounding towards zero.")
        {
            public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => OrOverflow(
                OrZeroDivisor(T.DivideSigned(dst, src), src, yielded: T.Zero(src.Width), profile), dst, src, profile);
        }

        /// <summary><c>MOD</c>: unsigned remainder.</summary>
        public sealed record Modulo() : Division(
            0x9, "mod", "%=", isSigned: false, "The remainder of the destination divided by the second operand, both unsigned.")
        {
            public override Guarded<T> Apply<T>(T dst, T src, Profile profile) =>
                OrZeroDivisor(T.RemainderUnsigned(dst, src), src, yielded: dst, profile);
        }

        /// <summary><c>SMOD</c>: signed remainder, with the sign of the dividend.</summary>
        public sealed record ModuloSigned() : Division(
            0x9, "smod", "s%=", isSigned: true,
            "The remainder of the destination divided by the second operand, both signed; it has the destination's sign.")
        {
            public override Guarded<T> Apply<T>(T dst, T src, Profile profile) => OrOverflow(
                OrZeroDivisor(T.RemainderSigned(dst, src), src, yielded: dst, profile), dst, src, profile);
        }

        // D-01: the RFC yields a value where the normative machine traps.
        private static Guarded<T> OrZeroDivisor<T>(T value, T divisor, T yielded, Profile profile)
            where T : IWord<T> => profile.ZeroDivisor switch
            {
                ZeroDivisor.Yields => T.Choose(T.IsZero(divisor), yielded, value),
                ZeroDivisor.Traps => Guarded<T>.Of(value).Unless(T.IsZero(divisor), Trap.DivisionByZero),
            };

        // D-15: the least number by -1 has no quotient in its width.
        private static Guarded<T> OrOverflow<T>(Guarded<T> result, T dividend, T divisor, Profile profile)
            where T : IWord<T> => profile.SignedOverflow switch
            {
                SignedOverflow.Wraps => result,
                SignedOverflow.Traps => result.Unless(
                    T.Same(dividend, T.LeastSigned(dividend.Width))
                    & T.Same(divisor, T.Constant(ulong.MaxValue, divisor.Width)),
                    Trap.SignedOverflow),
            };
    }
}
