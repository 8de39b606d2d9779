using System.Globalization;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Semantics.Reports;

/// <summary>Accesses and regions in words.</summary>
public static class AccessText
{
    // Greater distances are read as addresses are.
    private const ulong LargestDecimal = 0xffff;

    /// <summary>Describes an access: <c>load of 8 bytes at 0x20000008 = r1 (0x20000000) + 8</c>.</summary>
    public static string Access(AccessReport report) => report.Origin switch
    {
        AccessOrigin.InRegister(var register, var value, var offset) =>
            $"{Verb(report.Kind)} of {Bytes(report.Count)} at {Hex(report.Address)} = {register} ({Hex(value)}){Offset(offset)}",
        AccessOrigin.InPacket(var start) =>
            $"load of {Bytes(report.Count)} at {Hex(report.Address)}, "
            + $"{Distance(unchecked(report.Address - start))} after the packet's start at {Hex(start)}",
        AccessOrigin.InArgument(var register, var helper, var count) =>
            $"{helper.Name} (helper {Hex(helper.Id)}) {(report.Kind is Words.Access.Read ? "reads" : "reads and writes")} "
            + $"{Counted(report.Count, count)} at {Hex(report.Address)}, its argument {register}",
    };

    /// <summary>Why it is not granted, and by how much it misses.</summary>
    public static string Miss(AccessReport report) => report switch
    {
        { Nearest: null } => "there is no region of memory: no access is granted",
        { Nearest: { } nearest, Next: { } next } => string.Create(
            CultureInfo.InvariantCulture,
            $"crosses from {Title(nearest)} into {Title(next)}, where its last {Bytes(nearest.Past)} would be: "
            + $"an access must lie within one region"),
        { Nearest: { Below: 0, Past: 0 } inside } => $"{Title(inside)} is {Permits(inside.Permission)}: {Place(inside)}",
        { Nearest: { Below: > 0, Past: > 0 } small } =>
            $"starts {Distance(small.Below)} below {Title(small)} and ends {Distance(small.Past)} past its end: {Whole(small)}",
        { Nearest: { Past: 0 } above } => $"starts {Distance(above.Below)} below {Title(above)}: {Whole(above)}",
        { Nearest: { } below } => $"ends {Distance(below.Past)} past the end of {Title(below)}: {Whole(below)}",
    };

    /// <summary>A region as people call it.</summary>
    public static string Title(RegionDistance region) => region.Frame switch
    {
        null or 0 => region.Name,
        { } frame => string.Create(CultureInfo.InvariantCulture, $"{region.Name} {frame}"),
    };

    /// <summary>A region in one line: name, first address, length, permission.</summary>
    public static string Region(Region<Words.Word> region) =>
        $"{region.Name} {Hex(region.Start.Value)}+{Count(region.Length.Value)} {Letters(region.Readable.Value, region.Writable.Value)}";

    /// <summary>A permission as <c>rw</c>, <c>r</c>, <c>w</c> or <c>none</c>.</summary>
    public static string Letters(Permission permission) =>
        Letters(permission.HasFlag(Permission.Read), permission.HasFlag(Permission.Write));

    /// <summary>The kind of an access, for programs: <c>load</c>, <c>store</c> or <c>load and store</c>.</summary>
    public static string Verb(Access access) => access switch
    {
        Words.Access.Read => "load",
        Words.Access.Write => "store",
        Words.Access.ReadWrite => "load and store",
    };

    /// <summary>A number of bytes in words.</summary>
    internal static string Bytes(ulong count) => $"{Number(count)} byte{(count == 1 ? "" : "s")}";

    /// <summary>A number in decimal.</summary>
    internal static string Count(ulong count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A 64-bit number in hexadecimal.</summary>
    internal static string Hex(ulong number) => $"0x{number.ToString("x", CultureInfo.InvariantCulture)}";

    private static string Letters(bool readable, bool writable) => (readable, writable) switch
    {
        (true, true) => "rw",
        (true, false) => "r",
        (false, true) => "w",
        (false, false) => "none",
    };

    private static string Permits(Permission permission) => permission switch
    {
        Permission.Read => "read-only",
        Permission.Write => "write-only",
        Permission.ReadWrite => "read and write",
        _ => "closed to loads and stores",
    };

    private static string Whole(RegionDistance region) => $"{Place(region)}, {Permits(region.Permission)}";

    private static string Place(RegionDistance region) => $"{Bytes(region.Length)} at {Hex(region.Start)}";

    private static string Counted(ulong count, ByteCount by) => by switch
    {
        ByteCount.Fixed => Bytes(count),
        ByteCount.InArgument(var argument) => string.Create(CultureInfo.InvariantCulture, $"{Bytes(count)} (as r{argument} says)"),
        ByteCount.RestOfRegion => $"at least {Bytes(count)}",
    };

    private static string Offset(short offset) => offset switch
    {
        0 => "",
        < 0 => $" - {Number((ulong)-(int)offset)}",
        _ => $" + {Number((ulong)offset)}",
    };

    private static string Distance(ulong bytes) => bytes <= LargestDecimal ? Bytes(bytes) : $"{Hex(bytes)} bytes";

    private static string Number(ulong number) =>
        number <= LargestDecimal ? number.ToString(CultureInfo.InvariantCulture) : Hex(number);
}
