using System.Globalization;

namespace RbpfSpec.Ranges.Relations;

/// <summary>A sum of multiples of numbered values, and a constant: an integer, not a word, so nothing wraps around.</summary>
/// <remarks>
/// The values are words of 64 bits, read as unsigned. Equal if the sums are. Nothing is concluded from a form that is too large:
/// with factors of at most 40 bits and constants of at most 82, no step on two forms, and no bound of one, leaves 128 bits.
/// </remarks>
public sealed class LinearForm : IEquatable<LinearForm>
{
    private static readonly Int128 MostFactor = Int128.One << 40;
    private static readonly Int128 MostConstant = Int128.One << 82;
    private const int MostTerms = 1 << 12;

    private readonly Term[] terms;

    private LinearForm(Term[] terms, Int128 constant)
    {
        (this.terms, Constant) = (terms, constant);
        IsWithin = terms.Length <= MostTerms && IsConstantWithin(constant);
        foreach (var (value, factor) in terms)
        {
            IsWithin &= IsFactorWithin(factor);
            TermsHash = unchecked((TermsHash * 31) + ((int)(value >> 32) * 17) + (int)value + ((int)(long)factor * 7919));
        }
    }

    /// <summary>A value and its factor, which is not zero.</summary>
    public readonly record struct Term(long Value, Int128 Factor);

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
    public static LinearForm Of(long value, Int128 factor, Int128 constant) => new(factor == 0 ? [] : [new(value, factor)], constant);

    /// <summary>A form with some terms, of any order, each value once.</summary>
    public static LinearForm Of(IEnumerable<Term> terms, Int128 constant) =>
        new([.. terms.Where(static term => term.Factor != 0).OrderByDescending(static term => term.Value)], constant);

    /// <summary>The factor of a value; zero if it does not occur.</summary>
    public Int128 FactorOf(long value)
    {
        foreach (var term in terms)
        {
            if (term.Value == value) return term.Factor;
        }

        return 0;
    }

    /// <summary>The same terms with another constant.</summary>
    public LinearForm With(Int128 constant) => new(terms, constant);

    /// <summary>The sum with a number.</summary>
    public LinearForm Plus(Int128 number) => new(terms, Constant + number);

    /// <summary>Whether a number may be a factor.</summary>
    public static bool IsFactorWithin(Int128 factor) => factor <= MostFactor && factor >= -MostFactor;

    /// <summary>Whether a number may be a constant.</summary>
    public static bool IsConstantWithin(Int128 constant) => constant <= MostConstant && constant >= -MostConstant;

    /// <summary>The form times a number, plus another times a number; null if one of them is or becomes too large.</summary>
    public static LinearForm? Combine(LinearForm left, Int128 times, LinearForm right, Int128 byTimes)
    {
        if (!IsFactorWithin(times) || !IsFactorWithin(byTimes) || !left.IsWithin || !right.IsWithin) return null;
        var sum = new Term[left.terms.Length + right.terms.Length];
        var (i, j, count) = (0, 0, 0);
        while (i < left.terms.Length || j < right.terms.Length)
        {
            Term next;
            if (j == right.terms.Length || (i < left.terms.Length && left.terms[i].Value > right.terms[j].Value))
                next = new(left.terms[i].Value, Times(left.terms[i++].Factor, times));
            else if (i == left.terms.Length || right.terms[j].Value > left.terms[i].Value)
                next = new(right.terms[j].Value, Times(right.terms[j++].Factor, byTimes));
            else
                next = new(left.terms[i].Value, Times(left.terms[i++].Factor, times) + Times(right.terms[j++].Factor, byTimes));
            if (!IsFactorWithin(next.Factor)) return null;
            if (next.Factor != 0) sum[count++] = next;
        }

        var constant = Times(left.Constant, times) + Times(right.Constant, byTimes);
        return IsConstantWithin(constant) ? new(count == sum.Length ? sum : sum[..count], constant) : null;
    }

    // Most are one or the other.
    private static Int128 Times(Int128 number, Int128 factor) => factor == 1 ? number : factor == -1 ? -number : number * factor;

    /// <summary>The difference; null if a factor becomes too large.</summary>
    public LinearForm? Minus(LinearForm other) => Combine(this, 1, other, -1);

    /// <summary>The sum; null if a factor becomes too large.</summary>
    public LinearForm? Plus(LinearForm other) => Combine(this, 1, other, 1);

    /// <summary>The negation.</summary>
    public LinearForm Negated() => new([.. terms.Select(static term => term with { Factor = -term.Factor })], -Constant);

    /// <summary>That the form is at least zero, said with the least factors: a whole number is at least zero if the rest is.</summary>
    public LinearForm Reduced()
    {
        if (terms.Length == 0) return this;
        Int128 divisor = 0;
        foreach (var term in terms) divisor = Divisor(divisor, Int128.Abs(term.Factor));
        return divisor <= 1
            ? this
            : new([.. terms.Select(term => term with { Factor = term.Factor / divisor })], Floor(Constant, divisor));
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
            var size = Int128.Abs(factor);
            text += (text == "" ? factor < 0 ? "-" : "" : factor < 0 ? " - " : " + ")
                + (size == 1 ? "" : $"{size}·") + nameOf(value);
        }

        return text == "" ? $"{Constant}" : Constant == 0 ? text : Constant < 0 ? $"{text} - {-Constant}" : $"{text} + {Constant}";
    }

    private static Int128 Divisor(Int128 one, Int128 other)
    {
        while (other != 0) (one, other) = (other, one % other);
        return one;
    }
}
