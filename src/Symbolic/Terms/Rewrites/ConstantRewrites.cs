namespace RbpfSpec.Symbolic.Terms.Rewrites;

/// <summary>Terms whose operands are all known.</summary>
internal static class ConstantRewrites
{
    // The bounds, and neighbours of the sign bit.
    private static readonly ulong[] Edges = [0, 1, 2, 0x7f, 0x80, 0x81, 0xfe, 0xff];

    public static Rewrite Fold(Operator @operator) => new(
        "fold",
        Apply,
        () => SamplesOf(@operator));

    private static Term? Apply(Term term)
    {
        if (term.Sort is Sort.Array) return null;
        foreach (var argument in term.Arguments)
        {
            if (!argument.IsConstant) return null;
        }

        return Folded(term);
    }

    // Apart, as it is seldom reached, and 128-bit numbers keep code from being compiled ahead of time.
    private static Term Folded(Term term)
    {
        Span<UInt128> values = stackalloc UInt128[3];
        for (var i = 0; i < term.Arguments.Length; i++) values[i] = term.Arguments[i].Value;
        var value = Terms.Fold.Value(term, values);
        return term.Sort is Sort.Bool ? Make.Truth(value == UInt128.One) : Make.Constant(value, term.Width);
    }

    private static IEnumerable<Term> SamplesOf(Operator @operator)
    {
        Term[] truths = [Make.True, Make.False];
        Term[] bytes = [.. Edges.Select(value => Make.Constant(value, 8))];
        return @operator switch
        {
            Operator.Not => truths.Select(value => Make.Raw(@operator, Sort.Truth, [value])),
            Operator.And or Operator.Or =>
                from left in truths from right in truths select Make.Raw(@operator, Sort.Truth, [left, right]),
            Operator.Equal or Operator.LessUnsigned or Operator.LessSigned =>
                from left in bytes from right in bytes select Make.Raw(@operator, Sort.Truth, [left, right]),
            Operator.Choose =>
                from condition in truths select Make.Raw(@operator, Sort.Of(8), [condition, bytes[0], bytes[1]]),
            Operator.Concatenate =>
                from left in bytes from right in bytes select Make.Raw(@operator, Sort.Of(16), [left, right]),
            Operator.Extract =>
                from value in bytes from lowest in Enumerable.Range(0, 5) select Make.Raw(@operator, Sort.Of(4), [value], lowest),
            Operator.ZeroExtend or Operator.SignExtend =>
                from value in bytes from width in (int[])[8, 16, 64] select Make.Raw(@operator, Sort.Of(width), [value]),
            _ => from left in bytes from right in bytes select Make.Raw(@operator, Sort.Of(8), [left, right]),
        };
    }
}
