using System.Text;
using RbpfSpec.Cli.Commands.Pack;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Coap;
using RbpfSpec.Reports;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary>Shows the payloads of responses.</summary>
internal static class PayloadText
{
    /// <summary>Prints the payload of a response: a text as it is, anything else as hexadecimal text.</summary>
    public static void Print(CoapMessage response)
    {
        if (Text(response) is not { } text) ByteText.Print(response.Payload.AsSpan().ToArray(), Counted.Of(response.Payload.Count, "byte"));
        else if (text != "") Report.Line(text.EndsWith('\n') ? text[..^1] : text);
        else if (response.Code == CoapCode.Content) Report.Line("empty: there is nothing (2.05 Content)");
        else Report.Line(response.Code.Described());
        Console.Out.Flush();
    }

    /// <summary>The payload as a text; null if it is none.</summary>
    public static string? Text(CoapMessage response)
    {
        if (response.Option(CoapOptions.ContentFormat)?.Unsigned is CoapOptions.OctetStream) return null;
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false,
                throwOnInvalidBytes: true).GetString(response.Payload.AsSpan());
            return text.Any(one => char.IsControl(one) && one is not ('\n' or '\r' or '\t')) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
