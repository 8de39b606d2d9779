namespace RbpfSpec.Ranges.Tests.Prevail;

/// <summary>Facts about one register before the code, gathered: the same as which other one, and between which numbers.</summary>
internal sealed class Wanted
{
    private Int128 least = -Fact.Endless;
    private Int128 greatest = Fact.Endless;

    private Wanted(int register) => Same = register;

    /// <summary>The register that it is equal to; itself if it is the first of those.</summary>
    public int Same { get; private set; }

    /// <summary>Whether it points to the stack.</summary>
    public bool IsPointer { get; private set; }

    /// <summary>The least and the greatest, signed; of a pointer, the offset.</summary>
    public (Int128 Least, Int128 Greatest) Signed =>
        (Int128.Max(least, long.MinValue), Int128.Min(greatest, long.MaxValue));

    /// <summary>The least and the greatest, unsigned.</summary>
    public (Int128 Least, Int128 Greatest) Unsigned { get; private set; } = (0, ulong.MaxValue);

    /// <summary>The one number that it is, if it is one.</summary>
    public ulong? Single => Signed.Least == Signed.Greatest ? unchecked((ulong)Signed.Least)
        : Unsigned.Least == Unsigned.Greatest ? (ulong)Unsigned.Least
        : null;

    /// <summary>The facts about r0 to r9; null if some are none that can be gathered so.</summary>
    public static Wanted[]? Of(PrevailCase one)
    {
        Wanted[] wanted = [.. Enumerable.Range(0, 11).Select(static register => new Wanted(register))];
        foreach (var fact in one.Before)
        {
            switch (fact)
            {
                case Fact.Pointer(var register):
                    wanted[register].IsPointer = true;
                    break;
                case Fact.Equal(var left, var right, var plus):
                    if (plus != 0 || !IsRegister(left) || !IsRegister(right)) return null;
                    var (from, to) = (wanted[left.Index].Same, wanted[right.Index].Same);
                    foreach (var other in wanted)
                    {
                        if (other.Same == Math.Max(from, to)) other.Same = Math.Min(from, to);
                    }

                    break;
            }
        }

        foreach (var fact in one.Before)
        {
            switch (fact)
            {
                case Fact.Within({ IsCell: true }, var first, var last) when first == last:
                case Fact.Pointer or Fact.Numbers:
                    break;
                case Fact.Within({ Kind: TermKind.Unsigned } term, var first, var last):
                    var same = wanted[wanted[term.Index].Same];
                    same.Unsigned = (Int128.Max(same.Unsigned.Least, first), Int128.Min(same.Unsigned.Greatest, last));
                    break;
                case Fact.Within({ Kind: TermKind.Signed or TermKind.Offset } term, var first, var last):
                    wanted[wanted[term.Index].Same].Bound(first, last);
                    break;
                case Fact.Equal(var left, var right, _):
                    // Read in both ways it is one number only if it is not negative.
                    if (left.Kind != right.Kind) wanted[wanted[left.Index].Same].Bound(0, long.MaxValue);
                    break;
                default:
                    return null;
            }
        }

        return wanted;
    }

    private static bool IsRegister(Term term) => term.Kind is TermKind.Signed or TermKind.Unsigned;

    private void Bound(Int128 first, Int128 last) => (least, greatest) = (Int128.Max(least, first), Int128.Min(greatest, last));
}
