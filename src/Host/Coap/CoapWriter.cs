namespace RbpfSpec.Host.Coap;

/// <summary>Writes messages as datagrams; <see cref="CoapReader"/> is its inverse.</summary>
public static class CoapWriter
{
    // For what comes before most payloads.
    private const int UsualRoom = 32;

    /// <summary>The bytes of a message.</summary>
    /// <exception cref="ArgumentException">
    /// No datagram says it: a long token, options out of order, an empty message that has something.
    /// </exception>
    public static byte[] Write(CoapMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Token.Count > CoapMessage.LongestToken)
            throw new ArgumentException($"a token of {message.Token.Count} bytes; the most are 8", nameof(message));
        if (message.Code == CoapCode.Empty && !(message.Token.IsEmpty && message.Options.IsEmpty && message.Payload.IsEmpty))
            throw new ArgumentException("an empty message has no token, options or payload", nameof(message));
        List<byte> bytes = new(UsualRoom + message.Payload.Count)
        {
            (byte)((CoapMessage.Version << 6) | ((int)message.Type << 4) | message.Token.Count),
            message.Code.Value,
            (byte)(message.MessageId >> 8),
            (byte)message.MessageId,
        };
        bytes.AddRange(message.Token.AsSpan());
        var number = 0;
        foreach (var option in message.Options)
        {
            if (option.Number < number || option.Number > CoapOption.GreatestNumber)
                throw new ArgumentException($"the option {option.Number} after {number}; they are in order, up to 65535", nameof(message));
            if (option.Value.Count > CoapOption.LongestValue)
            {
                throw new ArgumentException(
                    $"an option of {option.Value.Count} bytes; the most are {CoapOption.LongestValue}", nameof(message));
            }

            var (delta, length) = (option.Number - number, option.Value.Count);
            bytes.Add((byte)((OptionHeader.Nibble(delta) << 4) | OptionHeader.Nibble(length)));
            Extend(bytes, delta);
            Extend(bytes, length);
            bytes.AddRange(option.Value.AsSpan());
            number = option.Number;
        }

        if (!message.Payload.IsEmpty)
        {
            bytes.Add(CoapMessage.PayloadMarker);
            bytes.AddRange(message.Payload.AsSpan());
        }

        return [.. bytes];
    }

    private static void Extend(List<byte> bytes, int value)
    {
        var extension = OptionHeader.Extension(value);
        for (var left = OptionHeader.ExtensionBytes(OptionHeader.Nibble(value)); left > 0; left--)
            bytes.Add((byte)(extension >> (8 * (left - 1))));
    }
}
