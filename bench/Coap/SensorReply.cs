using RbpfSpec.Host.Coap;

namespace RbpfSpec.Bench.Coap;

/// <summary>The container that is asked: a response with a format, whose payload a helper writes, 27.16.</summary>
internal static class SensorReply
{
    /// <summary>The ids of the helpers that it calls, as an upload names them.</summary>
    public const string Helpers = "40,41,42,43,50";

    /// <summary>The program.</summary>
    public static Sequence<byte> Program { get; } = [.. ((string[])
    [
        "bf19000000000000", "bf91000000000000", "b702000045000000", "8500000040000000", "bf91000000000000", "b702000000000000",
        "8500000042000000", "bf91000000000000", "b702000001000000", "8500000041000000", "bf06000000000000", "bf91000000000000",
        "8500000043000000", "bf01000000000000", "b70200009c0a0000", "b7030000feffffff", "8500000050000000", "0f60000000000000",
        "9500000000000000",
    ]).SelectMany(Convert.FromHexString)];

    /// <summary>A request for it, in slot 0; bytes 2 and 3 are the message's id.</summary>
    public static byte[] Request => CoapWriter.Write(new CoapMessage(CoapType.Confirmable, CoapCode.Get, 0, [1, 2], [], [])
        .With(CoapOption.Of(CoapOptions.UriPath, "c"))
        .With(CoapOption.Of(CoapOptions.UriPath, "0")));
}
