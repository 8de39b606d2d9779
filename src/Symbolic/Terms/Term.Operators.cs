namespace RbpfSpec.Symbolic.Terms;

/// <content>
/// Formulas as they are read. <c>==</c> is not among them: it says whether two terms are one object, and
/// <see cref="EqualTo(Term)"/> states that their values are equal.
/// </content>
public sealed partial class Term
{
    /// <summary>Of bit-vectors, the sum modulo 2 to the width.</summary>
    public static Term operator +(Term left, Term right) => Make.Binary(Operator.Add, left, right);

    /// <summary>Of bit-vectors, the difference modulo 2 to the width.</summary>
    public static Term operator -(Term left, Term right) => Make.Binary(Operator.Subtract, left, right);

    /// <summary>Of a bit-vector and a number, the sum modulo 2 to the width.</summary>
    public static Term operator +(Term left, ulong right) => left + Make.Constant(right, left.Width);

    /// <summary>Of a bit-vector and a number, the difference modulo 2 to the width.</summary>
    public static Term operator -(Term left, ulong right) => left - Make.Constant(right, left.Width);

    /// <summary>Of bit-vectors, the product modulo 2 to the width.</summary>
    public static Term operator *(Term left, Term right) => Make.Binary(Operator.Multiply, left, right);

    /// <summary>Conjunction of truth values, or of bit-vectors bit by bit.</summary>
    public static Term operator &(Term left, Term right) =>
        left.Sort is Sort.BitVector ? Make.Binary(Operator.BitwiseAnd, left, right) : Make.And(left, right);

    /// <summary>Disjunction of truth values, or of bit-vectors bit by bit.</summary>
    public static Term operator |(Term left, Term right) =>
        left.Sort is Sort.BitVector ? Make.Binary(Operator.BitwiseOr, left, right) : Make.Or(left, right);

    /// <summary>Exclusive disjunction of bit-vectors, bit by bit.</summary>
    public static Term operator ^(Term left, Term right) => Make.Binary(Operator.BitwiseXor, left, right);

    /// <summary>Negation of a truth value.</summary>
    public static Term operator !(Term operand) => Make.Not(operand);

    /// <summary>The element of an array at an index.</summary>
    public Term this[Term index] => Make.Select(this, index);

    /// <summary>That two truth values or bit-vectors are equal.</summary>
    public Term EqualTo(Term other) => Make.Equal(this, other);

    /// <summary>That a bit-vector is a number.</summary>
    public Term EqualTo(ulong number) => EqualTo(Make.Constant(number, Width));

    /// <summary>That two truth values or bit-vectors differ.</summary>
    public Term DiffersFrom(Term other) => Make.Differ(this, other);

    /// <summary>That a bit-vector is not a number.</summary>
    public Term DiffersFrom(ulong number) => DiffersFrom(Make.Constant(number, Width));

    /// <summary>That a bit-vector is less than a number, unsigned.</summary>
    public Term Below(ulong number) => Below(Make.Constant(number, Width));

    /// <summary>That a bit-vector is less than another, both unsigned.</summary>
    public Term Below(Term other) => Make.Binary(Operator.LessUnsigned, this, other);

    /// <summary>That a bit-vector is less than another, both in two's complement.</summary>
    public Term BelowSigned(Term other) => Make.Binary(Operator.LessSigned, this, other);

    /// <summary>That another truth value holds where this one does.</summary>
    public Term Implies(Term other) => Make.Implies(this, other);

    /// <summary>The bits of a bit-vector from a lowest one up.</summary>
    public Term Bits(int lowest, int width) => Make.Extract(this, lowest, width);

    /// <summary>The same unsigned number in at least as many bits.</summary>
    public Term ZeroExtended(int width) => Make.ZeroExtend(this, width);

    /// <summary>The same two's complement number in at least as many bits.</summary>
    public Term SignExtended(int width) => Make.SignExtend(this, width);
}
