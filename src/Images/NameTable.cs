using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RbpfSpec.Images;

/// <summary>Reads names from bytes that hold NUL-terminated strings.</summary>
internal static class NameTable
{
    /// <summary>Reads the name at an offset, as UTF-8.</summary>
    /// <remarks>Control characters are replaced, so that a name can be printed wherever it is met.</remarks>
    /// <param name="table">The whole table.</param>
    /// <param name="offset">Where the name starts in it.</param>
    /// <param name="name">The name without its terminator.</param>
    /// <param name="problem">Why there is none, as the rest of a sentence that starts with "the name".</param>
    public static bool TryRead(
        ReadOnlySpan<byte> table, uint offset, out string name, [NotNullWhen(false)] out string? problem)
    {
        name = "";
        if (offset >= table.Length)
        {
            problem = $"at offset {offset} is outside the {table.Length} bytes that hold names";
            return false;
        }

        var length = table[(int)offset..].IndexOf((byte)0);
        if (length < 0)
        {
            problem = $"at offset {offset} does not end within the {table.Length} bytes that hold names";
            return false;
        }

        var text = Encoding.UTF8.GetString(table.Slice((int)offset, length));
        name = string.Concat(text.Select(static letter => char.IsControl(letter) ? '\ufffd' : letter));
        problem = null;
        return true;
    }
}
