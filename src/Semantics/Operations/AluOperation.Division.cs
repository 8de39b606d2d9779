using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

public abstract partial record AluOperation
{
    /// <summary><c>DIV</c>: unsigned quotient.</summary>
    public sealed record Divide() : AluOperation(
        0x3, "div", "/=", "Divides the destination by the second operand, both unsigned.", traps: [Trap.DivisionByZero], isDivmul: true, offset: 0)
    {
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrZeroDivisor(T.DivideUnsigned(destination, source), source, yielded: T.Zero(source.Width), profile);
    }

    /// <summary><c>SDIV</c>: signed quotient, rounded towards zero.</summary>
    public sealed record DivideSigned() : AluOperation(
        0x3, "sdiv", "s/=",
        "Divides the destination by the second operand, both signed, rounding towards zero.",
        traps: [Trap.DivisionByZero, Trap.SignedOverflow], isDivmul: true, offset: 1)
    {
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrOverflow(
                OrZeroDivisor(T.DivideSigned(destination, source), source, yielded: T.Zero(source.Width), profile),
                destination, source, profile);
    }

    /// <summary><c>MOD</c>: unsigned remainder.</summary>
    public sealed record Modulo() : AluOperation(
        0x9, "mod", "%=", "The remainder of the destination divided by the second operand, both unsigned.", traps: [Trap.DivisionByZero], isDivmul: true, offset: 0)
    {
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrZeroDivisor(T.RemainderUnsigned(destination, source), source, yielded: destination, profile);
    }

    /// <summary><c>SMOD</c>: signed remainder, with the sign of the dividend.</summary>
    public sealed record ModuloSigned() : AluOperation(
        0x9, "smod", "s%=",
        "The remainder of the destination divided by the second operand, both signed; it has the destination's sign.",
        traps: [Trap.DivisionByZero, Trap.SignedOverflow], isDivmul: true, offset: 1)
    {
        public override Guarded<T, T> Apply<T>(T destination, T source, Profile profile) =>
            OrOverflow(
                OrZeroDivisor(T.RemainderSigned(destination, source), source, yielded: destination, profile),
                destination, source, profile);
    }

    // D-01: the RFC yields a value where the normative machine traps.
    private static Guarded<T, T> OrZeroDivisor<T>(T value, T divisor, T yielded, Profile profile)
        where T : IWord<T> => profile.ZeroDivisor switch
        {
            ZeroDivisor.Yields => T.Choose(T.IsZero(divisor), yielded, value),
            ZeroDivisor.Traps => Guarded<T>.Of(value).Unless(T.IsZero(divisor), Trap.DivisionByZero),
        };

    // D-15: the least number by -1 has no quotient in its width.
    private static Guarded<T, T> OrOverflow<T>(Guarded<T, T> result, T dividend, T divisor, Profile profile)
        where T : IWord<T> => profile.SignedOverflow switch
        {
            SignedOverflow.Wraps => result,
            SignedOverflow.Traps => result.Unless(
                T.Same(dividend, T.LeastSigned(dividend.Width))
                & T.Same(divisor, T.Constant(ulong.MaxValue, divisor.Width)),
                Trap.SignedOverflow),
        };
}
