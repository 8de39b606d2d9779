using System.Net;

namespace RbpfSpec.Serving.Network;

/// <summary>The addresses of peers, as the network has them and as a device has them: nothing is allocated for a known one.</summary>
/// <remarks>A full table is begun anew: a name that it does not have tells its address all the same.</remarks>
internal sealed class Peers
{
    /// <summary>The most addresses that are kept.</summary>
    public const int Capacity = 4096;

    private static readonly IPEndPoint Any = new(IPAddress.Any, 0);

    private readonly Dictionary<SocketAddress, string> names = [];
    private readonly Dictionary<string, SocketAddress> addresses = [];

    /// <summary>The name of an address: address and port, as they are written.</summary>
    /// <param name="address">It may be changed afterwards.</param>
    public string NameOf(SocketAddress address)
    {
        if (names.TryGetValue(address, out var known)) return known;
        var name = Any.Create(address).ToString()!;
        Keep(name, Copy(address));
        return name;
    }

    /// <summary>The address of a name; null if it is none.</summary>
    public SocketAddress? AddressOf(string name)
    {
        if (addresses.TryGetValue(name, out var known)) return known;
        if (!IPEndPoint.TryParse(name, out var end)) return null;
        var address = end.Serialize();
        Keep(name, address);
        return address;
    }

    private void Keep(string name, SocketAddress address)
    {
        if (names.Count >= Capacity)
        {
            names.Clear();
            addresses.Clear();
        }

        names[address] = name;
        addresses[name] = address;
    }

    private static SocketAddress Copy(SocketAddress address)
    {
        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
