using RbpfSpec.Symbolic.Terms.Rewrites;

namespace RbpfSpec.Symbolic.Terms;

/// <summary>Makes terms, simplified by <see cref="Simplifier"/>.</summary>
/// <remarks>Operands whose sorts do not fit are programmers' errors and throw <see cref="ArgumentException"/>.</remarks>
public static class Make
{
    /// <summary>True.</summary>
    public static Term True { get; } = new Term(Operator.Constant, Sort.Truth, [], low: 1).Shared();

    /// <summary>False.</summary>
    public static Term False { get; } = new Term(Operator.Constant, Sort.Truth, [], low: 0).Shared();

    /// <summary>The bit-vector of the low bits of a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="width">1 to 128 bits.</param>
    public static Term Constant(UInt128 value, int width)
    {
        var bits = value & Mask(width);
        return new Term(Operator.Constant, Sort.Of(width), [], (ulong)bits, (ulong)(bits >> 64)).Shared();
    }

    /// <summary>The bit-vector of the low bits of a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="width">1 to 128 bits.</param>
    public static Term Constant(ulong value, int width) =>
        new Term(Operator.Constant, Sort.Of(width), [], width < 64 ? value & ((1UL << width) - 1) : value).Shared();

    /// <summary>A truth value.</summary>
    public static Term Truth(bool value) => value ? True : False;

    /// <summary>A free variable; one name has one sort.</summary>
    public static Term Variable(string name, Sort sort) => new Term(Operator.Variable, sort, [], name: name).Shared();

    /// <summary>A free bit-vector.</summary>
    public static Term Variable(string name, int width) => Variable(name, Sort.Of(width));

    /// <summary>An uninterpreted function applied to bit-vectors.</summary>
    public static Term Apply(string name, Sort sort, params ReadOnlySpan<Term> arguments) =>
        new Term(Operator.Apply, sort, arguments, name: name).Shared();

    /// <summary>Negation.</summary>
    public static Term Not(Term operand) => Of(Operator.Not, Sort.Truth, [Truth(operand)]);

    /// <summary>Conjunction.</summary>
    public static Term And(Term left, Term right) => Of(Operator.And, Sort.Truth, [Truth(left), Truth(right)]);

    /// <summary>Disjunction.</summary>
    public static Term Or(Term left, Term right) => Of(Operator.Or, Sort.Truth, [Truth(left), Truth(right)]);

    /// <summary>Conjunction of all; of none, true.</summary>
    public static Term All(params IEnumerable<Term> terms) => terms.Aggregate(True, And);

    /// <summary>Disjunction of all; of none, false.</summary>
    public static Term Any(params IEnumerable<Term> terms) => terms.Aggregate(False, Or);

    /// <summary>Implication.</summary>
    public static Term Implies(Term left, Term right) => Or(Not(left), right);

    /// <summary>Equality of truth values or bit-vectors.</summary>
    public static Term Equal(Term left, Term right) => left.Sort is Sort.Array
        ? throw new ArgumentException("arrays are never compared", nameof(left))
        : Of(Operator.Equal, Sort.Truth, [left, Alike(left, right)]);

    /// <summary>Difference of truth values or bit-vectors.</summary>
    public static Term Differ(Term left, Term right) => Not(Equal(left, right));

    /// <summary>One of two terms of a sort.</summary>
    public static Term Choose(Term condition, Term then, Term otherwise) =>
        Of(Operator.Choose, then.Sort, [Truth(condition), then, Alike(then, otherwise)]);

    /// <summary>An arithmetic operation or comparison of two bit-vectors of one width.</summary>
    public static Term Binary(Operator @operator, Term left, Term right) => @operator switch
    {
        Operator.And => And(left, right),
        Operator.Or => Or(left, right),
        Operator.Equal => Equal(left, right),
        Operator.LessUnsigned or Operator.LessSigned => Of(@operator, Sort.Truth, [Vector(left), Alike(left, right)]),
        _ when @operator.IsArithmetic() => Of(@operator, left.Sort, [Vector(left), Alike(left, right)]),
        _ => throw new ArgumentException($"{@operator} is no binary operation", nameof(@operator)),
    };

    /// <summary>Two bit-vectors as one of at most 128 bits, the first the high part.</summary>
    public static Term Concatenate(Term high, Term low) =>
        Of(Operator.Concatenate, Sort.Of(Vector(high).Width + Vector(low).Width), [high, low]);

    /// <summary>The bits of a bit-vector from a lowest one up.</summary>
    public static Term Extract(Term operand, int lowest, int width) =>
        lowest >= 0 && width > 0 && lowest + width <= Vector(operand).Width
            ? Of(Operator.Extract, Sort.Of(width), [operand], lowest)
            : throw new ArgumentException($"bits {lowest} to {lowest + width - 1} of {operand.Width}", nameof(lowest));

    /// <summary>The same unsigned number in at least as many bits.</summary>
    public static Term ZeroExtend(Term operand, int width) => Of(Operator.ZeroExtend, Sort.Of(Wider(operand, width)), [operand]);

    /// <summary>The same two's complement number in at least as many bits.</summary>
    public static Term SignExtend(Term operand, int width) => Of(Operator.SignExtend, Sort.Of(Wider(operand, width)), [operand]);

    /// <summary>The element of an array at an index.</summary>
    public static Term Select(Term array, Term index)
    {
        var (indexWidth, element) = ArrayOf(array);
        return Of(Operator.Select, Sort.Of(element), [array, OfWidth(index, indexWidth)]);
    }

    /// <summary>An array with one element replaced.</summary>
    public static Term Store(Term array, Term index, Term value)
    {
        var (indexWidth, element) = ArrayOf(array);
        return Of(Operator.Store, array.Sort, [array, OfWidth(index, indexWidth), OfWidth(value, element)]);
    }

    /// <summary>The term of the same operator and sort over other operands, simplified anew.</summary>
    public static Term With(Term term, ReadOnlySpan<Term> arguments) => term.Operator is Operator.Apply
        ? Apply(term.Name, term.Sort, arguments)
        : Of(term.Operator, term.Sort, arguments, term.Lowest);

    /// <summary>The term as it stands, without simplification: what rewrites are proved about.</summary>
    public static Term Raw(Operator @operator, Sort sort, ReadOnlySpan<Term> arguments, int lowest = 0) =>
        new Term(@operator, sort, arguments, lowest: lowest).Shared();

    internal static UInt128 Mask(int width) => UInt128.MaxValue >> (128 - width);

    private static Term Of(Operator @operator, Sort sort, ReadOnlySpan<Term> arguments, int lowest = 0) =>
        Simplifier.Simplify(new Term(@operator, sort, arguments, lowest: lowest));

    private static Term Truth(Term term) => term.Sort is Sort.Bool ? term : throw Unfit(term, "a truth value");

    private static Term Vector(Term term) => term.Sort is Sort.BitVector ? term : throw Unfit(term, "a bit-vector");

    private static Term Alike(Term left, Term right) => left.Sort == right.Sort ? right : throw Unfit(right, left.Sort.ToString());

    private static Term OfWidth(Term term, int width) => term.Width == width ? term : throw Unfit(term, $"{width} bits");

    private static int Wider(Term term, int width) => width >= Vector(term).Width && width <= 128
        ? width
        : throw Unfit(term, $"at most {width} bits");

    private static (int Index, int Element) ArrayOf(Term term) => term.Sort is Sort.Array(var index, var element)
        ? (index, element)
        : throw Unfit(term, "an array");

    private static ArgumentException Unfit(Term term, string expected) =>
        new($"a term of sort {term.Sort}, expected {expected}", nameof(term));
}
