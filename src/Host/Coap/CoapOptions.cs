namespace RbpfSpec.Host.Coap;

/// <summary>The definition of an option.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Least">The least number of bytes of its value.</param>
/// <param name="Most">The greatest number of bytes of its value.</param>
/// <param name="IsRepeatable">Whether a message may have several.</param>
public sealed record CoapOptionDefinition(int Number, string Name, int Least, int Most, bool IsRepeatable = false);

/// <summary>The options that a device knows, of RFC 7252 §5.10, RFC 7641 and RFC 7959.</summary>
public static class CoapOptions
{
    /// <summary>Uri-Host.</summary>
    public const int UriHost = 3;

    /// <summary>ETag.</summary>
    public const int ETag = 4;

    /// <summary>Observe.</summary>
    public const int Observe = 6;

    /// <summary>Uri-Port.</summary>
    public const int UriPort = 7;

    /// <summary>Uri-Path: one part of the path.</summary>
    public const int UriPath = 11;

    /// <summary>Content-Format.</summary>
    public const int ContentFormat = 12;

    /// <summary>Max-Age, in seconds.</summary>
    public const int MaxAge = 14;

    /// <summary>Uri-Query: one part of the query.</summary>
    public const int UriQuery = 15;

    /// <summary>Accept.</summary>
    public const int Accept = 17;

    /// <summary>Block2: of a response.</summary>
    public const int Block2 = 23;

    /// <summary>Block1: of a request.</summary>
    public const int Block1 = 27;

    /// <summary>Size2: of a response, in bytes.</summary>
    public const int Size2 = 28;

    /// <summary>Proxy-Uri.</summary>
    public const int ProxyUri = 35;

    /// <summary>Proxy-Scheme.</summary>
    public const int ProxyScheme = 39;

    /// <summary>Size1: of a request, in bytes.</summary>
    public const int Size1 = 60;

    /// <summary>The content format of plain text in UTF-8.</summary>
    public const int PlainText = 0;

    /// <summary>The content format of a message that one key signed, COSE_Sign1; RFC 9052 §2.</summary>
    public const int CoseSign1 = 18;

    /// <summary>The content format of links, RFC 6690.</summary>
    public const int LinkFormat = 40;

    /// <summary>The content format of bytes.</summary>
    public const int OctetStream = 42;

    /// <summary>Their definitions, in the order of their numbers.</summary>
    public static Sequence<CoapOptionDefinition> All { get; } =
    [
        new(UriHost, "Uri-Host", 1, 255),
        new(ETag, "ETag", 1, 8, IsRepeatable: true),
        new(Observe, "Observe", 0, 3),
        new(UriPort, "Uri-Port", 0, 2),
        new(UriPath, "Uri-Path", 0, 255, IsRepeatable: true),
        new(ContentFormat, "Content-Format", 0, 2),
        new(MaxAge, "Max-Age", 0, 4),
        new(UriQuery, "Uri-Query", 0, 255, IsRepeatable: true),
        new(Accept, "Accept", 0, 2),
        new(Block2, "Block2", 0, 3),
        new(Block1, "Block1", 0, 3),
        new(Size2, "Size2", 0, 4),
        new(ProxyUri, "Proxy-Uri", 1, 1034),
        new(ProxyScheme, "Proxy-Scheme", 1, 255),
        new(Size1, "Size1", 0, 4),
    ];

    /// <summary>The options of a message that count, and the first critical one that cannot be recognized.</summary>
    /// <param name="options">Those of the message.</param>
    /// <param name="unrecognized">
    /// The first critical one that has no definition, a length outside it, or comes again though it may not; null if there is none.
    /// Elective ones of the kind are left out, RFC 7252 §5.4.
    /// </param>
    public static Sequence<CoapOption> Recognized(Sequence<CoapOption> options, out CoapOption? unrecognized)
    {
        unrecognized = null;
        var (recognized, latest) = (0, -1);
        var kept = new CoapOption[options.Count];
        foreach (var option in options)
        {
            if (Definition(option.Number) is { } definition
                && option.Value.Count >= definition.Least
                && option.Value.Count <= definition.Most
                && (definition.IsRepeatable || latest != option.Number))
            {
                kept[recognized++] = option;
                latest = option.Number;
            }
            else if (option.IsCritical)
            {
                unrecognized ??= option;
            }
        }

        return recognized == options.Count ? options : Sequence.Of<CoapOption>(kept.AsSpan(0, recognized));
    }

    private static CoapOptionDefinition? Definition(int number)
    {
        foreach (var definition in All)
        {
            if (definition.Number == number) return definition;
        }

        return null;
    }
}
