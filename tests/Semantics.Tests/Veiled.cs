using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Semantics.Tests;

/// <summary>A truth value that says it is not known, as most of a prover's are.</summary>
internal readonly record struct VeiledBit(Bit Value) : IBit<VeiledBit>
{
    public static VeiledBit Of(bool value) => new(Bit.Of(value));

    public bool IsKnown(out bool value)
    {
        value = default;
        return false;
    }

    public static VeiledBit operator !(VeiledBit operand) => new(!operand.Value);

    public static VeiledBit operator &(VeiledBit left, VeiledBit right) => new(left.Value & right.Value);

    public static VeiledBit operator |(VeiledBit left, VeiledBit right) => new(left.Value | right.Value);
}

/// <summary>A word that says it is not known: what computes with it alone cannot have branched on its value.</summary>
internal readonly record struct VeiledWord(Word Value) : IWord<VeiledWord, VeiledBit>
{
    public Width Width => Value.Width;

    public bool IsKnown(out ulong value)
    {
        value = default;
        return false;
    }

    public static VeiledWord Constant(ulong value, Width width) => new(Word.Constant(value, width));

    public static VeiledWord operator +(VeiledWord left, VeiledWord right) => new(left.Value + right.Value);

    public static VeiledWord operator -(VeiledWord left, VeiledWord right) => new(left.Value - right.Value);

    public static VeiledWord operator *(VeiledWord left, VeiledWord right) => new(left.Value * right.Value);

    public static VeiledWord operator &(VeiledWord left, VeiledWord right) => new(left.Value & right.Value);

    public static VeiledWord operator |(VeiledWord left, VeiledWord right) => new(left.Value | right.Value);

    public static VeiledWord operator ^(VeiledWord left, VeiledWord right) => new(left.Value ^ right.Value);

    public static VeiledWord ShiftLeft(VeiledWord value, VeiledWord amount) => new(Word.ShiftLeft(value.Value, amount.Value));

    public static VeiledWord ShiftRightLogical(VeiledWord value, VeiledWord amount) =>
        new(Word.ShiftRightLogical(value.Value, amount.Value));

    public static VeiledWord ShiftRightArithmetic(VeiledWord value, VeiledWord amount) =>
        new(Word.ShiftRightArithmetic(value.Value, amount.Value));

    public static VeiledWord DivideUnsigned(VeiledWord dividend, VeiledWord divisor) =>
        new(Word.DivideUnsigned(dividend.Value, divisor.Value));

    public static VeiledWord RemainderUnsigned(VeiledWord dividend, VeiledWord divisor) =>
        new(Word.RemainderUnsigned(dividend.Value, divisor.Value));

    public static VeiledWord DivideSigned(VeiledWord dividend, VeiledWord divisor) =>
        new(Word.DivideSigned(dividend.Value, divisor.Value));

    public static VeiledWord RemainderSigned(VeiledWord dividend, VeiledWord divisor) =>
        new(Word.RemainderSigned(dividend.Value, divisor.Value));

    public static VeiledBit Same(VeiledWord left, VeiledWord right) => new(Word.Same(left.Value, right.Value));

    public static VeiledBit LessUnsigned(VeiledWord left, VeiledWord right) => new(Word.LessUnsigned(left.Value, right.Value));

    public static VeiledBit LessSigned(VeiledWord left, VeiledWord right) => new(Word.LessSigned(left.Value, right.Value));

    public static VeiledWord Choose(VeiledBit condition, VeiledWord then, VeiledWord otherwise) =>
        new(Word.Choose(condition.Value, then.Value, otherwise.Value));

    public VeiledWord Slice(int lowest, Width width) => new(Value.Slice(lowest, width));

    public VeiledWord Low(Width width) => new(Value.Low(width));

    public VeiledWord ZeroExtend(Width width) => new(Value.ZeroExtend(width));

    public VeiledWord SignExtend(Width width) => new(Value.SignExtend(width));

    public VeiledWord ReverseBytes() => new(Value.ReverseBytes());
}

/// <summary>Puts concrete things behind a veil.</summary>
internal static class Veil
{
    /// <summary>The fields of a slot, none of them known.</summary>
    public static Slot<VeiledWord, VeiledBit> Over(Slot slot) => Slot<VeiledWord, VeiledBit>.Of(new(Word.Of(slot.Bits)));
}
