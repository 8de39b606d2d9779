using RbpfSpec.Host.Coap;

namespace RbpfSpec.Bench.Coap;

/// <summary>Datagrams of requests; bytes 2 and 3 are the id of the message.</summary>
internal static class Requests
{
    /// <summary>A confirmable request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">The parts of the path.</param>
    public static byte[] Of(CoapCode method, params string[] path) => Of(method, [], path);

    /// <summary>A confirmable request with a payload.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="path">The parts of the path.</param>
    public static byte[] Of(CoapCode method, Sequence<byte> payload, params string[] path) => CoapWriter.Write(path.Aggregate(
        new CoapMessage(CoapType.Confirmable, method, 0, [1, 2], [], payload),
        (message, part) => message.With(CoapOption.Of(CoapOptions.UriPath, part))));
}
