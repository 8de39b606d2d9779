using System.Globalization;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Images.Inputs;

/// <summary>A region that a caller adds to those of a program: <c>name:size:rw[@address]</c>, zeroed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Permission">What it grants.</param>
/// <param name="Address">Where it starts, if the caller says so.</param>
public sealed record AddedRegion(string Name, int Size, Permission Permission, ulong? Address)
{
    private const int Largest = 1 << 28;

    /// <summary>Reads one region, or says what is wrong with it.</summary>
    public static (AddedRegion? Region, string Problem) Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        ulong? address = null;
        if (at >= 0)
        {
            if (!Hex.TryNumber(text[(at + 1)..], out var number))
                return (null, $"region '{text}': '{text[(at + 1)..]}' is no address; expected a number such as 0x40000000");
            address = number;
        }

        var parts = (at < 0 ? text : text[..at]).Split(':');
        if (parts.Length != 3 || parts[0] == "")
            return (null, $"region '{text}': expected name:size:rw or name:size:rw@address, such as table:64:r@0x40000000");
        if (!Hex.TryNumber(parts[1], out var size) || size is 0 or > Largest)
        {
            return (null,
                $"region '{text}': '{parts[1]}' is no size; expected 1 to {Largest.ToString(CultureInfo.InvariantCulture)} bytes");
        }

        return parts[2] switch
        {
            "r" => (new(parts[0], (int)size, Permission.Read, address), ""),
            "w" => (new(parts[0], (int)size, Permission.Write, address), ""),
            "rw" => (new(parts[0], (int)size, Permission.ReadWrite, address), ""),
            _ => (null, $"region '{text}': '{parts[2]}' is no permission; expected r, w or rw"),
        };
    }

    /// <summary>The regions, those without an address one after another with a gap between them.</summary>
    public static Sequence<Region<Word>> Place(IEnumerable<AddedRegion> arguments)
    {
        const ulong page = 4096;
        var next = AddressSpace.Added;
        List<Region<Word>> regions = [];
        foreach (var argument in arguments)
        {
            var address = argument.Address ?? next;
            if (argument.Address is null) next += (((ulong)argument.Size + page - 1) / page * page) + page;
            regions.Add(Region.Of(argument.Name, address, ByteTree.Zero(argument.Size), argument.Permission));
        }

        return regions.ToSequence();
    }
}
