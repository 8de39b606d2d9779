using Concrete = RbpfSpec.Words.Word;

namespace RbpfSpec.Specification.Script;

/// <summary>A word as an expression of JavaScript over BigInt: the domain in which a rule is compiled.</summary>
/// <remarks>
/// The number of a word is never negative and below 2^width, so that extending it with zeros is nothing, and
/// <see cref="Bits"/> tells how many of its low bits can be set. What is known is computed by the words of the
/// semantics. Registers and memory are <see cref="ScriptRegisters"/> and <see cref="ScriptMemory"/>.
/// </remarks>
internal sealed record ScriptWord : IWord<ScriptWord>
{
    private ScriptWord(ScriptTerm term, Width width, int bits)
    {
        Term = term;
        Width = width;
        Bits = Math.Min(bits, width.Bits);
    }

    /// <summary>The expression.</summary>
    public ScriptTerm Term { get; }

    public Width Width { get; }

    /// <summary>How many low bits of the number can be set.</summary>
    private int Bits { get; }

    // What was extended by its sign, so that a slice can take the extension back.
    private ScriptWord? Extended { get; init; }

    /// <summary>A word that the script knows by a name.</summary>
    public static ScriptWord Named(string name, Width width) => Of(new ScriptTerm.Name(name), width);

    /// <summary>A word of a term.</summary>
    public static ScriptWord Of(ScriptTerm term, Width width) => new(term, width, width.Bits);

    public bool IsKnown(out ulong value)
    {
        value = Term is ScriptTerm.Number(var number) ? number : 0;
        return Term is ScriptTerm.Number;
    }

    public static ScriptWord Constant(ulong value, Width width) => new(new ScriptTerm.Number(value & width.Mask), width, width.Bits);

    public static ScriptWord operator +(ScriptWord left, ScriptWord right) =>
        IsZero(left) ? right : IsZero(right) ? left : Wrapped("+", left, right, static (one, other) => one + other);

    public static ScriptWord operator -(ScriptWord left, ScriptWord right) =>
        IsZero(right) ? left : Wrapped("-", left, right, static (one, other) => one - other);

    public static ScriptWord operator *(ScriptWord left, ScriptWord right) => Wrapped("*", left, right, static (one, other) => one * other);

    public static ScriptWord operator &(ScriptWord left, ScriptWord right) =>
        Apply("({0} & {1})", left, right, static (one, other) => one & other, Math.Min(left.Bits, right.Bits));

    public static ScriptWord operator |(ScriptWord left, ScriptWord right) =>
        Apply("({0} | {1})", left, right, static (one, other) => one | other, Math.Max(left.Bits, right.Bits));

    public static ScriptWord operator ^(ScriptWord left, ScriptWord right) =>
        Apply("({0} ^ {1})", left, right, static (one, other) => one ^ other, Math.Max(left.Bits, right.Bits));

    public static ScriptWord ShiftLeft(ScriptWord value, ScriptWord amount) => Function("shl", value, amount, Concrete.ShiftLeft);

    public static ScriptWord ShiftRightLogical(ScriptWord value, ScriptWord amount) =>
        Function("lshr", value, amount, Concrete.ShiftRightLogical);

    public static ScriptWord ShiftRightArithmetic(ScriptWord value, ScriptWord amount) =>
        Function("ashr", value, amount, Concrete.ShiftRightArithmetic);

    public static ScriptWord DivideUnsigned(ScriptWord dividend, ScriptWord divisor) =>
        Function("udiv", dividend, divisor, Concrete.DivideUnsigned);

    public static ScriptWord RemainderUnsigned(ScriptWord dividend, ScriptWord divisor) =>
        Function("urem", dividend, divisor, Concrete.RemainderUnsigned);

    public static ScriptWord DivideSigned(ScriptWord dividend, ScriptWord divisor) =>
        Function("sdiv", dividend, divisor, Concrete.DivideSigned);

    public static ScriptWord RemainderSigned(ScriptWord dividend, ScriptWord divisor) =>
        Function("srem", dividend, divisor, Concrete.RemainderSigned);

    public static Truth<ScriptWord> Same(ScriptWord left, ScriptWord right) =>
        Both(left, right, out var one, out var other)
            ? TruthOf(Concrete.Same(one, other).Value)
            : Truth(Shape.Same, left.Term, right.Term);

    public static Truth<ScriptWord> LessUnsigned(ScriptWord left, ScriptWord right) =>
        Both(left, right, out var one, out var other)
            ? TruthOf(Concrete.LessUnsigned(one, other).Value)
            : Truth(Shape.Less, left.Term, right.Term);

    public static Truth<ScriptWord> LessSigned(ScriptWord left, ScriptWord right) =>
        Both(left, right, out var one, out var other)
            ? TruthOf(Concrete.LessSigned(one, other).Value)
            : Truth($"(S({left.Width.Bits}, {{0}}) < S({left.Width.Bits}, {{1}}))", left.Term, right.Term);

    public static Truth<ScriptWord> TruthOf(bool value) => TruthOf(new ScriptTerm.Truth(value));

    /// <summary>The truth value of a term.</summary>
    public static Truth<ScriptWord> TruthOf(ScriptTerm term) => new(new ScriptWord(term, Width.Bits1, 1));

