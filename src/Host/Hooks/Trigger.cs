namespace RbpfSpec.Host.Hooks;

/// <summary>The event that a hook waits for.</summary>
public abstract record Trigger
{
    private Trigger()
    {
    }

    /// <summary>A request for a path.</summary>
    /// <param name="Path">Its parts, joined by slashes, without one at the start.</param>
    public sealed record Request(string Path) : Trigger;

    /// <summary>A packet that passes the network interface.</summary>
    public sealed record Packet : Trigger;

    /// <summary>A time that comes again and again.</summary>
    /// <param name="Period">In microseconds, at least 1.</param>
    public sealed record Timer(ulong Period) : Trigger;

    /// <summary>A sensor whose first value goes beyond a limit, having been within it or unknown.</summary>
    /// <param name="Sensor">Its place in the registry.</param>
    /// <param name="Limit">The last value within.</param>
    /// <param name="Above">Whether greater values are beyond; else lesser ones.</param>
    public sealed record Threshold(int Sensor, short Limit, bool Above) : Trigger
    {
        /// <summary>Whether a value is beyond the limit.</summary>
        public bool IsBeyond(short value) => Above ? value > Limit : value < Limit;
    }
}
