using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Compiled;

/// <summary>The CIL of what steps are made with: arithmetic, conversions, conditions, sizes of accesses.</summary>
/// <remarks>
/// By the names that the rows of the engines' table have: what is known here is how CIL says it, and which cases it leaves to
/// the interpreter. Validation compares it with the rules.
/// </remarks>
internal static class Emission
{
    /// <summary>Whether a step divides.</summary>
    public static bool IsDivision(Row row) => StepName.Of(row.Step).Arguments is [
        nameof(Divide) or nameof(DivideSigned) or nameof(Modulo) or nameof(ModuloSigned)];

    /// <summary>
    /// Whether the runtime's compiler may lose the high half of the source register: then its low half is read from memory.
    /// </summary>
    /// <remarks>
    /// Of .NET 10, seen on x64: where 32 bits of a local variable of 64 are an operand that the processor wants in one register, or
    /// not in one, the variable is moved by 32 bits, and what is moved counts as the variable from then on. Division has such
    /// operands, and so have shifts by a register on processors without BMI2. A destination is written anew by the step itself.
    /// </remarks>
    public static bool LosesSource(Row row)
    {
        var step = StepName.Of(row.Step);
        if (IsOfImmediate(step)) return false;
        return IsDivision(row)
            ? Is32(step)
            : step.Arguments is [nameof(ShiftLeft) or nameof(ShiftRight) or nameof(ShiftRightSigned)]
                && X86Base.IsSupported && !Bmi2.IsSupported;
    }

    /// <summary>Whether a division by the immediate is one that the interpreter does: by zero, or, signed, by -1.</summary>
    public static bool IsDivisorRare(Row row, ulong immediate)
    {
        var step = StepName.Of(row.Step);
        var divisor = Is32(step) ? (uint)immediate : immediate;
        return IsOfImmediate(step)
            && (divisor == 0 || (IsSigned(step) && divisor == (Is32(step) ? uint.MaxValue : ulong.MaxValue)));
    }

    /// <summary>Whether a step is a load or a store that is neither atomic nor of a packet.</summary>
    public static bool IsPlainAccess(Row row) =>
        StepName.Of(row.Step).Method is nameof(Steps.Load) or nameof(Steps.StoreK) or nameof(Steps.StoreX);

    /// <summary>Whether arithmetic or a condition is at 32 bits.</summary>
    public static bool Is32(StepName step) => step.Method.Contains("32", StringComparison.Ordinal);

    /// <summary>Whether the second operand is the immediate.</summary>
    public static bool IsOfImmediate(StepName step) => step.Method.EndsWith('K');

    /// <summary>Whether a division is signed.</summary>
    public static bool IsSigned(StepName step) => step.Arguments[0] is nameof(DivideSigned) or nameof(ModuloSigned);

    /// <summary>The number of bytes of an access.</summary>
    public static int SizeOf(StepName step) => step.Arguments[0] switch
    {
        nameof(Size1) => 1,
        nameof(Size2) => 2,
        nameof(Size4) => 4,
        nameof(Size8) => 8,
        var name => throw new ArgumentException($"{name} is no size", nameof(step)),
    };

    /// <summary>The operation on two numbers of the width on the stack; divisors are neither zero nor, signed, -1.</summary>
    public static void Arithmetic(CilWriter writer, string name, bool is32)
    {
        if (name is nameof(ShiftLeft) or nameof(ShiftRight) or nameof(ShiftRightSigned))
        {
            if (!is32) writer.Do(OpCodes.Conv_I4);
            writer.Number32(is32 ? 31 : 63);
            writer.Do(OpCodes.And);
        }

        writer.Do(name switch
        {
            nameof(Add) => OpCodes.Add,
            nameof(Subtract) => OpCodes.Sub,
            nameof(Multiply) => OpCodes.Mul,
            nameof(Divide) => OpCodes.Div_Un,
            nameof(DivideSigned) => OpCodes.Div,
            nameof(Modulo) => OpCodes.Rem_Un,
            nameof(ModuloSigned) => OpCodes.Rem,
            nameof(Or) => OpCodes.Or,
            nameof(And) => OpCodes.And,
            nameof(Xor) => OpCodes.Xor,
            nameof(ShiftLeft) => OpCodes.Shl,
            nameof(ShiftRight) => OpCodes.Shr_Un,
            nameof(ShiftRightSigned) => OpCodes.Shr,
            _ => throw new ArgumentException($"{name} is no arithmetic", nameof(name)),
        });
    }

