using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>The bytes of all regions, by the addresses that the program sees: those before, and what was written since.</summary>
/// <param name="Written">What was written, a byte each, in order.</param>
internal sealed record GuestBytes(ImmutableList<(Term Address, Term Byte)> Written)
{
    /// <summary>The bytes before, an array from 32 bits to 8.</summary>
    public static Term Before { get; } = Make.Variable("bytes", new Sort.Array(32, 8));

    /// <summary>Bytes of which nothing is known.</summary>
    public static GuestBytes Unknown { get; } = new(ImmutableList<(Term Address, Term Byte)>.Empty);

    /// <summary>The little-endian word at an address.</summary>
    public Term Read(Term address, int bytes)
    {
        var content = Written.Aggregate(Before, (array, write) => Make.Store(array, write.Address, write.Byte));
        var value = content[At(address, 0)];
        for (var i = 1; i < bytes; i++) value = Make.Concatenate(content[At(address, i)], value);
        return value;
    }

    /// <summary>The bytes after a little-endian word is written to an address.</summary>
    public GuestBytes Write(Term address, Term value)
    {
        var written = Written;
        for (var i = 0; i < value.Width / 8; i++) written = written.Add((At(address, i), value.Bits(8 * i, 8)));
        return new(written);
    }

    /// <summary>That two have the same bytes written to the same addresses, in the same order.</summary>
    public static IEnumerable<Term> SameWrites(GuestBytes left, GuestBytes right)
    {
        if (left.Written.Count != right.Written.Count)
        {
            yield return Make.False;
            yield break;
        }

        for (var i = 0; i < left.Written.Count; i++)
        {
            yield return left.Written[i].Address.EqualTo(right.Written[i].Address);
            yield return left.Written[i].Byte.EqualTo(right.Written[i].Byte);
        }
    }

    private static Term At(Term address, int offset) => LinearSum.Of(address + (ulong)offset).ToTerm();
}
