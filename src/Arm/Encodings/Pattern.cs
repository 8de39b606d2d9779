namespace RbpfSpec.Arm.Encodings;

/// <summary>
/// The bits of an encoding, written as in the manual: <c>0</c> and <c>1</c> are fixed, <c>_</c> should be zero, <c>^</c>
/// should be one, a letter is a bit of a field. A field that stands in several places begins with its highest bits.
/// </summary>
internal sealed class Pattern
{
    // The bits of fields with where they stand, the highest first.
    private readonly (char Letter, int Place)[] places;
    private readonly uint fixedBits;
    private readonly uint fixedValue;
    private readonly uint reservedBits;
    private readonly uint reservedValue;

    /// <summary>The pattern of 16 or 32 bits that a text describes; spaces are for the eye.</summary>
    public Pattern(string described)
    {
        var text = described.Replace(" ", "", StringComparison.Ordinal);
        if (text.Length is not (16 or 32)) throw new ArgumentException($"{text.Length} bits in \"{described}\"", nameof(described));
        Halfwords = text.Length / 16;
        places = [.. text.Index().Where(at => char.IsAsciiLetterLower(at.Item)).Select(at => (at.Item, text.Length - 1 - at.Index))];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = 1U << (text.Length - 1 - i);
            if (text[i] is '0' or '1') fixedBits |= bit;
            if (text[i] is '1') fixedValue |= bit;
            if (text[i] is '_' or '^') reservedBits |= bit;
            if (text[i] is '^') reservedValue |= bit;
        }
    }

    /// <summary>The number of halfwords: 1 or 2.</summary>
    public int Halfwords { get; }

    /// <summary>Whether a first halfword may begin an instruction of the pattern.</summary>
    public bool MayBegin(ushort first)
    {
        var shift = 16 * (Halfwords - 1);
        return ((first ^ (fixedValue >> shift)) & (fixedBits >> shift)) == 0;
    }

    /// <summary>Whether bits have the fixed bits of the pattern.</summary>
    public bool Matches(uint bits) => ((bits ^ fixedValue) & fixedBits) == 0;

    /// <summary>Whether the bits that should be zero or one are.</summary>
    public bool KeepsReserved(uint bits) => ((bits ^ reservedValue) & reservedBits) == 0;

    /// <summary>Bits of the pattern: the fixed and reserved ones as they must be, the others as in a number.</summary>
    public uint Complete(uint others) => (others & ~(fixedBits | reservedBits)) | fixedValue | reservedValue;

    /// <summary>The fields in bits.</summary>
    public Fields Read(uint bits)
    {
        var fields = new Fields();
        foreach (var (letter, place) in places) fields[letter] = (fields[letter] << 1) | (int)((bits >> place) & 1);
        return fields;
    }

    /// <summary>The bits with fields in them, which are used up; null where a number does not fit into its field.</summary>
    public uint? Write(Fields fields)
    {
        var bits = fixedValue | reservedValue;
        for (var i = places.Length - 1; i >= 0; i--)
        {
            var (letter, place) = places[i];
            bits |= (uint)(fields[letter] & 1) << place;
            fields[letter] >>= 1;
        }

        return fields.IsZero ? bits : null;
    }
}
