namespace RbpfSpec.Serving.Client;

/// <summary>Datagrams to and from one peer, and the time.</summary>
public interface IDatagramChannel : IDisposable
{
    /// <summary>The time since some moment; it never goes back.</summary>
    TimeSpan Now { get; }

    /// <summary>Sends a datagram, which may be lost.</summary>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Waits for a datagram.</summary>
    /// <param name="until">Until when, in the time of <see cref="Now"/>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Arrival Receive(TimeSpan until, CancellationToken cancellation);
}

/// <summary>The end of waiting for a datagram.</summary>
public abstract record Arrival
{
    private Arrival()
    {
    }

    /// <summary>A datagram came.</summary>
    public sealed record Datagram(Sequence<byte> Bytes) : Arrival;

    /// <summary>None came in time.</summary>
    public sealed record Nothing : Arrival;

    /// <summary>The network says that nobody listens there.</summary>
    public sealed record Unreachable : Arrival;
}
