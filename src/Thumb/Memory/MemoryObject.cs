using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Thumb.Memory;

/// <summary>A part of memory that code reaches by the address of its first byte; no two overlap.</summary>
public abstract record MemoryObject
{
    private MemoryObject(string name, Term start, uint length) => (Name, Start, Length) = (name, start, length);

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The address of its first byte: a constant, or terms that no address elsewhere is a sum of; 32 bits.</summary>
    public Term Start { get; }

    /// <summary>The number of its bytes.</summary>
    public uint Length { get; }

    /// <summary>An unknown address that is a multiple of four.</summary>
    public static Term Place(string name) => Make.Concatenate(Make.Variable(name, 30), Make.Constant(0, 2));

    /// <summary>Memory that code reads and writes.</summary>
    public sealed record Cells : MemoryObject
    {
        /// <summary>Words at an address.</summary>
        public Cells(string name, Term start, WordCells words)
            : base(name, start, words.Length) => Words = words;

        /// <summary>The words.</summary>
        public WordCells Words { get; init; }
    }

    /// <summary>Known bytes that no store reaches.</summary>
    public sealed record Constants : MemoryObject
    {
        /// <summary>Bytes at an address.</summary>
        public Constants(string name, uint start, Sequence<byte> bytes)
            : base(name, Make.Constant(start, 32), (uint)bytes.Count) => Bytes = bytes;

        /// <summary>The bytes.</summary>
        public Sequence<byte> Bytes { get; }
    }
}

/// <summary>All memory that is in no object: bytes at addresses, of which some are granted.</summary>
/// <param name="Array">The bytes, at indices of 64 bits: their addresses, zero-extended.</param>
/// <param name="Grants">
/// Whether an access of so many bytes at an address of 32 bits, a store or a load, does not fault. What it grants must lie
/// in no object.
/// </param>
public sealed record OpenMemory(Term Array, Func<Term, int, bool, Term> Grants)
{
    /// <summary>The little-endian word at an address.</summary>
    internal Term Read(Term address, int bytes)
    {
        var word = Array[Index(address, 0)];
        for (var i = 1; i < bytes; i++) word = Make.Concatenate(Array[Index(address, (uint)i)], word);
        return word;
    }

    /// <summary>The memory after a little-endian word is written to an address where a condition holds.</summary>
    internal OpenMemory Write(Term address, Term value, Term when)
    {
        var array = Array;
        for (var i = 0; i < value.Width / 8; i++) array = Make.Store(array, Index(address, (uint)i), value.Bits(8 * i, 8));
        return this with { Array = Make.Choose(when, array, Array) };
    }

    private static Term Index(Term address, uint distance) => (address + distance).ZeroExtended(64);
}
