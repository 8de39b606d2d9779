using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RbpfSpec.Images;

/// <summary>Reads names from bytes that hold NUL-terminated strings.</summary>
/// <remarks>
/// Names may share bytes, so that n entries of a file could ask for n copies of all of it. Each place is therefore
/// read once; a name has at most <see cref="LongestName"/> bytes, and all of them together at most
/// <see cref="Sharing"/> times as many as the table (and <see cref="LongestName"/> more): time and memory are linear
/// in the length of the file.
/// </remarks>
internal sealed class NameTable(byte[] table)
{
    /// <summary>The most bytes that a name may have; no compiler's name of C or C++ comes near.</summary>
    public const int LongestName = 1 << 14;

    /// <summary>How often, on average, a byte of the table may be part of a name; linkers let names share their ends.</summary>
    public const int Sharing = 16;

    private readonly Dictionary<uint, string> known = [];
    private long read;

    /// <summary>Reads the name at an offset, as UTF-8.</summary>
    /// <remarks>Control characters are replaced, so that a name can be printed wherever it is met.</remarks>
    /// <param name="offset">Where the name starts in the table.</param>
    /// <param name="name">The name without its terminator; the same object for the same offset.</param>
    /// <param name="problem">Why there is none, as the rest of a sentence that starts with "the name".</param>
    public bool TryRead(uint offset, out string name, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (known.TryGetValue(offset, out var found))
        {
            name = found;
            return true;
        }

        name = "";
        if (offset >= table.Length)
        {
            problem = $"at offset {offset} is outside the {table.Length} bytes that hold names";
            return false;
        }

        var rest = table.AsSpan((int)offset);
        var length = rest[..Math.Min(rest.Length, LongestName + 1)].IndexOf((byte)0);
        if (length < 0)
        {
            problem = rest.Length <= LongestName
                ? $"at offset {offset} does not end within the {table.Length} bytes that hold names"
                : $"at offset {offset} has more than {LongestName} bytes, which is the most a name may have";
            return false;
        }

        read += length;
        if (read > ((long)table.Length * Sharing) + LongestName)
        {
            problem = $"at offset {offset} shares its bytes with so many others that together they have more than "
                + $"{Sharing} times the {table.Length} bytes that hold names";
            return false;
        }

        name = Printable(Encoding.UTF8.GetString(rest[..length]));
        known.Add(offset, name);
        return true;
    }

    private static string Printable(string text) => string.Create(text.Length, text, static (letters, from) =>
    {
        for (var i = 0; i < letters.Length; i++) letters[i] = char.IsControl(from[i]) ? '\ufffd' : from[i];
    });
}
