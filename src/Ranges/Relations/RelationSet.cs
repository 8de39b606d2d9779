using System.Globalization;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Relations;

/// <summary>Facts about numbered values: what each may be, and sums of them that are at least zero; a persistent value.</summary>
/// <remarks>Stands for all assignments of words to values that satisfy all of it. Small: some tens of values and facts.</remarks>
public sealed partial class RelationSet
{
    private const int Depth = 7;
    private const int MostCollected = 1200;
    private const int MostAnswers = 64;

    // Less than any bound of a form; and more, which no bound reaches.
    private static readonly Int128 Unbounded = -(Int128.One << 125);
    private static readonly Int128 Unreachable = Int128.One << 125;

    private readonly NumberedValue[] values;
    private readonly LinearForm[] facts;
    private Tuple<Equalities, RelationSet>? solved;
    private int[]? hashes;

    // What was asked, the latest first: guards and branches ask the same again. A set may be asked by several threads at once.
    private Answer? answers;

    private RelationSet(NumberedValue[] values, LinearForm[] facts) => (this.values, this.facts) = (values, facts);

    /// <summary>A value with its number, as a word that is linked to itself.</summary>
    public readonly record struct NumberedValue(long Number, RangeWord Word);

    /// <summary>Nothing about nothing.</summary>
    public static RelationSet Empty { get; } = new([], []);

    /// <summary>A set of values, in any order, and facts; those that are too large to conclude anything from are left out.</summary>
    public static RelationSet Of(IEnumerable<NumberedValue> values, IEnumerable<LinearForm> facts) =>
        new([.. values.OrderBy(static value => value.Number)], [.. facts.Where(static fact => fact.IsWithin)]);

    /// <summary>The same of values, those with lower numbers first.</summary>
    internal static RelationSet Of(SortedDictionary<long, RangeWord> values, List<LinearForm> facts)
    {
        var ordered = new NumberedValue[values.Count];
        var count = 0;
        foreach (var (number, word) in values) ordered[count++] = new(number, word);
        return new(ordered, facts.TrueForAll(static fact => fact.IsWithin) ? [.. facts] : [.. facts.Where(static fact => fact.IsWithin)]);
    }

    /// <summary>The same values, and other facts.</summary>
    internal RelationSet With(List<LinearForm> others) => new(values, [.. others.Where(static fact => fact.IsWithin)]);

    /// <summary>The values, the lowest number first.</summary>
    public ReadOnlySpan<NumberedValue> Values => values;

    /// <summary>The sums that are at least zero.</summary>
    public ReadOnlySpan<LinearForm> Facts => facts;

