using Mono.Cecil.Cil;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil;

/// <summary>The arithmetic of CIL's instructions, over terms.</summary>
/// <remarks>
/// ECMA-335, part III, in a 64-bit process: numbers on the evaluation stack have 32 or 64 bits, and a number of 32 bits
/// that meets one of 64 is sign-extended.
/// </remarks>
internal static class CilArithmetic
{
    private static Term One { get; } = Make.Constant(1, 32);

    private static Term Zero { get; } = Make.Constant(0, 32);

    /// <summary>
    /// The result of an instruction with two operands, and what must hold for it to be defined; null if it is no such
    /// instruction.
    /// </summary>
    public static (CilValue Result, Term Defined)? Binary(Code code, CilValue left, CilValue right) => (left, right) switch
    {
        (CilValue.Number a, CilValue.Number b) => code is Code.Shl or Code.Shr or Code.Shr_Un
            ? Shift(code, a.Term, b.Term)
            : Binary(code, a.Term, b.Term),
        (CilValue.Pointer pointer, CilValue.Number number) when code is Code.Add => Defined(pointer.Plus(Wide(number.Term))),
        (CilValue.Number number, CilValue.Pointer pointer) when code is Code.Add => Defined(pointer.Plus(Wide(number.Term))),
        (CilValue.Pointer pointer, CilValue.Number number) when code is Code.Sub =>
            Defined(pointer with { Offset = pointer.Offset - Wide(number.Term) }),
        _ => null,
    };

    /// <summary>Whether a comparison holds; null if it is none, or of such operands.</summary>
    public static Term? Comparison(Code code, CilValue left, CilValue right) => (left, right) switch
    {
        (CilValue.Number a, CilValue.Number b) => Comparison(code, a.Term, b.Term),
        (CilValue.Pointer a, CilValue.Pointer b) when a.Place == b.Place => Comparison(code, a.Offset, b.Offset),
        (CilValue.Pointer, CilValue.Number { Term: var zero }) when zero.Is(0UL) && IsEquality(code, out var isEqual) =>
            Make.Truth(!isEqual),
        _ => null,
    };

    /// <summary>The result of a conversion; null if it is none, or of such an operand.</summary>
    public static CilValue? Convert(Code code, CilValue operand) => operand switch
    {
        CilValue.Pointer when code is Code.Conv_I or Code.Conv_U => operand,
        CilValue.Number(var term) => code switch
        {
            Code.Conv_I1 => Narrow(term, 8, Operator.SignExtend),
            Code.Conv_U1 => Narrow(term, 8, Operator.ZeroExtend),
            Code.Conv_I2 => Narrow(term, 16, Operator.SignExtend),
            Code.Conv_U2 => Narrow(term, 16, Operator.ZeroExtend),
            Code.Conv_I4 or Code.Conv_U4 => new CilValue.Number(term.Bits(0, 32)),
            Code.Conv_I8 or Code.Conv_I => new CilValue.Number(term.SignExtended(64)),
            Code.Conv_U8 or Code.Conv_U => new CilValue.Number(term.ZeroExtended(64)),
            _ => null,
        },
        CilValue.Pointer or CilValue.Function => null,
    };

    /// <summary>A truth value as a number.</summary>
    public static CilValue Number(Term truth) => new CilValue.Number(Make.Choose(truth, One, Zero));

    /// <summary>Whether a value counts as true: it is not zero. Pointers into something never are.</summary>
    public static Term Truth(CilValue value) => value switch
    {
        CilValue.Pointer or CilValue.Function => Make.True,
        CilValue.Number(var term) =>
            term.Operator is Operator.Choose && ReferenceEquals(term.Second, One) && ReferenceEquals(term.Third, Zero)
            ? term.First
            : term.DiffersFrom(0),
    };

    /// <summary>A number of 64 bits.</summary>
    public static Term Wide(Term term) => term.SignExtended(64);

    private static (CilValue Result, Term Defined)? Binary(Code code, Term left, Term right)
    {
        var (a, b) = Alike(left, right);
        Operator? @operator = code switch
        {
            Code.Add => Operator.Add,
            Code.Sub => Operator.Subtract,
            Code.Mul => Operator.Multiply,
            Code.And => Operator.BitwiseAnd,
            Code.Or => Operator.BitwiseOr,
            Code.Xor => Operator.BitwiseXor,
            Code.Div => Operator.DivideSigned,
            Code.Div_Un => Operator.DivideUnsigned,
            Code.Rem => Operator.RemainderSigned,
            Code.Rem_Un => Operator.RemainderUnsigned,
            _ => null,
        };
        if (@operator is not { } known) return null;
        var isDivided = b.DiffersFrom(0);
        return (new CilValue.Number(Make.Binary(known, a, b)), code switch
        {
            Code.Div_Un or Code.Rem_Un => isDivided,
            Code.Div or Code.Rem => isDivided
                & !(a.EqualTo(Make.Constant(1UL << (a.Width - 1), a.Width)) & b.EqualTo(Make.Constant(ulong.MaxValue, b.Width))),
            _ => Make.True,
        });
    }

    // The amount may have another width than what is shifted; of the width or more, the result is not specified.
    private static (CilValue Result, Term Defined)? Shift(Code code, Term value, Term amount)
    {
        var count = amount.Width < value.Width ? amount.ZeroExtended(value.Width) : amount.Bits(0, value.Width);
        var @operator = code switch
        {
            Code.Shl => Operator.ShiftLeft,
            Code.Shr => Operator.ShiftRightArithmetic,
            _ => Operator.ShiftRightLogical,
        };
        return (
            new CilValue.Number(Make.Binary(@operator, value, count)),
            amount.Below(Make.Constant((ulong)value.Width, amount.Width)));
    }

    private static Term? Comparison(Code code, Term left, Term right)
    {
        var (a, b) = Alike(left, right);
        return code switch
        {
            Code.Ceq or Code.Beq or Code.Beq_S => a.EqualTo(b),
            Code.Bne_Un or Code.Bne_Un_S => a.DiffersFrom(b),
            Code.Clt or Code.Blt or Code.Blt_S => a.BelowSigned(b),
            Code.Clt_Un or Code.Blt_Un or Code.Blt_Un_S => a.Below(b),
            Code.Cgt or Code.Bgt or Code.Bgt_S => b.BelowSigned(a),
            Code.Cgt_Un or Code.Bgt_Un or Code.Bgt_Un_S => b.Below(a),
            Code.Ble or Code.Ble_S => !b.BelowSigned(a),
            Code.Ble_Un or Code.Ble_Un_S => !b.Below(a),
            Code.Bge or Code.Bge_S => !a.BelowSigned(b),
            Code.Bge_Un or Code.Bge_Un_S => !a.Below(b),
            _ => null,
        };
    }

    private static bool IsEquality(Code code, out bool isEqual)
    {
        isEqual = code is Code.Ceq or Code.Beq or Code.Beq_S;
        return isEqual || code is Code.Bne_Un or Code.Bne_Un_S or Code.Cgt_Un;
    }

    private static (Term Left, Term Right) Alike(Term left, Term right) =>
        left.Width == right.Width ? (left, right) : (Wide(left), Wide(right));

    private static CilValue.Number Narrow(Term term, int width, Operator extension)
    {
        var low = term.Bits(0, width);
        return new(extension is Operator.SignExtend ? low.SignExtended(32) : low.ZeroExtended(32));
    }

    private static (CilValue Result, Term Defined)? Defined(CilValue result) => (result, Make.True);
}
