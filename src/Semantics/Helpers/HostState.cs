namespace RbpfSpec.Semantics.Helpers;

/// <summary>The host as the machine knows it: total functions, and what they work on.</summary>
/// <param name="Helpers">The helpers granted to the program, called by their static id.</param>
/// <param name="BtfFunctions">The functions called by BTF id; none unless the profile grants such calls.</param>
/// <param name="Platform">What the platform puts behind the immediates of wide instructions and packet access.</param>
/// <param name="Data">What the host keeps for the helpers; null if that is nothing.</param>
public sealed record HostState<T>(
    Sequence<HelperFunction<T>> Helpers,
    Sequence<HelperFunction<T>> BtfFunctions,
    Platform<T> Platform,
    IHostData<T>? Data)
    where T : IWord<T>
{
    /// <summary>A host without helpers.</summary>
    public static HostState<T> Bare { get; } = new([], [], Platform<T>.Identity(T.Zero(Width.Bits64)), null);

    /// <summary>The helpers that the host has, granted or not: so that a report can name what was called in vain.</summary>
    public Sequence<Helper> Known { get; init; }
}

/// <summary>The addresses that a platform gives to what a program names by number; total functions on 64-bit words.</summary>
/// <remarks>RFC 9669 §5.4 and §5.5. A profile that does not grant an encoding never asks.</remarks>
/// <param name="MapByFd">The map of a file descriptor.</param>
/// <param name="MapByIndex">The map of an index.</param>
/// <param name="MapValue">The first value of a map.</param>
/// <param name="VariableAddress">The address of a platform variable.</param>
/// <param name="CodeAddress">The address of an instruction, by relative offset in slots.</param>
/// <param name="PacketStart">The address of the packet's first byte.</param>
public sealed record Platform<T>(
    Func<T, T> MapByFd,
    Func<T, T> MapByIndex,
    Func<T, T> MapValue,
    Func<T, T> VariableAddress,
    Func<T, T> CodeAddress,
    T PacketStart)
{
    /// <summary>The platform on which every number stands for itself.</summary>
    /// <param name="packetStart">The address of the packet's first byte.</param>
    public static Platform<T> Identity(T packetStart) =>
        new(Itself, Itself, Itself, Itself, Itself, packetStart);

    private static T Itself(T number) => number;
}
