using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Reports;

/// <summary>The operands of arithmetic that trapped, in words.</summary>
internal static class OperandText
{
    /// <summary>Which divisor is zero.</summary>
    public static string ZeroDivisor(in Execution<Word> execution) => execution.Form.Operand switch
    {
        SourceOperand.Register when execution.Form.Width.Bits is 32 && execution.Source.Value != 0 =>
            $"the low 32 bits of {Source(execution)} ({execution.Source}), the divisor, are 0",
        SourceOperand.Register => $"{Source(execution)}, the divisor, is 0",
        SourceOperand.Immediate or SourceOperand.None => "the immediate, the divisor, is 0",
    };

    /// <summary>Which quotient does not fit.</summary>
    public static string SignedOverflow(in Execution<Word> execution) =>
        $"{Register(execution.Fields.Destination)} holds the least number of {Bits(execution.Form.Width)} bits ({execution.Destination}), "
        + $"and {Operand(execution)}, the divisor, is -1";

    /// <summary>Which amount is too large.</summary>
    public static string ShiftAmount(in Execution<Word> execution) =>
        $"{Operand(execution)}, the shift amount, is {execution.Operand}; "
        + $"expected at most {AccessText.Count((ulong)Bits(execution.Form.Width) - 1)}";

    private static string Operand(in Execution<Word> execution) => execution.Form.Operand switch
    {
        SourceOperand.Register => Source(execution),
        SourceOperand.Immediate or SourceOperand.None => "the immediate",
    };

    private static string Source(in Execution<Word> execution) => Register(execution.Fields.Source);

    private static string Register(Word number) => new Register((byte)number.Value).ToString();

    private static int Bits(Width width) => width.Bits;
}
