namespace RbpfSpec.Host.Coap;

/// <summary>A message of CoAP, RFC 7252 §3.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Code">Its code.</param>
/// <param name="MessageId">16 bits, by which duplicates and acknowledgements are told.</param>
/// <param name="Token">At most <see cref="LongestToken"/> bytes, by which a response is told.</param>
/// <param name="Options">In the order of their numbers.</param>
/// <param name="Payload">The bytes after the marker; if there are none, there is no marker.</param>
public sealed record CoapMessage(
    CoapType Type, CoapCode Code, ushort MessageId, Sequence<byte> Token, Sequence<CoapOption> Options, Sequence<byte> Payload)
{
    /// <summary>The version, in the two highest bits of a message.</summary>
    public const int Version = 1;

    /// <summary>The bytes of the header.</summary>
    public const int HeaderSize = 4;

    /// <summary>The most bytes of a token.</summary>
    public const int LongestToken = 8;

    /// <summary>The byte before a payload.</summary>
    public const byte PayloadMarker = 0xff;

    /// <summary>A message without token, options and payload.</summary>
    public static CoapMessage Empty(CoapType type, ushort messageId) => new(type, CoapCode.Empty, messageId, [], [], []);

    /// <summary>The parts of the path.</summary>
    public Sequence<string> Path => Texts(CoapOptions.UriPath);

    /// <summary>The parts of the query.</summary>
    public Sequence<string> Query => Texts(CoapOptions.UriQuery);

    /// <summary>The first option of a number; null if there is none.</summary>
    public CoapOption? Option(int number)
    {
        foreach (var option in Options)
        {
            if (option.Number == number) return option;
        }

        return null;
    }

    /// <summary>The message with one more option, after those of its number.</summary>
    public CoapMessage With(CoapOption option)
    {
        var at = 0;
        while (at < Options.Count && Options[at].Number <= option.Number) at++;
        return this with { Options = [.. Options.AsSpan()[..at], option, .. Options.AsSpan()[at..]] };
    }

    // What is no UTF-8 becomes a replacement character, which no name of a resource has.
    private Sequence<string> Texts(int number)
    {
        // Options of one number stand beside each other.
        var first = 0;
        while (first < Options.Count && Options[first].Number != number) first++;
        var end = first;
        while (end < Options.Count && Options[end].Number == number) end++;
        return Sequence.Of(Options.AsSpan()[first..end]).Map(static option => System.Text.Encoding.UTF8.GetString(option.Value.AsSpan()));
    }
}
