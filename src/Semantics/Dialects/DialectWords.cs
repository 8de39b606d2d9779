using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Semantics.Dialects;

/// <summary>Words that the rules of several machines make.</summary>
internal static class DialectWords
{
    /// <summary>The 64-bit word whose high half is a word of 32 bits, its low half zero.</summary>
    public static TWord HighHalf<TWord, TBit>(TWord half)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> =>
        TWord.ShiftLeft(half.ZeroExtend(Width.Bits64), TWord.Constant(32, Width.Bits64));

    /// <summary>Whether a word is at most another, both read as unsigned.</summary>
    public static TBit AtMost<TWord, TBit>(TWord left, TWord right)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => !TWord.LessUnsigned(right, left);

    /// <summary>The 64-bit result of a division or modulo without a test of the divisor.</summary>
    public static Guarded<TBit, TWord> Unguarded<TWord, TBit>(in Execution<TWord, TBit> execution)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var dividend = execution.Destination.Low(execution.Form.Width);
        var divisor = execution.Operand;
        var value = execution.Form.Operation is AluOperation.Divide
            ? TWord.DivideUnsigned(dividend, divisor)
            : TWord.RemainderUnsigned(dividend, divisor);
        return Guarded<TBit>.Of(value.ZeroExtend(Width.Bits64));
    }

    /// <summary>The normative result of 32-bit arithmetic, but sign-extended.</summary>
    public static Guarded<TBit, TWord> SignExtended<TWord, TBit>(in Execution<TWord, TBit> execution)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var result = Normative(execution, execution.Destination.Low(Width.Bits32), execution.Operand);
        return result.With(result.Value.SignExtend(Width.Bits64));
    }

    /// <summary>The result of arithmetic at 64 bits, cut down to its low half.</summary>
    public static Guarded<TBit, TWord> LowHalfOf64Bits<TWord, TBit>(in Execution<TWord, TBit> execution)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var operand = execution.Form.Operand is SourceOperand.Register
            ? execution.Source
            : execution.Fields.Immediate.SignExtend(Width.Bits64);
        var result = Normative(execution, execution.Destination, operand);
        return result.With(result.Value.Low(Width.Bits32).ZeroExtend(Width.Bits64));
    }

    /// <summary>The normative rule of arithmetic on other operands, at their width.</summary>
    public static Guarded<TBit, TWord> Normative<TWord, TBit>(
        in Execution<TWord, TBit> execution, TWord destination, TWord operand)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> =>
        ((AluOperation)execution.Form.Operation).Apply<TWord, TBit>(destination, operand, execution.Profile);
}
