using System.Globalization;

namespace RbpfSpec.Serving.Client;

/// <summary>Where a server is: a URI of the scheme <c>coap</c> without a path, RFC 7252 §6.1.</summary>
/// <param name="Host">A name, or the literal of an address, of IPv6 without brackets.</param>
/// <param name="Port">The UDP port.</param>
public sealed record CoapAddress(string Host, int Port)
{
    /// <summary>The port of CoAP.</summary>
    public const int DefaultPort = 5683;

    private const string Scheme = "coap://";

    private const string Expected = "expected coap://host or coap://host:port, an address of IPv6 in brackets";

    /// <summary>This computer, the usual port.</summary>
    public static CoapAddress Local { get; } = new("localhost", DefaultPort);

    /// <summary>The address that a text says; null if it says none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong, and what would be right; empty if nothing is.</param>
    public static CoapAddress? Parse(string text, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = $"'{text}' is no address of a server; {Expected}";
        if (text.StartsWith("coaps://", StringComparison.OrdinalIgnoreCase))
        {
            problem = $"'{text}' asks for CoAP over DTLS, which is not spoken here; {Expected}";
            return null;
        }

        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = text[Scheme.Length..];
        if (rest.EndsWith('/')) rest = rest[..^1];
        var end = rest.StartsWith('[') ? rest.IndexOf(']', StringComparison.Ordinal) + 1 : rest.IndexOf(':', StringComparison.Ordinal);
        if (rest.StartsWith('[') && end == 0) return null;
        var (host, port) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        if (host.StartsWith('['))
        {
            host = host[1..^1];
            if (!System.Net.IPAddress.TryParse(host, out var literal)
                || literal.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetworkV6)
            {
                return null;
            }
        }
        else if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4))
        {
            return null;
        }

        if (port == "")
        {
            problem = "";
            return new(host, DefaultPort);
        }

        if (!port.StartsWith(':')
            || !int.TryParse(port[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > ushort.MaxValue)
        {
            problem = $"'{text}' names no port; expected a number from 1 to {ushort.MaxValue} after the colon";
            return null;
        }

        problem = "";
        return new(host, number);
    }

    /// <summary>As a URI; the usual port is left out.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return Port == DefaultPort ? $"{Scheme}{host}" : $"{Scheme}{host}:{Port}";
    }
}
