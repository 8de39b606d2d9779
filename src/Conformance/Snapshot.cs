using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance;

/// <summary>A range of addresses with its bytes.</summary>
/// <param name="Name">A name for people, such as <c>stack</c>.</param>
/// <param name="Address">The address of the first byte.</param>
/// <param name="Permission">What the program may do with them.</param>
/// <param name="Bytes">The content; zeros follow up to the length.</param>
public sealed record MemoryRegion(string Name, ulong Address, Permission Permission, Sequence<byte> Bytes)
{
    /// <summary>How many bytes it has; no less than are given.</summary>
    public int Length { get; init; } = Bytes.Count;

    /// <summary>The region of a concrete memory.</summary>
    public Region<Word> Concrete()
    {
        if (Length == Bytes.Count) return Region.Of(Name, Address, Bytes.AsSpan(), Permission);

        // Zeros that nobody gave take no room.
        IBytes<Word> tree = ByteTree.Zero(Length);
        for (var at = 0; at < Bytes.Count; at++)
            tree = tree.Write(Word.Of((ulong)at), Word.Wrap(Bytes[at], Width.Bits8), Truth<Word>.Of(true));
        return Region.Of(Name, Address, (ByteTree)tree, Permission);
    }
}

/// <summary>The setting of a vector: what its harness provides besides program and memory.</summary>
public sealed record Setting
{
    /// <summary>Nothing: any harness that runs a program on memory will do.</summary>
    public static Setting Plain { get; } = new();

    /// <summary>Further regions.</summary>
    public Sequence<MemoryRegion> Regions { get; init; } = [];

    /// <summary>How many branches and local calls are allowed, if it is not the profile that says so.</summary>
    public ulong? Branches { get; init; }

    /// <summary>How many instructions are allowed, if it is not the profile that says so.</summary>
    public ulong? Instructions { get; init; }

    /// <summary>The static ids of the helpers granted, with the meaning that the specification gives them.</summary>
    public Sequence<uint> Helpers { get; init; } = [];

    /// <summary>The slot at which the program is entered.</summary>
    public int Entry { get; init; }

    /// <summary>The names of what is provided; empty of a plain setting.</summary>
    public Sequence<string> Needs =>
    [
        .. Regions.IsEmpty ? (ReadOnlySpan<string>)[] : ["regions"],
        .. Branches is null ? (ReadOnlySpan<string>)[] : ["branches"],
        .. Instructions is null ? (ReadOnlySpan<string>)[] : ["instructions"],
        .. Helpers.IsEmpty ? (ReadOnlySpan<string>)[] : ["helpers"],
        .. Entry == 0 ? (ReadOnlySpan<string>)[] : ["entry"],
    ];
}

/// <summary>The whole state of a run as numbers and bytes.</summary>
/// <param name="Registers">r0 to r10.</param>
/// <param name="ProgramCounter">The slot of the instruction that is next; at the end, the one that ended the run.</param>
/// <param name="Memory">The regions.</param>
/// <param name="Branches">The branches and local calls left; null if there is no limit.</param>
/// <param name="Instructions">The instructions left; null if there is no limit.</param>
public sealed record Snapshot(
    Sequence<ulong> Registers, ulong ProgramCounter, Sequence<MemoryRegion> Memory, ulong? Branches, ulong? Instructions)
{
    /// <summary>The snapshot of a concrete state.</summary>
    public static Snapshot Of(State<Word> state) => new(
        Sequence.Generate(Registers<Word>.Count, number => state.Registers[number].Value),
        state.ProgramCounter.Value,
        state.Memory.Regions.Map(region => new MemoryRegion(
            region.Name,
            region.Start.Value,
            (region.Readable.Value ? Permission.Read : Permission.None) | (region.Writable.Value ? Permission.Write : Permission.None),
            Sequence.Of<byte>(((ByteTree)region.Bytes).ToArray()))),
        Left(state.Budget.Branches),
        Left(state.Budget.Instructions));

    private static ulong? Left(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => null,
        Allowance<Word>.Remaining(var count) => count.Value,
    };
}
