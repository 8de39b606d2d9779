using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>A region of a program that is analysed; where it lies is a number, how long it is may be a value.</summary>
public sealed class AnalysedRegion
{
    private readonly Region<RangeWord> formula;

    /// <summary>A region.</summary>
    /// <param name="name">A name for people.</param>
    /// <param name="start">The address of the first byte.</param>
    /// <param name="length">The number of bytes, 64 bits.</param>
    /// <param name="permission">What is granted.</param>
    /// <param name="bytes">The content, if it cannot change; else empty.</param>
    public AnalysedRegion(string name, ulong start, RangeWord length, Permission permission, Sequence<byte> bytes)
    {
        (Name, Start, Length, Permission, Bytes) = (name, start, length, permission, bytes);
        formula = new(
            name,
            RangeWord.Constant(start, Width.Bits64),
            length,
            Truth<RangeWord>.Of(permission.HasFlag(Permission.Read)),
            Truth<RangeWord>.Of(permission.HasFlag(Permission.Write)),
            NoBytes.Instance);
    }

    /// <summary>A name for people.</summary>
    public string Name { get; }

    /// <summary>The address of the first byte.</summary>
    public ulong Start { get; }

    /// <summary>The number of bytes, 64 bits.</summary>
    public RangeWord Length { get; }

    /// <summary>The permission that it grants.</summary>
    public Permission Permission { get; }

    /// <summary>The content, if it cannot change; else empty.</summary>
    public Sequence<byte> Bytes { get; }

    /// <summary>Whether the region has all bytes of an access and grants it, by the formula of all machines.</summary>
    public Truth<RangeWord> Grants(RangeWord address, RangeWord count, Access access) => Told(address, count) switch
    {
        true => formula.Permits(access),
        false => Truth<RangeWord>.Of(false),
        null => formula.Grants(address, count, access),
    };

    // Whether all of an access surely lies in the region, or none, as the ends of both tell at once.
    private bool? Told(RangeWord address, RangeWord count)
    {
        if (address.Base is not null || Length.Base is not null || !count.IsKnown(out var bytes) || bytes == 0) return null;
        var (least, greatest) = (address.Least, address.Greatest);
        if (greatest < Start) return Length.Greatest <= ulong.MaxValue - Start ? false : null;
        if (least < Start) return null;
        if (least - Start >= Length.Greatest) return false;
        return bytes <= Length.Least && greatest - Start <= Length.Least - bytes ? true : null;
    }

    private sealed class NoBytes : IBytes<RangeWord>
    {
        public static NoBytes Instance { get; } = new();

        public RangeWord Read(RangeWord offset, Width width) => RangeWord.Any(width);

        public IBytes<RangeWord> Write(RangeWord offset, RangeWord value, Truth<RangeWord> when) => this;
    }
}

