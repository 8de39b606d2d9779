using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Audits;

/// <summary>The memory of a program over terms: frames, whose bytes are followed, and regions, which may hold anything.</summary>
/// <remarks>
/// It has more runs than the program: what is read of a region is unknown each time, unless the region cannot change and the address
/// is one number; what is stored at an address that is not one number makes all bytes unknown that it may meet. What an access reads
/// is meant where it is granted; whoever uses it supposes that it was.
/// </remarks>
/// <param name="Frames">The frames, that of the entry first.</param>
/// <param name="Regions">The other regions.</param>
/// <param name="FrameBytes">The size of a frame.</param>
/// <param name="EntryFrame">The address of the first byte of the entry's frame.</param>
/// <param name="IsPossible">Whether something may hold, as far as is known.</param>
/// <param name="BoundsOf">The least and the greatest that the address of an access may be.</param>
/// <param name="Fresh">Makes a word that may be anything.</param>
internal sealed record AuditedMemory(
    Sequence<CellBytes> Frames,
    Sequence<Region<TermWord>> Regions,
    int FrameBytes,
    ulong EntryFrame,
    Func<Term, bool> IsPossible,
    Func<TermWord, (ulong Least, ulong Greatest)> BoundsOf,
    Func<Width, TermWord> Fresh) : IMemory<TermWord>
{
    public TermWord FrameStart => StartOf(Frames.Count - 1);

    public Truth<TermWord> Grants(TermWord address, TermWord count, Access access)
    {
        var granted = Truth<TermWord>.Of(false);
        for (var i = 0; i < Frames.Count; i++) granted |= Frame(i).Grants(address, count, access);
        foreach (var region in Regions) granted |= region.Grants(address, count, access);
        return granted;
    }

    public TermWord Read(TermWord address, Width width)
    {
        if (Candidates(address, width, Access.Read) is not [var (region, frame)]) return Fresh(width);
        var offset = address - region.Start;
        if (offset.IsKnown(out _) || frame is null) return region.Bytes.Read(offset, width);
        var (from, to) = Met(frame.Value, address, width.Bytes);
        for (var at = from; at < to; at++)
        {
            if (!ByteOf(frame.Value, at).Is(0UL)) return Fresh(width);
        }

        return TermWord.Constant(0, width);
    }

    public IMemory<TermWord> Write(TermWord address, TermWord value, Truth<TermWord> when)
    {
        var frames = Frames;
        var candidates = Candidates(address, value.Width, Access.Write);
        foreach (var (region, frame) in candidates)
        {
            if (frame is not { } index) continue;
            if (candidates.Count == 1 && address.IsKnown(out _))
            {
                frames = frames.With(index, (CellBytes)region.Bytes.Write(address - region.Start, value, when));
                continue;
            }

            var (from, to) = Met(index, address, value.Width.Bytes);
            var before = frames[index];
            frames = frames.With(index, Of(FrameBytes, offset => offset >= (ulong)from && offset < (ulong)to
                ? Fresh(Width.Bits8).Term
                : before.Read(TermWord.Constant(offset, Width.Bits64), Width.Bits8).Term));
        }

        return this with { Frames = frames };
    }

    public IMemory<TermWord> Copy(IMemory<TermWord> target, TermWord to, TermWord from, ulong count, Truth<TermWord> when) =>
        throw new NotSupportedException("no helper of an audit copies");

    public TermWord RestOfRegion(TermWord address) => Fresh(Width.Bits64);

    public IMemory<TermWord> PushFrame() => this with { Frames = Frames.Add(Of(FrameBytes, static _ => Make.Constant(0, 8))) };

    public IMemory<TermWord> PopFrame() => this with { Frames = Frames.WithoutLast() };

    /// <summary>The memory after anything may have been written to so many bytes from an address on, which lie in one region.</summary>
    public AuditedMemory Spoilt(TermWord address, TermWord count)
    {
        var frames = Frames;
        for (var i = 0; i < frames.Count; i++)
        {
            var (start, before) = (StartOf(i), frames[i]);
            if (!IsPossible(Frame(i).Grants(address, TermWord.Constant(1, Width.Bits64), Access.Write).Term)) continue;
            frames = frames.With(i, Of(FrameBytes, offset =>
            {
                var at = start + TermWord.Constant(offset, Width.Bits64);
                var spoilt = TermWord.LessUnsigned(at - address, count);
                return Make.Choose(
                    spoilt.Term, Fresh(Width.Bits8).Term, before.Read(TermWord.Constant(offset, Width.Bits64), Width.Bits8).Term);
            }));
        }

        return this with { Frames = frames };
    }

    /// <summary>A byte of a frame.</summary>
    public Term ByteOf(int frame, int offset) => WordOf(frame, offset, Width.Bits8);

    /// <summary>A word of a frame.</summary>
    public Term WordOf(int frame, int offset, Width width) =>
        Frames[frame].Read(TermWord.Constant((ulong)offset, Width.Bits64), width).Term;

    /// <summary>Bytes of a frame, each made once.</summary>
    public static CellBytes Of(int length, Func<ulong, Term> byteAt)
    {
        var bytes = new Term?[length];
        return CellBytes.Of((ulong)length, offset => bytes[(int)offset] ??= byteAt(offset));
    }

    /// <summary>A region of a program that is analysed, over terms.</summary>
    /// <param name="region">The region.</param>
    /// <param name="length">Its length.</param>
    /// <param name="fresh">Makes a word that may be anything.</param>
    public static Region<TermWord> Of(AnalysedRegion region, TermWord length, Func<Width, TermWord> fresh) => new(
        region.Name,
        TermWord.Constant(region.Start, Width.Bits64),
        length,
        Truth<TermWord>.Of(region.Permission.HasFlag(Permission.Read)),
        Truth<TermWord>.Of(region.Permission.HasFlag(Permission.Write)),
        new Content(region.Bytes, fresh));

    private TermWord StartOf(int frame) =>
        TermWord.Constant(unchecked(EntryFrame - ((ulong)frame * (ulong)FrameBytes)), Width.Bits64);

    private Region<TermWord> Frame(int frame) => new(
        "stack",
        StartOf(frame),
        TermWord.Constant((ulong)FrameBytes, Width.Bits64),
        Truth<TermWord>.Of(true),
        Truth<TermWord>.Of(true),
        Frames[frame]);

    // The bytes of a frame that an access may meet.
    private (int From, int To) Met(int frame, TermWord address, int count)
    {
        var (least, greatest) = BoundsOf(address);
        var start = unchecked(EntryFrame - ((ulong)frame * (ulong)FrameBytes));
        var from = least > start ? least - start : 0;
        var to = greatest < start ? 0 : Math.Min(greatest - start, (ulong)FrameBytes) + (ulong)count;
        return ((int)Math.Min(from, (ulong)FrameBytes), (int)Math.Min(to, (ulong)FrameBytes));
    }

    // Where an access may be.
    private List<(Region<TermWord> Region, int? Frame)> Candidates(TermWord address, Width width, Access access)
    {
        List<(Region<TermWord> Region, int? Frame)> found = [];
        var count = TermWord.Constant((ulong)width.Bytes, Width.Bits64);
        var all = Enumerable.Range(0, Frames.Count).Select(frame => (Region: Frame(frame), Frame: (int?)frame))
            .Concat(Regions.Select(static region => (Region: region, Frame: (int?)null)));
        foreach (var (region, frame) in all)
        {
            var here = region.Grants(address, count, access).Term;
            if (here.IsTrue) return [(region, frame)];
            if (!here.IsFalse && IsPossible(here)) found.Add((region, frame));
        }

        return found;
    }

    private sealed class Content(Sequence<byte> known, Func<Width, TermWord> fresh) : IBytes<TermWord>
    {
        public TermWord Read(TermWord offset, Width width)
        {
            if (!offset.IsKnown(out var at) || at > (ulong)known.Count || (ulong)known.Count - at < (ulong)width.Bytes) return fresh(width);
            var value = 0UL;
            for (var i = 0; i < width.Bytes; i++) value |= (ulong)known[(int)at + i] << (8 * i);
            return TermWord.Constant(value, width);
        }

        public IBytes<TermWord> Write(TermWord offset, TermWord value, Truth<TermWord> when) => this;
    }
}
