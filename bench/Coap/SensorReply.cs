using System.Globalization;
using RbpfSpec.Host.Coap;

namespace RbpfSpec.Bench.Coap;

/// <summary>The container that is asked: a response with a format, whose payload a helper writes, 27.16.</summary>
internal static class SensorReply
{
    /// <summary>The ids of the helpers that it calls, as an upload names them.</summary>
    public const string Helpers = "40,41,42,43,50";

    /// <summary>The same ids.</summary>
    public static Sequence<uint> Ids => [0x40, 0x41, 0x42, 0x43, 0x50];

    /// <summary>The program.</summary>
    public static Sequence<byte> Program { get; } = [.. ((string[])
    [
        "bf19000000000000", "bf91000000000000", "b702000045000000", "8500000040000000", "bf91000000000000", "b702000000000000",
        "8500000042000000", "bf91000000000000", "b702000001000000", "8500000041000000", "bf06000000000000", "bf91000000000000",
        "8500000043000000", "bf01000000000000", "b70200009c0a0000", "b7030000feffffff", "8500000050000000", "0f60000000000000",
        "9500000000000000",
    ]).SelectMany(Convert.FromHexString)];

    /// <summary>A request for it.</summary>
    /// <param name="slot">The slot that it is in.</param>
    public static byte[] Request(int slot) => Requests.Of(CoapCode.Get, "c", slot.ToString(CultureInfo.InvariantCulture));
}