/// <summary>The memory of an abstract state, as rules see it: regions of which only frames have a content that is followed.</summary>
/// <param name="Regions">The regions but for the frames.</param>
/// <param name="FrameBytes">The size of a frame.</param>
/// <param name="EntryFrame">The address of the first byte of the entry's frame.</param>
/// <param name="State">What frames hold, and what is known of values.</param>
public sealed record RangeMemory(Sequence<AnalysedRegion> Regions, int FrameBytes, ulong EntryFrame, AbstractState State)
    : IMemory<RangeWord>
{
    private static readonly AnalysedRegion?[] Latest = new AnalysedRegion?[8];

    /// <summary>The number of frames.</summary>
    public int Depth => State.Frames.Count;

    public RangeWord FrameStart => RangeWord.Constant(StartOf(Depth - 1), Width.Bits64);

    /// <summary>The address of the first byte of a frame.</summary>
    public ulong StartOf(int frame) => EntryFrame - ((ulong)FrameBytes * (ulong)frame);

    public Truth<RangeWord> Grants(RangeWord address, RangeWord count, Access access)
    {
        var granted = Truth<RangeWord>.Of(false);
        for (var i = 0; i < Depth + Regions.Count; i++)
        {
            var here = At(i).Grants(address, count, access);
            if (State.Decide(here) is { } decided) here = Truth<RangeWord>.Of(decided);
            granted |= here;
            if (granted.IsKnown(out var known) && known) break;
        }

        return granted;
    }

    public RangeWord Read(RangeWord address, Width width)
    {
        var count = (ulong)width.Bytes;
        if (!address.IsKnown(out var at)) return ReadSome(address, width);
        for (var frame = 0; frame < Depth; frame++)
        {
            if (IsWithin(at, count, StartOf(frame), (ulong)FrameBytes))
                return State.Frames[frame].Cells.Read((int)(at - StartOf(frame)), width) ?? RangeWord.Any(width);
        }

        foreach (var region in Regions)
        {
            if (!IsWithin(at, count, region.Start, (ulong)region.Bytes.Count)) continue;
            var value = 0UL;
            for (var i = 0; i < width.Bytes; i++) value |= (ulong)region.Bytes[(int)(at - region.Start) + i] << (8 * i);
            return RangeWord.Constant(value, width);
        }

        return RangeWord.Any(width);
    }

    public IMemory<RangeWord> Write(RangeWord address, RangeWord value, Truth<RangeWord> when)
    {
        if (when.IsKnown(out var isWritten) && !isWritten) return this;
        var count = (ulong)value.Width.Bytes;
        if (address.IsKnown(out var at) && isWritten)
        {
            for (var frame = 0; frame < Depth; frame++)
            {
                if (IsWithin(at, count, StartOf(frame), (ulong)FrameBytes))
                    return WithCells(frame, State.Frames[frame].Cells.Write((int)(at - StartOf(frame)), Kept(value)));
            }
        }

        // Where it may go is forgotten.
        var memory = this;
        var values = address.Values;
        for (var frame = 0; frame < Depth; frame++)
        {
            var offsets = values - ValueRange<Word>.Constant(Word.Of(StartOf(frame)));
            var low = 0;
            var high = FrameBytes;
            if (address.Base is null)
            {
                // A write that is granted lies within the frame from its first byte to its last.
                if (count > (ulong)FrameBytes) continue;
                var within = ValueRange<Word>.Meet(
                    offsets, ValueRange<Word>.Between(Word.Of(0), Word.Of((ulong)FrameBytes - count)));
                if (within.IsEmpty.Value) continue;
                (low, high) = ((int)within.Set.Least.Value, (int)(within.Set.Greatest.Value + count));
            }

            memory = memory.WithCells(frame, memory.State.Frames[frame].Cells.Forget(low, high));
        }

        return memory;
    }

    public IMemory<RangeWord> Copy(IMemory<RangeWord> target, RangeWord to, RangeWord from, ulong count, Truth<RangeWord> when) =>
        count == 0 ? target : target.Write(
            to + RangeWord.Between(0, count - 1), RangeWord.Any(Width.Bits8), RangeWord.Undecided);

    public RangeWord RestOfRegion(RangeWord address) => RangeWord.Any(Width.Bits64);

    public IMemory<RangeWord> PushFrame() => this with
    {
        State = State with { Frames = State.Frames.Add(new(-1, [], FrameCells.Fresh(FrameBytes))) },
    };

    public IMemory<RangeWord> PopFrame() => this with { State = State with { Frames = State.Frames.WithoutLast() } };

    // The region at an index, the frames first.
    private AnalysedRegion At(int index) => index < Depth ? FrameAt(index) : Regions[index - Depth];

    // Frames of most programs lie where those of others do: so the last one of each depth is kept.
    private AnalysedRegion FrameAt(int frame)
    {
        var (start, bytes) = (StartOf(frame), (ulong)FrameBytes);
        var known = frame < Latest.Length ? Latest[frame] : null;
        if (known is not null && known.Start == start && known.Length.Least == bytes) return known;
        var region = new AnalysedRegion("stack", start, RangeWord.Constant(bytes, Width.Bits64), Permission.ReadWrite, []);
        if (frame < Latest.Length) Latest[frame] = region;
        return region;
    }

    /// <summary>The frames, and the other regions.</summary>
    public IEnumerable<AnalysedRegion> Everything() => Enumerable.Range(0, Depth + Regions.Count).Select(At);

    /// <summary>The only region that an access may lie in, -1 - frame of a frame; null if there are several, or it is not known.</summary>
    public int? RegionOf(RangeWord address, RangeWord count, Access access)
    {
        int? found = null;
        for (var index = 0; index < Depth + Regions.Count; index++)
        {
            if (State.Decide(At(index).Grants(address, count, access)) is false) continue;
            if (found is not null) return null;
            found = index < Depth ? -1 - index : index - Depth;
        }

        return found;
    }

    private RangeWord ReadSome(RangeWord address, Width width)
    {
        if (address.Base is not null) return RangeWord.Any(width);
        for (var frame = 0; frame < Depth; frame++)
        {
            var (least, greatest) = (address.Values.Least.Value, address.Values.Greatest.Value);
            if (least < StartOf(frame) || greatest - StartOf(frame) > (ulong)(FrameBytes - width.Bytes)) continue;
            var (from, to) = ((int)(least - StartOf(frame)), (int)(greatest - StartOf(frame)) + width.Bytes);
            if (State.Frames[frame].Cells.AreZero(from, to)) return RangeWord.Constant(0, width);
        }

        return RangeWord.Any(width);
    }

    // How a word was made may tell of values that are others by the time it is read; that it is a low part of one stays true.
    private static RangeWord Kept(RangeWord word) => word.Origin is Origin.LowPart({ Link: not null } whole) && whole.Link == word.Link
        ? whole.WithoutOrigin().Low(word.Width).With(word.Values)
        : word.WithoutOrigin();

    private RangeMemory WithCells(int frame, FrameCells cells) => this with
    {
        State = State with { Frames = State.Frames.With(frame, State.Frames[frame] with { Cells = cells }) },
    };

    private static bool IsWithin(ulong address, ulong count, ulong start, ulong length) =>
        count <= length && address - start <= length - count;
}
