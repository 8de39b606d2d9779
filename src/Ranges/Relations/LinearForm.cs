using System.Globalization;

namespace RbpfSpec.Ranges.Relations;

/// <summary>A sum of multiples of numbered values, and a constant: an integer, not a word, so nothing wraps around.</summary>
/// <remarks>
/// The values are words of 64 bits, read as unsigned. Equal if the sums are. Nothing is concluded from a form that is too large:
/// with factors of at most 40 bits and constants of at most 82, no step on two forms, and no bound of one, leaves 128 bits.
/// </remarks>
public sealed class LinearForm : IEquatable<LinearForm>
{
    private const long MostFactor = 1L << 40;
    private const long SmallFactor = 1L << 21;
    private const int MostTerms = 1 << 12;
    private const int FewTerms = 32;
    private static readonly Int128 MostConstant = Int128.One << 82;

    private readonly Term[] terms;
    private readonly bool areTermsWithin;
    private readonly int negatedHash;

    private LinearForm(Term[] terms, Int128 constant)
    {
        (this.terms, Constant) = (terms, constant);
        areTermsWithin = terms.Length <= MostTerms;
        foreach (var (value, factor) in terms)
        {
            areTermsWithin &= IsWithinFactors(factor);
            var hash = ((int)(value >> 32) * 17) + (int)value;
            TermsHash = unchecked((TermsHash * 31) + hash + ((int)factor * 7919));
            negatedHash = unchecked((negatedHash * 31) + hash - ((int)factor * 7919));
        }

        IsWithin = areTermsWithin && IsConstantWithin(constant);
    }

    private LinearForm(LinearForm other, Int128 constant)
    {
        (terms, Constant, areTermsWithin, TermsHash, negatedHash) =
            (other.terms, constant, other.areTermsWithin, other.TermsHash, other.negatedHash);
        IsWithin = areTermsWithin && IsConstantWithin(constant);
    }

    /// <summary>A value and its factor, which is not zero.</summary>
    public readonly record struct Term(long Value, long Factor);

    /// <summary>The values with their factors, the highest number first.</summary>
    public ReadOnlySpan<Term> Terms => terms;

    /// <summary>The number that is added.</summary>
    public Int128 Constant { get; }

    /// <summary>Whether the form is small enough to be added, multiplied and bounded within 128 bits.</summary>
    public bool IsWithin { get; }

    /// <summary>The same for forms with the same terms.</summary>
    public int TermsHash { get; }

    /// <summary>Whether no value occurs.</summary>
    public bool IsConstant => terms.Length == 0;

    /// <summary>A number.</summary>
    public static LinearForm Of(Int128 constant) => new([], constant);

    /// <summary>A value times a factor, plus a number.</summary>
    public static LinearForm Of(long value, Int128 factor, Int128 constant) =>
        new(factor == 0 ? [] : [TermOf(value, factor)], constant);

    /// <summary>A value with a factor; of one that 64 bits have no room for, another that is too large as well.</summary>
    public static Term TermOf(long value, Int128 factor) =>
        new(value, (long)Int128.Clamp(factor, long.MinValue, long.MaxValue));

    /// <summary>A form with some terms, of any order, each value once.</summary>
    public static LinearForm Of(IEnumerable<Term> terms, Int128 constant) =>
        new([.. terms.Where(static term => term.Factor != 0).OrderByDescending(static term => term.Value)], constant);

    /// <summary>The factor of a value; zero if it does not occur.</summary>
    public long FactorOf(long value)
    {
        foreach (var term in terms)
        {
            if (term.Value == value) return term.Factor;
        }

        return 0;
    }

    /// <summary>The same terms with another constant.</summary>
    public LinearForm With(Int128 constant) => new(this, constant);

    /// <summary>The sum with a number.</summary>
    public LinearForm Plus(Int128 number) => new(this, Constant + number);

    /// <summary>Whether a number may be a factor.</summary>
    public static bool IsFactorWithin(Int128 factor) => factor <= MostFactor && factor >= -MostFactor;

    /// <summary>Whether a number may be a constant.</summary>
    public static bool IsConstantWithin(Int128 constant) => constant <= MostConstant && constant >= -MostConstant;

    /// <summary>The form times a number, plus another times a number; null if one of them is or becomes too large.</summary>
    public static LinearForm? Combine(LinearForm left, Int128 times, LinearForm right, Int128 byTimes)
    {
        var most = left.terms.Length + right.terms.Length;
        Span<Term> sum = most <= FewTerms ? stackalloc Term[FewTerms] : new Term[most];
        return Combine(left, times, right, byTimes, ref sum, out var constant) ? new([.. sum], constant) : null;
    }

