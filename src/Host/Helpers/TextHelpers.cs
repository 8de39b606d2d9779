using System.Globalization;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>The helpers that write numbers as text, which RIOT calls fmt.</summary>
/// <remarks>Deviation D-24: a text that does not fit is not written, and the result is then 0.</remarks>
public static class TextHelpers
{
    /// <summary>How many decimal places <c>fmt_s16_dfp</c> moves the point at most, either way.</summary>
    public const int MostPlaces = 7;

    /// <summary>0x50 <c>fmt_s16_dfp</c>.</summary>
    public static HostHelper<Word> FixedPoint { get; } = new(HostParts.None, new(
        new(0x50, "fmt_s16_dfp",
            "Writes the low 16 bits of r2, with their sign, times 10 to the power of r3, as a decimal number to r1; "
            + "the result is the number of characters.",
            [Text, Value, Value]),
        call => Put(call, Decimal((short)call.Arguments[1].Value, (int)call.Arguments[2].Value))));

    /// <summary>0x51 <c>fmt_u32_dec</c>.</summary>
    public static HostHelper<Word> Unsigned { get; } = new(HostParts.None, new(
        new(0x51, "fmt_u32_dec", "Writes the low 32 bits of r2 as a decimal number to r1; the result is the number of characters.",
            [Text, Value]),
        call => Put(call, ((uint)call.Arguments[1].Value).ToString(CultureInfo.InvariantCulture))));

    private static ArgumentKind Text => new ArgumentKind.Writable(new ByteCount.RestOfRegion());

    private static ArgumentKind Value => new ArgumentKind.Value();

    /// <summary>A number times a power of ten, exactly; empty if the power is beyond <see cref="MostPlaces"/> either way.</summary>
    /// <param name="value">The number.</param>
    /// <param name="power">Of ten; so many zeros follow, or so many digits after the point.</param>
    public static string Decimal(short value, int power)
    {
        if (power is < -MostPlaces or > MostPlaces) return "";
        var digits = Math.Abs((int)value).ToString(CultureInfo.InvariantCulture);
        var sign = value < 0 ? "-" : "";
        if (power >= 0) return sign + digits + new string('0', power);
        digits = digits.PadLeft(1 - power, '0');
        return $"{sign}{digits[..^-power]}.{digits[^-power..]}";
    }

    private static HelperResult<Word> Put(HelperCall<Word> call, string text) => (ulong)text.Length > call.Views[0].Length.Value
        ? new(Word.Of(0), call.State, [])
        : new(
            Word.Of((ulong)text.Length),
            call.State,
            Sequence.Generate(text.Length, index => new ViewWrite<Word>(1, Word.Of((ulong)index), Word.Wrap(text[index], Width.Bits8))));
}
