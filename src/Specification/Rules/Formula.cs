
namespace RbpfSpec.Specification.Rules;

/// <summary>A word as readable text: the domain in which a rule prints itself.</summary>
/// <remarks>
/// The suffixes u and s tell unsigned from signed operations; <c>zx64</c> and <c>sx64</c> extend to 64 bits, <c>lo32</c>
/// takes the low 32. Only what reads as noise is simplified: extensions that are cut off again, sums with zero.
/// </remarks>
public sealed record Formula : IWord<Formula, FormulaBit>
{
    private Formula(string text, Width width, bool isAtom)
    {
        Text = text;
        Width = width;
        IsAtom = isAtom;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public Width Width { get; }

    private bool IsAtom { get; }

    private ulong? Value { get; init; }

    // What was extended, so that a slice can take the extension back.
    private Formula? Extended { get; init; }

    /// <summary>An unknown word.</summary>
    public static Formula Named(string name, Width width) => new(name, width, isAtom: true);

    /// <inheritdoc/>
    public bool IsKnown(out ulong value)
    {
        value = Value.GetValueOrDefault();
        return Value is not null;
    }

    /// <inheritdoc/>
    public static Formula Constant(ulong value, Width width)
    {
        var low = value & width.Mask;
        return new(low < 10 ? $"{low}" : $"0x{low:x}", width, isAtom: true) { Value = low };
    }

    /// <inheritdoc/>
    public static Formula operator +(Formula left, Formula right) =>
        left.Value == 0 ? right : right.Value == 0 ? left : Infix(left, "+", right);

    /// <inheritdoc/>
    public static Formula operator -(Formula left, Formula right) => left.Value is { } minuend && right.Value is { } subtrahend
        ? Constant(unchecked(minuend - subtrahend), left.Width)
        : right.Value == 0 ? left : Infix(left, "-", right);

    /// <inheritdoc/>
    public static Formula operator *(Formula left, Formula right) => Infix(left, "*", right);

    /// <inheritdoc/>
    public static Formula operator &(Formula left, Formula right) => Infix(left, "&", right);

    /// <inheritdoc/>
    public static Formula operator |(Formula left, Formula right) => Infix(left, "|", right);

    /// <inheritdoc/>
    public static Formula operator ^(Formula left, Formula right) => Infix(left, "^", right);

    /// <inheritdoc/>
    public static Formula ShiftLeft(Formula value, Formula amount) => Infix(value, "<<", amount);

    /// <inheritdoc/>
    public static Formula ShiftRightLogical(Formula value, Formula amount) => Infix(value, ">>u", amount);

    /// <inheritdoc/>
    public static Formula ShiftRightArithmetic(Formula value, Formula amount) => Infix(value, ">>s", amount);

    /// <inheritdoc/>
    public static Formula DivideUnsigned(Formula dividend, Formula divisor) => Infix(dividend, "/u", divisor);

    /// <inheritdoc/>
    public static Formula RemainderUnsigned(Formula dividend, Formula divisor) => Infix(dividend, "%u", divisor);

    /// <inheritdoc/>
    public static Formula DivideSigned(Formula dividend, Formula divisor) => Infix(dividend, "/s", divisor);

    /// <inheritdoc/>
    public static Formula RemainderSigned(Formula dividend, Formula divisor) => Infix(dividend, "%s", divisor);

    /// <inheritdoc/>
    public static FormulaBit Same(Formula left, Formula right) => left.Value is { } one && right.Value is { } other
        ? FormulaBit.Of(one == other)
        : FormulaBit.Comparison(left.Operand, "==", "!=", right.Operand);

    /// <inheritdoc/>
    public static FormulaBit LessUnsigned(Formula left, Formula right) =>
        FormulaBit.Comparison(left.Operand, "<u", ">=u", right.Operand);

    /// <inheritdoc/>
    public static FormulaBit LessSigned(Formula left, Formula right) =>
        FormulaBit.Comparison(left.Operand, "<s", ">=s", right.Operand);

    /// <inheritdoc/>
    public static Formula Choose(FormulaBit condition, Formula then, Formula otherwise) =>
        condition.IsKnown(out var known)
            ? known ? then : otherwise
            : then == otherwise
                ? then
                : new($"{condition.Operand} ? {then.Operand} : {otherwise.Operand}", then.Width, isAtom: false);

    /// <inheritdoc/>
    public Formula Slice(int lowest, Width width)
    {
        if (lowest == 0 && width == Width) return this;
        if (lowest == 0 && Extended is { } inner && width <= inner.Width) return inner.Slice(0, width);
        if (Value is { } value) return Constant(value >> lowest, width);
        var text = lowest == 0 ? $"lo{width.Bits}({Text})" : $"bits({Text}, {lowest}, {width.Bits})";
        return new(text, width, isAtom: true);
    }

    /// <inheritdoc/>
    public Formula Low(Width width) => Slice(0, width);

    /// <inheritdoc/>
    public Formula ZeroExtend(Width width) => Extend("zx", width, Value);

    /// <inheritdoc/>
    public Formula SignExtend(Width width) => Extend(
        "sx", width, Value is { } value ? (ulong)((long)(value << (64 - Width.Bits)) >> (64 - Width.Bits)) : null);

    /// <inheritdoc/>
    public Formula ReverseBytes() => new($"reverse_bytes({Text})", Width, isAtom: true);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The text as an operand: in parentheses unless it is a name, a number or a call.</summary>
    internal string Operand => IsAtom ? Text : $"({Text})";

    private Formula Extend(string how, Width width, ulong? value) => width == Width
        ? this
        : value is { } known
            ? Constant(known, width)
            : new($"{how}{width.Bits}({Text})", width, isAtom: true) { Extended = this };

    private static Formula Infix(Formula left, string symbol, Formula right) =>
        new($"{left.Operand} {symbol} {right.Operand}", left.Width, isAtom: false);
}

/// <summary>A truth value as readable text.</summary>
public sealed record FormulaBit : IBit<FormulaBit>
{
    private FormulaBit(string text, string negation, bool isAtom)
    {
        Text = text;
        Negation = negation;
        IsAtom = isAtom;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    private string Negation { get; }

    private bool IsAtom { get; }

    private bool? Value { get; init; }

    /// <inheritdoc/>
    public static FormulaBit Of(bool value) =>
        new(value ? "always" : "never", value ? "never" : "always", isAtom: true) { Value = value };

    /// <summary>An unknown truth value.</summary>
    public static FormulaBit Named(string name) => new(name, $"not {name}", isAtom: true);

    /// <inheritdoc/>
    public bool IsKnown(out bool value)
    {
        value = Value.GetValueOrDefault();
        return Value is not null;
    }

    /// <inheritdoc/>
    public static FormulaBit operator !(FormulaBit operand) => operand.Value is { } value
        ? Of(!value)
        : new(operand.Negation, operand.Text, operand.IsAtom);

    /// <inheritdoc/>
    public static FormulaBit operator &(FormulaBit left, FormulaBit right) => (left.Value, right.Value) switch
    {
        (false, _) or (_, true) => left,
        (_, false) or (true, _) => right,
        _ => new($"{left.Operand} and {right.Operand}", $"not ({left.Operand} and {right.Operand})", isAtom: false),
    };

    /// <inheritdoc/>
    public static FormulaBit operator |(FormulaBit left, FormulaBit right) => (left.Value, right.Value) switch
    {
        (true, _) or (_, false) => left,
        (_, true) or (false, _) => right,
        _ => new($"{left.Operand} or {right.Operand}", $"not ({left.Operand} or {right.Operand})", isAtom: false),
    };

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>The text as an operand.</summary>
    internal string Operand => IsAtom || !Text.Contains(" or ", StringComparison.Ordinal) ? Text : $"({Text})";

    /// <summary>A comparison, with the symbol of its negation.</summary>
    internal static FormulaBit Comparison(string left, string symbol, string negated, string right) =>
        new($"{left} {symbol} {right}", $"{left} {negated} {right}", isAtom: false);
}
