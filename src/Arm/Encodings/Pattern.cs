namespace RbpfSpec.Arm.Encodings;

/// <summary>
/// The bits of an encoding, written as in the manual: <c>0</c> and <c>1</c> are fixed, <c>_</c> should be zero, <c>^</c>
/// should be one, a letter is a bit of a field. A field that stands in several places begins with its highest bits.
/// </summary>
internal sealed class Pattern
{
    private readonly string text;
    private readonly uint fixedBits;
    private readonly uint fixedValue;
    private readonly uint reservedBits;
    private readonly uint reservedValue;

    /// <summary>The pattern of 16 or 32 bits that a text describes; spaces are for the eye.</summary>
    public Pattern(string described)
    {
        text = described.Replace(" ", "", StringComparison.Ordinal);
        if (text.Length is not (16 or 32)) throw new ArgumentException($"{text.Length} bits in \"{described}\"", nameof(described));
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
    public int Halfwords => text.Length / 16;

    /// <summary>Whether a first halfword may begin an instruction of the pattern.</summary>
    public bool MayBegin(ushort first)
    {
        var shift = text.Length - 16;
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
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterLower(text[i])) continue;
            fields[text[i]] = (fields[text[i]] << 1) | (int)((bits >> (text.Length - 1 - i)) & 1);
        }

        return fields;
    }

    /// <summary>The bits with fields in them; null where a number does not fit into its field.</summary>
    public uint? Write(Fields fields)
    {
        var bits = fixedValue | reservedValue;
        var left = new Fields();
        for (var letter = 'a'; letter <= 'z'; letter++) left[letter] = fields[letter];
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiLetterLower(text[i])) continue;
            bits |= (uint)(left[text[i]] & 1) << (text.Length - 1 - i);
            left[text[i]] >>= 1;
        }

        for (var letter = 'a'; letter <= 'z'; letter++)
        {
            if (left[letter] != 0) return null;
        }

        return bits;
    }
}