    /// <summary>A truth value that the script knows by a name.</summary>
    public static Truth<ScriptWord> NamedTruth(string name) => TruthOf(new ScriptTerm.Name(name));

    public static bool IsTruthKnown(Truth<ScriptWord> truth, out bool value)
    {
        value = truth.Term is ScriptTerm.Truth(true);
        return truth.Term is ScriptTerm.Truth;
    }

    public static Truth<ScriptWord> Not(Truth<ScriptWord> operand)
    {
        if (operand.Term is ScriptTerm.Truth(var value)) return TruthOf(!value);
        return operand.Term is ScriptTerm.Apply { Shape: Shape.Not, Operands: [var inner] }
            ? TruthOf(inner)
            : Truth(Shape.Not, operand.Term);
    }

    public static Truth<ScriptWord> And(Truth<ScriptWord> left, Truth<ScriptWord> right) => (left.Term, right.Term) switch
    {
        (ScriptTerm.Truth(false), _) or (_, ScriptTerm.Truth(true)) => left,
        (_, ScriptTerm.Truth(false)) or (ScriptTerm.Truth(true), _) => right,
        var (one, other) => Truth(Shape.And, one, other),
    };

    public static Truth<ScriptWord> Or(Truth<ScriptWord> left, Truth<ScriptWord> right) => (left.Term, right.Term) switch
    {
        (ScriptTerm.Truth(true), _) or (_, ScriptTerm.Truth(false)) => left,
        (_, ScriptTerm.Truth(true)) or (ScriptTerm.Truth(false), _) => right,
        var (one, other) => Truth(Shape.Or, one, other),
    };

    public static ScriptWord Choose(Truth<ScriptWord> condition, ScriptWord then, ScriptWord otherwise)
    {
        if (condition.IsKnown(out var known)) return known ? then : otherwise;
        if (then.Term == otherwise.Term) return then;
        return new(
            new ScriptTerm.Apply(Shape.Choose, [condition.Term, then.Term, otherwise.Term]),
            then.Width,
            Math.Max(then.Bits, otherwise.Bits));
    }

    public ScriptWord Slice(int lowest, Width width)
    {
        if (Term is ScriptTerm.Number(var value)) return Constant(value >> lowest, width);
        if (lowest == 0 && Bits <= width.Bits) return new(Term, width, Bits);
        if (lowest == 0 && Extended is { } inner && width <= inner.Width) return inner.Slice(0, width);
        var shape = lowest == 0 ? $"U({width.Bits}, {{0}})" : $"U({width.Bits}, {{0}} >> {lowest}n)";
        return Of(new ScriptTerm.Apply(shape, [Term]), width);
    }

    public ScriptWord Low(Width width) => Slice(0, width);

    public ScriptWord ZeroExtend(Width width) => new(Term, width, Bits);

    public ScriptWord SignExtend(Width width)
    {
        if (width == Width) return this;
        return IsKnown(out var value)
            ? Constant(Concrete.Wrap(value, Width).SignExtend(width).Value, width)
            : Of(new ScriptTerm.Apply($"U({width.Bits}, S({Width.Bits}, {{0}}))", [Term]), width) with { Extended = this };
    }

    public ScriptWord ReverseBytes() => IsKnown(out var value)
        ? Constant(Concrete.Wrap(value, Width).ReverseBytes().Value, Width)
        : Of(new ScriptTerm.Apply($"reverse({Width.Bits}, {{0}})", [Term]), Width);

    private static Truth<ScriptWord> Truth(string shape, params ReadOnlySpan<ScriptTerm> operands) =>
        TruthOf(new ScriptTerm.Apply(shape, Sequence.Of(operands)));

    private static bool IsZero(ScriptWord word) => word.Term is ScriptTerm.Number(0);

    private static bool Both(ScriptWord left, ScriptWord right, out Concrete one, out Concrete other)
    {
        var known = left.IsKnown(out var first) & right.IsKnown(out var second);
        one = Concrete.Wrap(first, left.Width);
        other = Concrete.Wrap(second, right.Width);
        return known;
    }

    private static ScriptWord Wrapped(string symbol, ScriptWord left, ScriptWord right, Func<Concrete, Concrete, Concrete> known) =>
        Apply($"U({left.Width.Bits}, {{0}} {symbol} {{1}})", left, right, known, left.Width.Bits);

    private static ScriptWord Function(string name, ScriptWord left, ScriptWord right, Func<Concrete, Concrete, Concrete> known) =>
        Apply($"{name}({left.Width.Bits}, {{0}}, {{1}})", left, right, known, left.Width.Bits);

    private static ScriptWord Apply(
        string shape, ScriptWord left, ScriptWord right, Func<Concrete, Concrete, Concrete> known, int bits) =>
        Both(left, right, out var one, out var other)
            ? Constant(known(one, other).Value, left.Width)
            : new(new ScriptTerm.Apply(shape, [left.Term, right.Term]), left.Width, bits);
}

/// <summary>Truth values as expressions of JavaScript.</summary>
internal static class ScriptTruths
{
    extension(Truth<ScriptWord> truth)
    {
        /// <summary>The expression.</summary>
        public ScriptTerm Term => truth.Representation.Term;
    }
}
