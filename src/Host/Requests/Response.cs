using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Requests;

/// <summary>The answer to a request, before it is a message.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Payload">Its bytes.</param>
internal sealed record Response(CoapCode Code, Sequence<byte> Payload)
{
    /// <summary>Its content format; null if it says none.</summary>
    public int? Format { get; init; }

    /// <summary>Further options, in any order.</summary>
    public Sequence<CoapOption> Options { get; init; }

    /// <summary>One without a payload.</summary>
    public static Response Of(CoapCode code) => new(code, []);

    /// <summary>One with a text.</summary>
    public static Response Of(CoapCode code, string text, int? format = CoapOptions.PlainText) =>
        new(code, Sequence.Of<byte>(System.Text.Encoding.UTF8.GetBytes(text))) { Format = format };

    /// <summary>An error with a text for people, which has no content format; RFC 7252 §5.5.2.</summary>
    /// <remarks>A text that repeats what was asked can be long: it is cut, so that the message fits in a datagram.</remarks>
    public static Response Problem(CoapCode code, string text) =>
        Of(code, text.Length > LongestProblem ? text[..LongestProblem] : text, format: null);

    private const int LongestProblem = 256;

    /// <summary>This, with one more option.</summary>
    public Response With(CoapOption option) => this with { Options = Options.Add(option) };
}
