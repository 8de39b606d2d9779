using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Setups;

/// <summary>
/// The bytes of a region that know what it grants: what it does not grant for reading is poison, and writes outside it are noted.
/// </summary>
/// <param name="Region">The region, for its length and permissions.</param>
/// <param name="Array">Its bytes by offset.</param>
/// <param name="Poison">What is read where nothing is granted, by offset.</param>
/// <param name="Escaped">Whether a byte was written that the region does not grant.</param>
public sealed record PoisonedBytes(Region<TermWord> Region, Term Array, Term Poison, Term Escaped) : IBytes<TermWord>
{
    /// <summary>The unknown bytes of a region.</summary>
    /// <param name="region">The region.</param>
    /// <param name="poison">The name of the variable that holds the poison.</param>
    public static PoisonedBytes Of(Region<TermWord> region, string poison) =>
        new(region, Make.Variable($"{region.Name}.bytes", Sort.Bytes), Make.Variable(poison, Sort.Bytes), Make.False);

    public TermWord Read(TermWord offset, Width width) => new(Make.Choose(
        IsInside(offset, width) & Region.Readable.Term, Word(Array, offset, width), Word(Poison, offset, width)));

    public IBytes<TermWord> Write(TermWord offset, TermWord value, Truth<TermWord> when)
    {
        var array = Array;
        for (var i = 0; i < value.Width.Bytes; i++) array = Make.Store(array, Index(offset, (ulong)i), value.Term.Bits(i * 8, 8));
        var isGranted = IsInside(offset, value.Width) & Region.Writable.Term;
        return this with
        {
            Array = Make.Choose(when.Term, array, Array),
            Escaped = Escaped | (when.Term & !isGranted),
        };
    }

    private static Term Word(Term array, TermWord offset, Width width)
    {
        var word = array[Index(offset, 0)];
        for (ulong i = 1; i < (ulong)width.Bytes; i++) word = Make.Concatenate(array[Index(offset, i)], word);
        return word;
    }

    private static Term Index(TermWord offset, ulong distance) => offset.Term + Make.Constant(distance, 64);

    // Of the word as a whole; that each of its bytes then lies inside is the claim regions/touches.
    private Term IsInside(TermWord offset, Width width) =>
        Region.Contains(Region.Start + offset, TermWord.Constant((ulong)width.Bytes, Width.Bits64)).Term;
}
