using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Dialects.Tests;

/// <summary>A word that says it is not known: what computes with it alone cannot have branched on its value.</summary>
internal readonly record struct VeiledWord(Word Value) : IWord<VeiledWord>
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

    public static Truth<VeiledWord> Same(VeiledWord left, VeiledWord right) => Over(Word.Same(left.Value, right.Value));

    public static Truth<VeiledWord> LessUnsigned(VeiledWord left, VeiledWord right) => Over(Word.LessUnsigned(left.Value, right.Value));

    public static Truth<VeiledWord> LessSigned(VeiledWord left, VeiledWord right) => Over(Word.LessSigned(left.Value, right.Value));

    public static Truth<VeiledWord> TruthOf(bool value) => Over(Truth<Word>.Of(value));

    public static bool IsTruthKnown(Truth<VeiledWord> truth, out bool value)
    {
        value = default;
        return false;
    }

    public static Truth<VeiledWord> Not(Truth<VeiledWord> operand) => Over(!Under(operand));

    public static Truth<VeiledWord> And(Truth<VeiledWord> left, Truth<VeiledWord> right) => Over(Under(left) & Under(right));

    public static Truth<VeiledWord> Or(Truth<VeiledWord> left, Truth<VeiledWord> right) => Over(Under(left) | Under(right));

    public static VeiledWord Choose(Truth<VeiledWord> condition, VeiledWord then, VeiledWord otherwise) =>
        new(Word.Choose(Under(condition), then.Value, otherwise.Value));

    public VeiledWord Slice(int lowest, Width width) => new(Value.Slice(lowest, width));

    public VeiledWord Low(Width width) => new(Value.Low(width));

    public VeiledWord ZeroExtend(Width width) => new(Value.ZeroExtend(width));

    public VeiledWord SignExtend(Width width) => new(Value.SignExtend(width));

    public VeiledWord ReverseBytes() => new(Value.ReverseBytes());

    private static Truth<VeiledWord> Over(Truth<Word> truth) => new(new VeiledWord(truth.Representation));

    /// <summary>The value behind the veil.</summary>
    public static Truth<Word> Under(Truth<VeiledWord> truth) => new(truth.Representation.Value);
}

/// <summary>Puts concrete things behind a veil.</summary>
internal static class Veil
{
    /// <summary>The fields of a slot, none of them known.</summary>
    public static Slot<VeiledWord> Over(Slot slot) => Slot<VeiledWord>.Of(new(Word.Of(slot.Bits)));
}
