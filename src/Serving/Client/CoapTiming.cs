namespace RbpfSpec.Serving.Client;

/// <summary>When a client sends again, and when it gives up; RFC 7252 §4.8.</summary>
/// <param name="AckTimeout">How long it waits for the acknowledgement of the first transmission, at least.</param>
/// <param name="RandomFactor">The greatest factor of that; each exchange draws its own.</param>
/// <param name="Retransmissions">How often it sends again, each time after twice as long.</param>
/// <param name="Longest">How long it waits for a response in all.</param>
public sealed record CoapTiming(TimeSpan AckTimeout, double RandomFactor, int Retransmissions, TimeSpan Longest)
{
    /// <summary>The values of the standard: it gives up after MAX_TRANSMIT_WAIT, 93 seconds.</summary>
    public static CoapTiming Standard { get; } = new(TimeSpan.FromSeconds(2), 1.5, 4, TimeSpan.FromSeconds(93));
}
