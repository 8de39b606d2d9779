namespace RbpfSpec.Host.Helpers;

/// <summary>The parts of a host's state that a helper may change, beside the bytes of its writable arguments.</summary>
[Flags]
public enum HostParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The texts that the program has printed.</summary>
    Output = 1,

    /// <summary>The key/value store of the container that runs.</summary>
    Local = 2,

    /// <summary>The key/value store that all containers share.</summary>
    Global = 4,

    /// <summary>The handles of the container that runs.</summary>
    Handles = 8,

    /// <summary>The actuators among the sensors.</summary>
    Sensors = 16,

    /// <summary>The response of the run.</summary>
    Reply = 32,

    /// <summary>When the container that runs asks to be run again.</summary>
    Wakeup = 64,
}