    /// <summary>The function of the number of 64 bits on the stack.</summary>
    public static void Convert(CilWriter writer, string name)
    {
        switch (name)
        {
            case nameof(Same):
                break;
            case nameof(Low16):
                Both(OpCodes.Conv_U2, OpCodes.Conv_U8);
                break;
            case nameof(Low32):
                Both(OpCodes.Conv_U4, OpCodes.Conv_U8);
                break;
            case nameof(Signed8):
                Both(OpCodes.Conv_I1, OpCodes.Conv_I8);
                break;
            case nameof(Signed16):
                Both(OpCodes.Conv_I2, OpCodes.Conv_I8);
                break;
            case nameof(Signed32):
                Both(OpCodes.Conv_I4, OpCodes.Conv_I8);
                break;
            case nameof(Signed8To32):
                Both(OpCodes.Conv_I1, OpCodes.Conv_U8);
                break;
            case nameof(Signed16To32):
                Both(OpCodes.Conv_I2, OpCodes.Conv_U8);
                break;
            case nameof(Negated32):
                Both(OpCodes.Conv_U4, OpCodes.Neg);
                writer.Do(OpCodes.Conv_U8);
                break;
            case nameof(Negated64):
                writer.Do(OpCodes.Neg);
                break;
            case nameof(Swapped16):
                Swap(writer, 2);
                break;
            case nameof(Swapped32):
                Swap(writer, 4);
                break;
            case nameof(Swapped64):
                Swap(writer, 8);
                break;
            default:
                throw new ArgumentException($"{name} is no conversion", nameof(name));
        }

        void Both(OpCode first, OpCode second)
        {
            writer.Do(first);
            writer.Do(second);
        }
    }

    /// <summary>
    /// The jump if a condition holds of two numbers on the stack, or if it does not; of <see cref="AnyBitSet"/>, after
    /// <c>and</c>.
    /// </summary>
    public static OpCode Condition(string name, bool holds) => (name, holds) switch
    {
        (nameof(Equal), true) or (nameof(NotEqual), false) => OpCodes.Beq,
        (nameof(Equal), false) or (nameof(NotEqual), true) => OpCodes.Bne_Un,
        (nameof(Greater), true) or (nameof(LessOrEqual), false) => OpCodes.Bgt_Un,
        (nameof(Greater), false) or (nameof(LessOrEqual), true) => OpCodes.Ble_Un,
        (nameof(GreaterOrEqual), true) or (nameof(Less), false) => OpCodes.Bge_Un,
        (nameof(GreaterOrEqual), false) or (nameof(Less), true) => OpCodes.Blt_Un,
        (nameof(GreaterSigned), true) or (nameof(LessOrEqualSigned), false) => OpCodes.Bgt,
        (nameof(GreaterSigned), false) or (nameof(LessOrEqualSigned), true) => OpCodes.Ble,
        (nameof(GreaterOrEqualSigned), true) or (nameof(LessSigned), false) => OpCodes.Bge,
        (nameof(GreaterOrEqualSigned), false) or (nameof(LessSigned), true) => OpCodes.Blt,
        (nameof(AnyBitSet), true) => OpCodes.Brtrue,
        (nameof(AnyBitSet), false) => OpCodes.Brfalse,
        _ => throw new ArgumentException($"{name} is no condition", nameof(name)),
    };

    /// <summary>Reads at the pointer on the stack: a word, zero-extended, or as the conversion says.</summary>
    public static void Read(CilWriter writer, int bytes, string conversion)
    {
        if (bytes > 1) writer.Unaligned();
        var isSigned = conversion is not nameof(Same);
        writer.Do(bytes switch
        {
            1 => isSigned ? OpCodes.Ldind_I1 : OpCodes.Ldind_U1,
            2 => isSigned ? OpCodes.Ldind_I2 : OpCodes.Ldind_U2,
            4 => isSigned ? OpCodes.Ldind_I4 : OpCodes.Ldind_U4,
            _ => OpCodes.Ldind_I8,
        });
        if (bytes < 8) writer.Do(isSigned ? OpCodes.Conv_I8 : OpCodes.Conv_U8);
    }

    /// <summary>Writes the low bits of the number on the stack at the pointer below it.</summary>
    public static void Write(CilWriter writer, int bytes)
    {
        if (bytes > 1) writer.Unaligned();
        writer.Do(bytes switch
        {
            1 => OpCodes.Stind_I1,
            2 => OpCodes.Stind_I2,
            4 => OpCodes.Stind_I4,
            _ => OpCodes.Stind_I8,
        });
    }

    // Byte by byte: from the low end of the number to the high end of the result.
    private static void Swap(CilWriter writer, int bytes)
    {
        var value = writer.Local(typeof(ulong));
        writer.Set(value);
        for (var i = 0; i < bytes; i++)
        {
            writer.Get(value);
            if (i > 0) Shift(8 * i, OpCodes.Shr_Un);
            writer.Number(0xff);
            writer.Do(OpCodes.And);
            if (i < bytes - 1) Shift(8 * (bytes - 1 - i), OpCodes.Shl);
            if (i > 0) writer.Do(OpCodes.Or);
        }

        void Shift(int count, OpCode code)
        {
            writer.Number32(count);
            writer.Do(code);
        }
    }
}
