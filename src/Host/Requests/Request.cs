using System.Globalization;
using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Requests;

/// <summary>A request for a resource of the device.</summary>
/// <param name="Peer">Who sent it.</param>
/// <param name="Message">The message, with the options that count.</param>
/// <param name="Datagram">The bytes that it came in.</param>
internal sealed record Request(string Peer, CoapMessage Message, Sequence<byte> Datagram)
{
    /// <summary>Whether it has a method.</summary>
    public bool Is(CoapCode method) => Message.Code == method;

    /// <summary>The number that a part of a path says, decimal or with 0x before it; null if it says none of 32 bits.</summary>
    public static uint? Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal) ? hexadecimal : null
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