    /// <summary>Whether another set says the same of the same values in the same order.</summary>
    public bool IsSame(RelationSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) || (Values.SequenceEqual(other.Values) && Facts.SequenceEqual(other.Facts));
    }

    /// <summary>A value by its number; null if nothing is known of it.</summary>
    public RangeWord? this[long number] => IndexOf(number) is >= 0 and var index ? values[index].Word : null;

    /// <summary>The word that is a value with a number, of which this is known.</summary>
    public static RangeWord Value(long number, ValueRange<Word> range) => RangeWord.Any(Width.Bits64).Numbered(number).With(range);

    /// <summary>The same with one more value, or with other words for one.</summary>
    public RelationSet With(long number, RangeWord word)
    {
        var index = IndexOf(number);
        if (index >= 0)
        {
            var copy = (NumberedValue[])values.Clone();
            copy[index] = new(number, word);
            return new(copy, facts);
        }

        var more = new NumberedValue[values.Length + 1];
        values.AsSpan(0, ~index).CopyTo(more);
        more[~index] = new(number, word);
        values.AsSpan(~index).CopyTo(more.AsSpan(~index + 1));
        return new(more, facts);
    }

    /// <summary>The same without all that is known of a value.</summary>
    public RelationSet Without(long number) => new(
        Array.FindAll(values, value => value.Number != number), Array.FindAll(facts, fact => fact.FactorOf(number) == 0));

    /// <summary>The same and that a form is at least zero; null if it cannot be.</summary>
    public RelationSet? Assume(LinearForm? form)
    {
        if (form is null || !form.IsWithin) return this;
        form = form.Reduced();
        var (lowest, highest) = Bounds(form);
        if (highest < 0) return null;
        if (lowest >= 0) return this;
        for (var i = 0; i < facts.Length; i++)
        {
            if (!facts[i].HasTermsOf(form)) continue;
            if (facts[i].Constant <= form.Constant) return this;
            LinearForm[] copy = [.. facts];
            copy[i] = form;
            return new(values, copy);
        }

        return new(values, [.. facts, form]);
    }

    /// <summary>The facts about some values only that follow of these: not all that do, but those that two make, and so on.</summary>
    public RelationSet Project(IReadOnlySet<long> held)
    {
        ArgumentNullException.ThrowIfNull(held);
        if (Array.TrueForAll(values, value => held.Contains(value.Number))) return this;
        return new([.. values.Where(value => held.Contains(value.Number))], Projection.Of(this, held));
    }

    /// <summary>The bounds of a form by what each value may be alone; far apart if the form is too large.</summary>
    public (Int128 Lowest, Int128 Highest) Bounds(LinearForm form)
    {
        if (!form.IsWithin) return (Unbounded, Unreachable);
        var (lowest, highest) = (form.Constant, form.Constant);
        foreach (var (value, factor) in form.Terms)
        {
            var word = this[value];
            var (least, greatest) = word is null ? (0, ulong.MaxValue) : (word.Least, word.Greatest);
            lowest += Times(factor, factor > 0 ? least : greatest);
            highest += Times(factor, factor > 0 ? greatest : least);
        }

        return (lowest, highest);
    }

    /// <summary>Whether a form is surely at least zero.</summary>
    public bool Holds(LinearForm? form) => form is not null && IsAtLeast(form, 0);

    /// <summary>Whether a form is surely at least a number.</summary>
    internal bool IsAtLeast(LinearForm form, Int128 number) => LeastOf(form, number, decides: true) >= number;

    /// <summary>Whether a form is surely at most a number.</summary>
    internal bool IsAtMost(LinearForm form, Int128 number)
    {
        ArgumentNullException.ThrowIfNull(form);
        return IsAtLeast(form.Negated(), -number);
    }

    /// <summary>A number that a form is never below.</summary>
    /// <param name="form">The form.</param>
    /// <param name="enough">A number that need not be exceeded.</param>
    public Int128 LeastOf(LinearForm form, Int128 enough) => LeastOf(form, enough, decides: false);

    private Int128 LeastOf(LinearForm form, Int128 enough, bool decides)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (!form.IsWithin) return Unbounded;
        var known = answers;
        for (var answer = known; answer is not null; answer = answer.Before)
        {
            if (answer.LeastOf(form, enough, decides) is { } bound) return bound;
        }

        var found = Search(form, enough, decides, out var most);
        if ((known?.Count ?? 0) < MostAnswers) answers = new(form, found, most, known);
        return found;
    }

    // What values determine others, and all else that is known, without those others.
    private (Equalities Equalities, RelationSet Others) Solved
    {
        get
        {
            if (solved is { } known) return (known.Item1, known.Item2);
            var equalities = Equalities.Of(this);
            if (equalities.Solved.Count == 0)
            {
                solved = new(equalities, this);
                return (equalities, this);
            }

            Dictionary<LinearForm, Int128> all = [];
            foreach (var fact in facts) Add(equalities.Apply(fact));
            foreach (var (value, form) in equalities.Solved)
            {
                var ((lowest, highest), (least, greatest)) = (Bounds(form), RangeOf(value));
                if (lowest < least) Add(form.Plus(-least));
                if (highest > greatest) Add(form.Negated().Plus(greatest));
            }

            var others = new LinearForm[all.Count];
            var count = 0;
            foreach (var (form, constant) in all) others[count++] = form.With(constant);
            var rest = new RelationSet(values, others);
            solved = new(equalities, rest);
            return (equalities, rest);

            void Add(LinearForm? fact)
            {
                if (fact is null || fact.IsConstant || !fact.IsWithin) return;
                fact = fact.Reduced();
                var key = fact.With(0);
                if (!all.TryGetValue(key, out var constant) || fact.Constant < constant) all[key] = fact.Constant;
            }
        }
    }

    /// <summary>A number that a form is never above.</summary>
    public Int128 GreatestOf(LinearForm form, Int128 enough) => -LeastOf(form.Negated(), -enough);

    /// <summary>Forms in one value alone that a form is never above.</summary>
    public IReadOnlyList<LinearForm> UpperBoundsIn(long value, LinearForm form)
    {
        List<LinearForm> bounds = [];
        var steps = MostCollected;
        Collect(form.Negated(), Depth, value, bounds, ref steps);
        return bounds;
    }

    /// <summary>The whole number that a word is, unsigned, as a form; null if it is not known to be one.</summary>
    public LinearForm? FormOf(RangeWord word)
    {
        if (word.Base is not null) return null;
        if (word.IsKnown(out var number)) return LinearForm.Of(number);
        if (word.Width != Width.Bits64)
            return word.Origin is Origin.LowPart(var whole) && Fits(whole, word.Width.Mask) ? FormOf(whole) : null;
        if (word.Link is not { } link || this[link.Value] is null) return null;
        var form = LinearForm.Of(link.Value, (long)link.Scale, (long)link.Offset);
        var (lowest, highest) = Bounds(form);
        return (lowest >= 0 || IsAtLeast(form, 0)) && (highest <= ulong.MaxValue || IsAtMost(form, ulong.MaxValue)) ? form : null;
    }

    /// <summary>Whether a word is surely at most a number.</summary>
    public bool Fits(RangeWord word, ulong most) =>
        word.Greatest <= most || (FormOf(word) is { } form && IsAtMost(form, most));

    /// <summary>Whether the sign bit of a word, which is that of its own width, is surely clear.</summary>
    public bool IsPositive(RangeWord word) => Fits(word, word.Width.Mask >> 1);

    /// <summary>The lowest and the highest that a value may be.</summary>
    public (Int128 Least, Int128 Greatest) RangeOf(long number) =>
        this[number] is { } word ? (word.Least, word.Greatest) : (0, ulong.MaxValue);

    /// <summary>Values and facts.</summary>
    public override string ToString() => string.Join(
        ", ",
        values.Select(static value => string.Create(CultureInfo.InvariantCulture, $"v{value.Number} {value.Word.Values}"))
            .Concat(facts.Select(static fact => $"{fact} >= 0")));

    private void Collect(LinearForm form, int depth, long kept, List<LinearForm> bounds, ref int steps)
    {
        Int128 constant = form.Constant;
        foreach (var (value, factor) in form.Terms)
        {
            if (value == kept) continue;
            var (least, greatest) = RangeOf(value);
            constant += factor * (factor > 0 ? least : greatest);
        }

        var bound = LinearForm.Of(kept, form.FactorOf(kept), constant);
        if (bound.IsWithin) bounds.Add(bound.Negated());
        if (depth == 0 || --steps < 0) return;
        foreach (var (value, factor) in form.Terms)
        {
            if (value == kept) continue;
            var isTold = false;
            foreach (var fact in facts)
            {
                var other = fact.FactorOf(value);

                // Where it would have to be divided, nothing of one value with a whole factor comes out.
                if (other == 0 || (other > 0) != (factor > 0) || Int128.Abs(factor) % Int128.Abs(other) != 0) continue;
                isTold = true;
                if (LinearForm.Combine(form, 1, fact, -Int128.Abs(factor) / Int128.Abs(other)) is { } rest)
                    Collect(rest, depth - 1, kept, bounds, ref steps);
            }

            if (isTold) break;
        }
    }

    private int IndexOf(long number)
    {
        var (low, high) = (0, values.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (values[middle].Number == number) return middle;
            if (values[middle].Number < number) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
