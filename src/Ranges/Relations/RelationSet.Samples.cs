namespace RbpfSpec.Ranges.Relations;

public sealed partial class RelationSet
{
    private const int MostSampled = 96;

    // What a form comes to where all facts hold, the least that is found without trying more than once; null if none is found.
    // No search finds a higher bound. Nothing that is said to hold hangs on it: where it is wrong, less is found.
    private Int128? Reached(LinearForm form)
    {
        if (values.Length > MostSampled) return null;
        Span<sbyte> wishes = stackalloc sbyte[values.Length];
        Span<Int128> sample = stackalloc Int128[values.Length];
        return TryWish(form, wishes) && TryAssign(wishes, sample) ? Sum(form.Terms, form.Constant, sample) : null;
    }

    // Which values should be high, and which low, so that a form is low: those made of others tell what these should be.
    private bool TryWish(LinearForm form, Span<sbyte> wishes)
    {
        foreach (var (value, factor) in form.Terms)
        {
            var index = IndexOf(value);
            if (index < 0) return false;
            wishes[index] = (sbyte)(factor > 0 ? -1 : 1);
        }

        for (var i = values.Length - 1; i > 0; i--)
        {
            if (wishes[i] == 0) continue;
            foreach (var fact in facts)
            {
                if (fact.IsConstant || fact.Terms[0].Value != values[i].Number || (fact.Terms[0].Factor > 0) != (wishes[i] < 0)) continue;
                foreach (var (value, factor) in fact.Terms[1..])
                {
                    var index = IndexOf(value);
                    if (index < 0) return false;
                    if (wishes[index] == 0) wishes[index] = (sbyte)(factor > 0 ? 1 : -1);
                }
            }
        }

        return true;
    }

    // A word for each value, those of lower numbers first: so high or low as facts about it and earlier ones let it be.
    private bool TryAssign(ReadOnlySpan<sbyte> wishes, Span<Int128> sample)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (number, word) = values[i];
            var (least, greatest) = ((Int128)word.Least, (Int128)word.Greatest);
            foreach (var fact in facts)
            {
                if (fact.IsConstant || fact.Terms[0].Value != number) continue;
                var factor = fact.Terms[0].Factor;
                if (Sum(fact.Terms[1..], fact.Constant, sample) is not { } rest) return false;
                if (factor > 0) least = Int128.Max(least, LinearForm.Ceiling(-rest, factor));
                else greatest = Int128.Min(greatest, LinearForm.Floor(rest, -factor));
            }

            if (least > greatest) return false;
            sample[i] = wishes[i] > 0 ? greatest : least;
        }

        return true;
    }

    private Int128? Sum(ReadOnlySpan<LinearForm.Term> terms, Int128 constant, ReadOnlySpan<Int128> sample)
    {
        foreach (var (value, factor) in terms)
        {
            var index = IndexOf(value);
            if (index < 0) return null;
            constant += Times(factor, (ulong)sample[index]);
        }

        return constant;
    }
}
