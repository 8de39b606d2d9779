using RbpfSpec.Host.Coap;

namespace RbpfSpec.Serving.Client;

/// <summary>A request before it is a message.</summary>
/// <param name="Method">The code of a method.</param>
/// <param name="Path">The parts of the path.</param>
/// <param name="Query">The parts of the query.</param>
public sealed record CoapRequest(CoapCode Method, Sequence<string> Path, Sequence<string> Query)
{
    /// <summary>The bytes; more than fit in a block go in several.</summary>
    public Sequence<byte> Payload { get; init; }

    /// <summary>The content format of the bytes; null if it is not said.</summary>
    public int? Format { get; init; }

    /// <summary>The content format wanted; null if any will do.</summary>
    public int? Accept { get; init; }

    /// <summary>A request for a path as a URI writes it, such as <c>kv/global?x=1</c>; a slash at the start says nothing.</summary>
    public static CoapRequest Of(CoapCode method, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (before, after) = path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at
            ? (path[..at], path[(at + 1)..])
            : (path, "");
        if (before.StartsWith('/')) before = before[1..];
        return new(method, Parts(before, '/'), Parts(after, '&'));
    }

    /// <summary>The path and the query as a URI writes them.</summary>
    public override string ToString()
    {
        var path = "/" + string.Join('/', Path.Select(Uri.EscapeDataString));
        return Query.IsEmpty ? path : $"{path}?{string.Join('&', Query)}";
    }

    /// <summary>The message, without what tells it from others, and without the payload.</summary>
    internal CoapMessage Head()
    {
        var message = CoapMessage.Empty(CoapType.Confirmable, 0) with { Code = Method };
        foreach (var part in Path) message = message.With(CoapOption.Of(CoapOptions.UriPath, part));
        foreach (var part in Query) message = message.With(CoapOption.Of(CoapOptions.UriQuery, part));
        return Accept is { } accept ? message.With(CoapOption.Of(CoapOptions.Accept, (uint)accept)) : message;
    }

    private static Sequence<string> Parts(string text, char separator) =>
        text == "" ? [] : text.Split(separator).Select(Uri.UnescapeDataString).ToSequence();
}