    /// <summary>The terms and the constant of a combination, without making it: whether there is one.</summary>
    /// <param name="left">A form.</param>
    /// <param name="times">How often.</param>
    /// <param name="right">Another form.</param>
    /// <param name="byTimes">How often.</param>
    /// <param name="sum">Room for the terms of both; afterwards the terms.</param>
    /// <param name="constant">The constant.</param>
    internal static bool Combine(
        LinearForm left, Int128 times, LinearForm right, Int128 byTimes, ref Span<Term> sum, out Int128 constant)
    {
        constant = 0;
        if (!IsFactorWithin(times) || !IsFactorWithin(byTimes) || !left.IsWithin || !right.IsWithin) return false;
        var (one, other) = ((long)times, (long)byTimes);

        // Then no product and no sum of two leaves 64 bits.
        var areSmall = Math.Abs(one) <= SmallFactor && Math.Abs(other) <= SmallFactor;
        var (i, j, count) = (0, 0, 0);
        var (ones, others) = (left.terms, right.terms);
        while (i < ones.Length || j < others.Length)
        {
            long value, first, second;
            if (j == others.Length || (i < ones.Length && ones[i].Value > others[j].Value))
            {
                (value, first) = ones[i++];
                second = 0;
            }
            else if (i == ones.Length || ones[i].Value < others[j].Value)
            {
                (value, second) = others[j++];
                first = 0;
            }
            else
            {
                (value, first) = ones[i++];
                second = others[j++].Factor;
            }

            if (!areSmall && !IsFactorWithin(((Int128)first * one) + ((Int128)second * other))) return false;
            var factor = unchecked((first * one) + (second * other));
            if (!IsWithinFactors(factor)) return false;
            if (factor != 0) sum[count++] = new(value, factor);
        }

        sum = sum[..count];
        constant = Times(left.Constant, one) + Times(right.Constant, other);
        return IsConstantWithin(constant);
    }

    /// <summary>The number that forms with the same terms have in common.</summary>
    internal static int HashOf(ReadOnlySpan<Term> terms)
    {
        var hash = 0;
        foreach (var (value, factor) in terms)
            hash = unchecked((hash * 31) + ((int)(value >> 32) * 17) + (int)value + ((int)factor * 7919));
        return hash;
    }

    /// <summary>Whether these are the terms.</summary>
    internal bool HasTerms(ReadOnlySpan<Term> others) => others.SequenceEqual(terms);

    // Most are one or the other.
    private static Int128 Times(Int128 number, long factor) => factor == 1 ? number : factor == -1 ? -number : number * factor;

    private static bool IsWithinFactors(long factor) => factor is <= MostFactor and >= -MostFactor;

    /// <summary>The difference; null if a factor becomes too large.</summary>
    public LinearForm? Minus(LinearForm other) => Combine(this, 1, other, -1);

    /// <summary>The sum; null if a factor becomes too large.</summary>
    public LinearForm? Plus(LinearForm other) => Combine(this, 1, other, 1);

    /// <summary>The negation.</summary>
    public LinearForm Negated()
    {
        var negated = new Term[terms.Length];
        for (var i = 0; i < negated.Length; i++) negated[i] = new(terms[i].Value, unchecked(-terms[i].Factor));
        return new(negated, -Constant);
    }

    /// <summary>Whether the sum with another is zero.</summary>
    public bool IsNegationOf(LinearForm other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (negatedHash != other.TermsHash || terms.Length != other.terms.Length || Constant != -other.Constant) return false;
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i].Value != other.terms[i].Value || terms[i].Factor != -other.terms[i].Factor) return false;
        }

        return true;
    }

    /// <summary>That the form is at least zero, said with the least factors: a whole number is at least zero if the rest is.</summary>
    public LinearForm Reduced()
    {
        if (terms.Length == 0 || !areTermsWithin) return this;
        var divisor = 0L;
        foreach (var term in terms)
        {
            divisor = Divisor(divisor, Math.Abs(term.Factor));
            if (divisor == 1) return this;
        }

        var reduced = new Term[terms.Length];
        for (var i = 0; i < reduced.Length; i++) reduced[i] = new(terms[i].Value, terms[i].Factor / divisor);
        return new(reduced, Floor(Constant, divisor));
    }

    /// <summary>The greatest whole number that is at most a quotient by a positive number.</summary>
    public static Int128 Floor(Int128 dividend, Int128 divisor)
    {
        if (divisor == 1) return dividend;
        var quotient = dividend / divisor;
        return dividend % divisor < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The least whole number that is at least a quotient by a positive number.</summary>
    public static Int128 Ceiling(Int128 dividend, Int128 divisor) => -Floor(-dividend, divisor);

    /// <summary>Whether the terms are the same, whatever is added.</summary>
    public bool HasTermsOf(LinearForm other) => TermsHash == other.TermsHash && terms.AsSpan().SequenceEqual(other.terms);

    public bool Equals(LinearForm? other) => other is not null && Constant == other.Constant && HasTermsOf(other);

    public override bool Equals(object? obj) => Equals(obj as LinearForm);

    public override int GetHashCode() => HashCode.Combine(TermsHash, Constant);

    /// <summary>As in <c>4·v3 - v1 + 8</c>.</summary>
    public override string ToString() => ToString(static value => string.Create(CultureInfo.InvariantCulture, $"v{value}"));

    /// <summary>The same with names for values.</summary>
    public string ToString(Func<long, string> nameOf)
    {
        var text = "";
        foreach (var (value, factor) in terms)
        {
            var size = Int128.Abs((Int128)factor);
            text += (text == "" ? factor < 0 ? "-" : "" : factor < 0 ? " - " : " + ")
                + (size == 1 ? "" : $"{size}·") + nameOf(value);
        }

        return text == "" ? $"{Constant}" : Constant == 0 ? text : Constant < 0 ? $"{text} - {-Constant}" : $"{text} + {Constant}";
    }

    private static long Divisor(long one, long other)
    {
        while (other != 0) (one, other) = (other, one % other);
        return one;
    }
}
