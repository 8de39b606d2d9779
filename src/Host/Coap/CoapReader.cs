using System.Buffers.Binary;

namespace RbpfSpec.Host.Coap;

/// <summary>A datagram, as a reader of CoAP takes it.</summary>
public abstract record CoapReading
{
    private CoapReading()
    {
    }

    /// <summary>It is a message.</summary>
    public sealed record Read(CoapMessage Message) : CoapReading;

    /// <summary>It is a message with a format error; a confirmable one is answered by a reset, RFC 7252 §4.2.</summary>
    /// <param name="Type">The type that it says.</param>
    /// <param name="MessageId">The id that it says.</param>
    /// <param name="Problem">What is wrong.</param>
    public sealed record Malformed(CoapType Type, ushort MessageId, string Problem) : CoapReading;

    /// <summary>It is no message of this version: nobody answers.</summary>
    /// <param name="Problem">What is wrong.</param>
    public sealed record Ignored(string Problem) : CoapReading;
}

/// <summary>Reads datagrams; a total function of all bytes.</summary>
public static class CoapReader
{
    /// <summary>The message of a datagram, or why there is none.</summary>
    public static CoapReading Read(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < CoapMessage.HeaderSize) return new CoapReading.Ignored($"{datagram.Length} bytes; a header has 4");
        var version = datagram[0] >> 6;
        if (version != CoapMessage.Version) return new CoapReading.Ignored($"version {version}; expected {CoapMessage.Version}");
        var type = (CoapType)((datagram[0] >> 4) & 3);
        var id = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        var code = new CoapCode(datagram[1]);
        var rest = datagram[CoapMessage.HeaderSize..];
        var tokenLength = datagram[0] & 0xf;
        if (tokenLength > CoapMessage.LongestToken) return Malformed($"a token of {tokenLength} bytes; the most are 8");
        if (code == CoapCode.Empty && (tokenLength > 0 || !rest.IsEmpty)) return Malformed("an empty message with bytes after its header");
        if (rest.Length < tokenLength) return Malformed($"a token of {tokenLength} bytes, of which {rest.Length} are there");
        var token = Sequence.Of(rest[..tokenLength]);
        rest = rest[tokenLength..];

        List<CoapOption> options = [];
        var number = 0;
        while (!rest.IsEmpty && rest[0] != CoapMessage.PayloadMarker)
        {
            var (deltaNibble, lengthNibble) = (rest[0] >> 4, rest[0] & 0xf);
            rest = rest[1..];
            if (!Extended(deltaNibble, ref rest, out var delta) || !Extended(lengthNibble, ref rest, out var length))
                return Malformed("an option whose number or length is reserved or cut short");
            number += delta;
            if (number > CoapOption.GreatestNumber) return Malformed($"an option of the number {number}; the greatest is 65535");
            if (length > rest.Length) return Malformed($"an option of {length} bytes, of which {rest.Length} are there");
            options.Add(new(number, Sequence.Of(rest[..length])));
            rest = rest[length..];
        }

        if (rest.Length == 1) return Malformed("a payload marker without a payload");
        return new CoapReading.Read(new(
            type, code, id, token, options.ToSequence(), rest.IsEmpty ? [] : Sequence.Of(rest[1..])));

        CoapReading.Malformed Malformed(string problem) => new(type, id, problem);
    }

    private static bool Extended(int nibble, ref ReadOnlySpan<byte> rest, out int value)
    {
        value = 0;
        var bytes = OptionHeader.ExtensionBytes(nibble);
        if (rest.Length < bytes) return false;
        var extension = bytes switch
        {
            0 => 0,
            1 => rest[0],
            _ => BinaryPrimitives.ReadUInt16BigEndian(rest),
        };
        value = OptionHeader.Value(nibble, extension);
        rest = rest[bytes..];
        return true;
    }
}
