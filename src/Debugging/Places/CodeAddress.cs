using System.Globalization;

namespace RbpfSpec.Debugging.Places;

/// <summary>Addresses of instructions, as clients have them: eight bytes a slot, from <see cref="Base"/>.</summary>
/// <remarks>
/// The machine has no such addresses. They lie apart from those of regions, and not at 0, because clients that show what
/// is before an instruction count below the first one.
/// </remarks>
public static class CodeAddress
{
    /// <summary>The address of slot 0.</summary>
    public const ulong Base = 0x1_0000_0000;

    private const int SlotBytes = 8;

    private const string SlotWord = "slot";

    /// <summary>The address of a slot.</summary>
    /// <param name="slot">The slot; some of them before the first one have an address, too.</param>
    public static string Of(long slot) => string.Create(CultureInfo.InvariantCulture, $"0x{unchecked(Base + ((ulong)slot * SlotBytes)):x}");

    /// <summary>The slot at an address, or of <c>slot N</c>; null if the text is neither, or there can be none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="offset">Bytes to add.</param>
    public static ulong? Slot(string text, long offset = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isSlot = text.StartsWith(SlotWord, StringComparison.Ordinal);
        if (Address(isSlot ? text[SlotWord.Length..].Trim() : text) is not { } number) return null;
        var distance = (isSlot ? (Int128)number * SlotBytes : (Int128)number - Base) + offset;
        return distance >= 0 && distance % SlotBytes == 0 && distance / SlotBytes <= ulong.MaxValue ? (ulong)(distance / SlotBytes) : null;
    }

    /// <summary>A number in decimal, or in hexadecimal with <c>0x</c>; null if the text is none.</summary>
    public static ulong? Address(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var isRead = isHex
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return isRead ? value : null;
    }
}
