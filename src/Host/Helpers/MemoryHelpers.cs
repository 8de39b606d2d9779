using System.Globalization;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>The helpers that print, and that read and copy bytes of the program's memory.</summary>
public static class MemoryHelpers
{
    /// <summary>0x01 <c>printf</c>.</summary>
    public static HostHelper<Word> Print { get; } = new(HostParts.Output, new(
        new(0x01, "printf", "Prints a format, which ends before a zero byte or at the end of its region, with up to four numbers; "
            + "the result is the number of characters.",
            [new ArgumentKind.Readable(new ByteCount.RestOfRegion()), Value, Value, Value, Value]),
        Printed));

    /// <summary>0x02 <c>memcpy</c>.</summary>
    public static HostHelper<Word> Copy { get; } = new(HostParts.None, new(
        new(0x02, "memcpy", "Copies r3 bytes from r2 to r1, which may overlap; the result is r1.",
            [new ArgumentKind.Writable(Third), new ArgumentKind.Readable(Third), Value]),
        call => new(call.Arguments[0], call.State, []) { Copies = [new(1, 2, call.Arguments[2])] }));

    /// <summary>0x03 <c>print_debug</c>.</summary>
    public static HostHelper<Word> PrintNumber { get; } = new(HostParts.Output, new(
        new(0x03, "print_debug", "Prints the 64 bits of r1 as an unsigned decimal number; the result is 0.", [Value]),
        call => new(
            Word.Of(0),
            call.State.Printed(call.Arguments[0].Value.ToString(CultureInfo.InvariantCulture)),
            [])));

    /// <summary>0x52 <c>strlen</c>.</summary>
    public static HostHelper<Word> Length { get; } = new(HostParts.None, new(
        new(0x52, "strlen", "The number of bytes from r1 on before a zero byte or the end of their region.",
            [new ArgumentKind.Readable(new ByteCount.RestOfRegion())]),
        call => new(Word.Of((ulong)TextAt(call.Views[0]).Count), call.State, [])));

    private static ArgumentKind Value => new ArgumentKind.Value();

    private static ByteCount Third => new ByteCount.InArgument(3);

    private static HelperResult<Word> Printed(HelperCall<Word> call)
    {
        var format = TextAt(call.Views[0]).ToSequence();
        var text = Format.Expand(format, [.. call.Arguments.AsSpan()[1..].ToArray().Select(word => word.Value)]);
        return new(Word.Of((ulong)text.Length), call.State.Printed(text), []);
    }

    private static List<byte> TextAt(View<Word> view)
    {
        List<byte> characters = [];
        for (ulong offset = 0; offset < view.Length.Value; offset++)
        {
            var character = (byte)view.Read(Word.Of(offset), Width.Bits8).Value;
            if (character == 0) break;
            characters.Add(character);
        }

        return characters;
    }
}
