using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Dialects;

/// <summary>Words that the rules of several machines make.</summary>
internal static class DialectWords
{
    /// <summary>The 64-bit word whose high half is a word of 32 bits, its low half zero.</summary>
    public static T HighHalf<T>(T half)
        where T : IWord<T> =>
        T.ShiftLeft(half.ZeroExtend(Width.Bits64), T.Constant(32, Width.Bits64));

    /// <summary>Whether a word is at most another, both read as unsigned.</summary>
    public static Truth<T> AtMost<T>(T left, T right)
        where T : IWord<T> => !T.LessUnsigned(right, left);

    /// <summary>The 64-bit result of a division or modulo without a test of the divisor.</summary>
    public static Guarded<T> Unguarded<T>(in Execution<T> execution)
        where T : IWord<T>
    {
        var dividend = execution.Destination.Low(execution.Form.Width);
        var divisor = execution.Operand;
        var value = execution.Form.Operation is AluOperation.Division.Divide
            ? T.DivideUnsigned(dividend, divisor)
            : T.RemainderUnsigned(dividend, divisor);
        return Guarded<T>.Of(value.ZeroExtend(Width.Bits64));
    }

    /// <summary>The normative result of 32-bit arithmetic, but sign-extended.</summary>
    public static Guarded<T> SignExtended<T>(in Execution<T> execution)
        where T : IWord<T>
    {
        var result = Normative(execution, execution.Destination.Low(Width.Bits32), execution.Operand);
        return result with { Value = result.Value.SignExtend(Width.Bits64) };
    }

    /// <summary>The result of arithmetic at 64 bits, cut down to its low half.</summary>
    public static Guarded<T> LowHalfOf64Bits<T>(in Execution<T> execution)
        where T : IWord<T>
    {
        var operand = execution.Form.Operand is SourceOperand.Register
            ? execution.Source
            : execution.Fields.Immediate.SignExtend(Width.Bits64);
        var result = Normative(execution, execution.Destination, operand);
        return result with { Value = result.Value.Low(Width.Bits32).ZeroExtend(Width.Bits64) };
    }

    /// <summary>The normative rule of arithmetic on other operands, at their width.</summary>
    public static Guarded<T> Normative<T>(
        in Execution<T> execution, T destination, T operand)
        where T : IWord<T> =>
        ((AluOperation)execution.Form.Operation).Apply<T>(destination, operand, execution.Profile);
}
