using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Memory;

namespace RbpfSpec.Thumb.Paths;

/// <summary>What follows of low bits that the structure of a term says: that a check of alignment holds, and that a mask changes nothing.</summary>
internal static class TermAlignment
{
    /// <summary>A formula in which comparisons of low bits with constants are decided where they can be.</summary>
    public static Term Simplified(Term formula) => formula.Operator switch
    {
        Operator.Not => !Simplified(formula.First),
        Operator.And => Simplified(formula.First) & Simplified(formula.Second),
        Operator.Or => Simplified(formula.First) | Simplified(formula.Second),
        Operator.Equal when formula.Second.IsConstant && formula.First is { Operator: Operator.Extract, Lowest: 0 } low
            && TermBounds.Low(low.First, low.Width) is { } bits => Make.Truth(bits == (ulong)formula.Second.Value),
        _ => formula,
    };

    /// <summary>A state whose stack pointer is not masked where it is a multiple of four anyway.</summary>
    public static ArmState<TermWord> Simplified(ArmState<TermWord> state)
    {
        var pointer = state.Registers[ArmState<TermWord>.StackPointer].Term;
        return pointer.Operator is Operator.BitwiseAnd && pointer.Second.Is(0xfffffffc) && TermBounds.Low(pointer.First, 2) == 0
            ? state.With(ArmState<TermWord>.StackPointer, new TermWord(pointer.First))
            : state;
    }
}
