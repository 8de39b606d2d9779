namespace RbpfSpec.Specification.Rules;

/// <summary>A word as readable text: the domain in which a rule prints itself.</summary>
/// <remarks>
/// The suffixes u and s tell unsigned from signed operations; <c>zx64</c> and <c>sx64</c> extend to 64 bits, <c>lo32</c>
/// takes the low 32. Only what reads as noise is simplified: extensions that are cut off again, sums with zero.
/// </remarks>
public sealed record Formula : IWord<Formula>
{
    private Formula(string text, Width width, bool isAtom)
    {
        Text = text;
        Width = width;
        IsAtom = isAtom;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    public Width Width { get; }

    private bool IsAtom { get; }

    private ulong? Value { get; init; }

    // Of a truth value what says its opposite; of a word nothing.
    private string Negation { get; init; } = "";

    // What was extended, so that a slice can take the extension back.
    private Formula? Extended { get; init; }

    /// <summary>An unknown word.</summary>
    public static Formula Named(string name, Width width) => new(name, width, isAtom: true);

    public bool IsKnown(out ulong value)
    {
        value = Value.GetValueOrDefault();
        return Value is not null;
    }

    public static Formula Constant(ulong value, Width width)
    {
        var low = value & width.Mask;
        return new(low < 10 ? $"{low}" : $"0x{low:x}", width, isAtom: true) { Value = low };
    }

    public static Formula operator +(Formula left, Formula right) =>
        left.Value == 0 ? right : right.Value == 0 ? left : Infix(left, "+", right);

    public static Formula operator -(Formula left, Formula right) => left.Value is { } minuend && right.Value is { } subtrahend
        ? Constant(unchecked(minuend - subtrahend), left.Width)
        : right.Value == 0 ? left : Infix(left, "-", right);

    public static Formula operator *(Formula left, Formula right) => Infix(left, "*", right);

    public static Formula operator &(Formula left, Formula right) => Infix(left, "&", right);

    public static Formula operator |(Formula left, Formula right) => Infix(left, "|", right);

    public static Formula operator ^(Formula left, Formula right) => Infix(left, "^", right);

    public static Formula ShiftLeft(Formula value, Formula amount) => Infix(value, "<<", amount);

    public static Formula ShiftRightLogical(Formula value, Formula amount) => Infix(value, ">>u", amount);

    public static Formula ShiftRightArithmetic(Formula value, Formula amount) => Infix(value, ">>s", amount);

    public static Formula DivideUnsigned(Formula dividend, Formula divisor) => Infix(dividend, "/u", divisor);

    public static Formula RemainderUnsigned(Formula dividend, Formula divisor) => Infix(dividend, "%u", divisor);

    public static Formula DivideSigned(Formula dividend, Formula divisor) => Infix(dividend, "/s", divisor);

    public static Formula RemainderSigned(Formula dividend, Formula divisor) => Infix(dividend, "%s", divisor);

    public static Truth<Formula> Same(Formula left, Formula right) => left.Value is { } one && right.Value is { } other
        ? TruthOf(one == other)
        : Comparison(left, "==", "!=", right);

    public static Truth<Formula> LessUnsigned(Formula left, Formula right) =>
        Comparison(left, "<u", ">=u", right);

    public static Truth<Formula> LessSigned(Formula left, Formula right) =>
        Comparison(left, "<s", ">=s", right);

    public static Truth<Formula> TruthOf(bool value) =>
        value ? Truth("always", "never", isAtom: true, 1) : Truth("never", "always", isAtom: true, 0);

    /// <summary>An unknown truth value.</summary>
    public static Truth<Formula> NamedTruth(string name) => Truth(name, $"not {name}", isAtom: true);

    public static bool IsTruthKnown(Truth<Formula> truth, out bool value)
    {
        value = truth.Representation.Value == 1;
        return truth.Representation.Value is not null;
    }

    public static Truth<Formula> Not(Truth<Formula> operand) => operand.Representation switch
    {
        { Value: { } value } => TruthOf(value == 0),
        var truth => Truth(truth.Negation, truth.Text, truth.IsAtom),
    };

    public static Truth<Formula> And(Truth<Formula> left, Truth<Formula> right) =>
        (left.Representation.Value, right.Representation.Value) switch
        {
            (0, _) or (_, 1) => left,
            (_, 0) or (1, _) => right,
            _ => Joined(left.Representation, "and", right.Representation),
        };

    public static Truth<Formula> Or(Truth<Formula> left, Truth<Formula> right) =>
        (left.Representation.Value, right.Representation.Value) switch
        {
            (1, _) or (_, 0) => left,
            (_, 1) or (0, _) => right,
            _ => Joined(left.Representation, "or", right.Representation),
        };

    public static Formula Choose(Truth<Formula> condition, Formula then, Formula otherwise) =>
        condition.IsKnown(out var known)
            ? known ? then : otherwise
            : then == otherwise
                ? then
                : new($"{condition.Representation.Operand} ? {then.Operand} : {otherwise.Operand}", then.Width, isAtom: false);

    public Formula Slice(int lowest, Width width)
    {
        if (lowest == 0 && width == Width) return this;
        if (lowest == 0 && Extended is { } inner && width <= inner.Width) return inner.Slice(0, width);
        if (Value is { } value) return Constant(value >> lowest, width);
        var text = lowest == 0 ? $"lo{width.Bits}({Text})" : $"bits({Text}, {lowest}, {width.Bits})";
        return new(text, width, isAtom: true);
    }

    public Formula Low(Width width) => Slice(0, width);

    public Formula ZeroExtend(Width width) => Extend("zx", width, Value);

    public Formula SignExtend(Width width) => Extend(
        "sx", width, Value is { } value ? (ulong)((long)(value << (64 - Width.Bits)) >> (64 - Width.Bits)) : null);

    public Formula ReverseBytes() => new($"reverse_bytes({Text})", Width, isAtom: true);

    public override string ToString() => Text;

    /// <summary>
    /// The text as an operand: in parentheses unless it is a name, a number or a call; of a truth value, unless it has no
    /// <c>or</c>.
    /// </summary>
    internal string Operand => IsAtom || (Negation != "" && !Text.Contains(" or ", StringComparison.Ordinal)) ? Text : $"({Text})";

    private Formula Extend(string how, Width width, ulong? value) => width == Width
        ? this
        : value is { } known
            ? Constant(known, width)
            : new($"{how}{width.Bits}({Text})", width, isAtom: true) { Extended = this };

    private static Formula Infix(Formula left, string symbol, Formula right) =>
        new($"{left.Operand} {symbol} {right.Operand}", left.Width, isAtom: false);

    private static Truth<Formula> Truth(string text, string negation, bool isAtom, ulong? value = null) =>
        new(new Formula(text, Width.Bits1, isAtom) { Negation = negation, Value = value });

    private static Truth<Formula> Joined(Formula left, string how, Formula right)
    {
        var text = $"{left.Operand} {how} {right.Operand}";
        return Truth(text, $"not ({text})", isAtom: false);
    }

    // A comparison, with the symbol of its negation.
    private static Truth<Formula> Comparison(Formula left, string symbol, string negated, Formula right) =>
        Truth($"{left.Operand} {symbol} {right.Operand}", $"{left.Operand} {negated} {right.Operand}", isAtom: false);
}

/// <summary>Truth values as readable text.</summary>
internal static class FormulaTruths
{
    extension(Truth<Formula> truth)
    {
        /// <summary>The text.</summary>
        public string Text => truth.Representation.Text;

        /// <summary>The text with its conjunction: <c>if</c>, or <c>unless</c> where it is the opposite of a name.</summary>
        public string Condition => truth.Text == $"not {(!truth).Text}" ? $"unless {(!truth).Text}" : $"if {truth.Text}";
    }
}
