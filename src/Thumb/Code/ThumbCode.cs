using RbpfSpec.Arm.Encodings;

namespace RbpfSpec.Thumb.Code;

/// <summary>Code and constants of a device, as a linker placed them, and the names of its functions.</summary>
/// <param name="Start">The address of the first byte, even.</param>
/// <param name="Bytes">The bytes; they are never written.</param>
/// <param name="Symbols">Functions by their names.</param>
public sealed record ThumbCode(uint Start, Sequence<byte> Bytes, IReadOnlyDictionary<string, ThumbSymbol> Symbols)
{
    /// <summary>The place of a function.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public ThumbSymbol this[string name] =>
        Symbols.TryGetValue(name, out var found) ? found : throw new ArgumentException($"the code has no function {name}", nameof(name));

    /// <summary>Whether so many bytes from an address on are of it.</summary>
    public bool Holds(uint address, int count) =>
        address >= Start && (ulong)address - Start + (ulong)count <= (ulong)Bytes.Count;

    /// <summary>The little-endian number of some bytes at an address that it holds.</summary>
    public uint Read(uint address, int count)
    {
        var number = 0U;
        for (var i = count - 1; i >= 0; i--) number = (number << 8) | Bytes[(int)(address - Start) + i];
        return number;
    }

    /// <summary>The instruction at an address, or why there is none.</summary>
    public Decoded At(uint address) => address % 2 == 0 && Holds(address, 2)
        ? Decoder.Decode(Bytes.AsSpan(), (int)(address - Start))
        : new Decoded.Refused(RefusalKind.Unknown, "no code is there", 2);

    /// <summary>The same code with one bit changed.</summary>
    /// <param name="address">The address of its byte.</param>
    /// <param name="bit">0 to 7.</param>
    public ThumbCode Flipped(uint address, int bit)
    {
        var index = (int)(address - Start);
        return this with { Bytes = Bytes.With(index, (byte)(Bytes[index] ^ (1 << bit))) };
    }
}

/// <summary>A function of some code.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">The address of its first instruction, even.</param>
/// <param name="Length">How many bytes it has.</param>
public sealed record ThumbSymbol(string Name, uint Address, uint Length)
{
    /// <summary>Whether an address is within it.</summary>
    public bool Contains(uint address) => address - Address < Length;
}
