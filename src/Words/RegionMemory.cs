namespace RbpfSpec.Words;

/// <summary>The access of an instruction to memory.</summary>
public enum Access
{
    /// <summary>A load, or a helper's readable argument.</summary>
    Read,

    /// <summary>A store, or a helper's writable argument.</summary>
    Write,

    /// <summary>An atomic operation: both.</summary>
    ReadWrite,
}

/// <summary>A range of addresses that the host grants to the program, with its bytes.</summary>
/// <param name="Name">A name for people, such as <c>stack</c>.</param>
/// <param name="Start">The address of the first byte, 64 bits.</param>
/// <param name="Length">The number of bytes, 64 bits; start + length does not wrap around.</param>
/// <param name="Readable">Whether loads are granted.</param>
/// <param name="Writable">Whether stores are granted.</param>
/// <param name="Bytes">The content.</param>
public record Region<T>(
    string Name, T Start, T Length, Truth<T> Readable, Truth<T> Writable, IBytes<T> Bytes)
    where T : IWord<T>
{
    /// <summary>Whether the <paramref name="count"/> bytes from an address on lie in the region.</summary>
    /// <remarks>The one formula for all accesses; subtracting only what was compared, it cannot wrap around.</remarks>
    public Truth<T> Contains(T address, T count) =>
        T.AtMost(count, Length) & T.AtMost(address - Start, Length - count);

    /// <summary>Whether the region grants an access of <paramref name="count"/> bytes at an address.</summary>
    public virtual Truth<T> Grants(T address, T count, Access access) => Contains(address, count) & Permits(access);

    /// <summary>Whether the region's permissions allow an access, wherever it is.</summary>
    public Truth<T> Permits(Access access) => access switch
    {
        Access.Read => Readable,
        Access.Write => Writable,
        Access.ReadWrite => Readable & Writable,
    };
}

/// <summary>Where the stack frame of the executing function is, and what a new one looks like.</summary>
/// <param name="Start">The address of the frame's first byte, 64 bits; the next frame ends there.</param>
/// <param name="FrameBytes">The size of a frame, 64 bits.</param>
/// <param name="FreshFrame">The zeroed content of a new frame.</param>
public sealed record StackFrame<T>(T Start, T FrameBytes, IBytes<T> FreshFrame)
    where T : IWord<T>;

/// <summary>All that a program can read or write: regions with disjoint address ranges; a persistent value.</summary>
/// <remarks>RFC 9669 leaves memory to the platform; this is deviation D-02.</remarks>
/// <param name="Regions">The regions; the frames of local calls are the last ones, the latest at the end.</param>
/// <param name="Stack">The frame of the executing function.</param>
public sealed record RegionMemory<T>(Sequence<Region<T>> Regions, StackFrame<T> Stack) : IMemory<T>
    where T : IWord<T>
{
    public T FrameStart => Stack.Start;

    public Truth<T> Grants(T address, T count, Access access)
    {
        var granted = Truth<T>.Of(false);
        foreach (var region in Regions)
        {
            granted |= region.Grants(address, count, access);
            if (granted.IsKnown(out var known) && known) break;
        }

        return granted;
    }

    public T Read(T address, Width width)
    {
        var value = T.Zero(width);
        var count = T.Constant((ulong)width.Bytes, Width.Bits64);
        foreach (var region in Regions)
        {
            var here = region.Grants(address, count, Access.Read);
            if (here.IsKnown(out var known) && !known) continue;
            value = T.Choose(here, region.Bytes.Read(address - region.Start, width), value);
        }

        return value;
    }

    public IMemory<T> Write(T address, T value, Truth<T> when)
    {
        var regions = Regions;
        var count = T.Constant((ulong)value.Width.Bytes, Width.Bits64);
        for (var i = 0; i < regions.Count; i++)
        {
            var region = regions[i];
            var here = when & region.Grants(address, count, Access.Write);
            if (here.IsKnown(out var known) && !known) continue;
            var bytes = region.Bytes.Write(address - region.Start, value, here);
            regions = regions.With(i, region with { Bytes = bytes });
        }

        return this with { Regions = regions };
    }

    /// <summary>Another memory after bytes of this one are copied to it, from one region each to one region each.</summary>
    /// <remarks>Concrete memory takes time and space in proportion to <paramref name="count"/> alone.</remarks>
    public IMemory<T> Copy(IMemory<T> target, T to, T from, ulong count, Truth<T> when)
    {
        var regions = target.Regions;
        var length = T.Constant(count, Width.Bits64);
        for (var i = 0; i < regions.Count; i++)
        {
            var writes = when & regions[i].Grants(to, length, Access.Write);
            foreach (var source in Regions)
            {
                var here = writes & source.Grants(from, length, Access.Read);
                if (here.IsKnown(out var known) && !known) continue;
                var region = regions[i];
                var bytes = region.Bytes.Copy(to - region.Start, source.Bytes, from - source.Start, count, here);
                regions = regions.With(i, region with { Bytes = bytes });
            }
        }

        return RegionMemory.Of(target) with { Regions = regions };
    }

    public T RestOfRegion(T address)
    {
        var rest = T.Zero(Width.Bits64);
        var one = T.Constant(1, Width.Bits64);
        foreach (var region in Regions)
            rest = T.Choose(region.Grants(address, one, Access.Read), region.Length - (address - region.Start), rest);
        return rest;
    }

    public IMemory<T> PushFrame()
    {
        var start = Stack.Start - Stack.FrameBytes;
        var frame = new Region<T>(
            "stack frame", start, Stack.FrameBytes, Truth<T>.Of(true), Truth<T>.Of(true), Stack.FreshFrame);
        return new RegionMemory<T>(Regions.Add(frame), Stack with { Start = start });
    }

    public IMemory<T> PopFrame() => Regions.IsEmpty
        ? this
        : new RegionMemory<T>(Regions.WithoutLast(), Stack with { Start = Stack.Start + Stack.FrameBytes });
}

/// <summary>Reads a memory as one of regions.</summary>
public static class RegionMemory
{
    extension<T>(IMemory<T> memory)
        where T : IWord<T>
    {
        /// <summary>The regions.</summary>
        /// <exception cref="ArgumentException">The memory is none of regions.</exception>
        public Sequence<Region<T>> Regions => Of(memory).Regions;

        /// <summary>The frame of the executing function.</summary>
        /// <exception cref="ArgumentException">The memory is none of regions.</exception>
        public StackFrame<T> Stack => Of(memory).Stack;

        /// <summary>The memory with other regions.</summary>
        /// <exception cref="ArgumentException">The memory is none of regions.</exception>
        public IMemory<T> WithRegions(Sequence<Region<T>> regions) => Of(memory) with { Regions = regions };

        /// <summary>The memory with another frame of the executing function.</summary>
        /// <exception cref="ArgumentException">The memory is none of regions.</exception>
        public IMemory<T> WithStack(StackFrame<T> stack) => Of(memory) with { Stack = stack };
    }

    /// <summary>The memory as one of regions.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static RegionMemory<T> Of<T>(IMemory<T> memory)
        where T : IWord<T> => memory as RegionMemory<T>
            ?? throw new ArgumentException($"a {memory.GetType().Name} instead of a memory of regions", nameof(memory));
}

/// <summary>Makes concrete regions.</summary>
public static class Region
{
    /// <summary>A region of concrete bytes, which are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The permission has bits that mean nothing.</exception>
    public static Region<Word> Of(string name, ulong start, ReadOnlySpan<byte> bytes, Permission permission) =>
        Of(name, start, ByteTree.Of(bytes), permission);

    /// <summary>A region of concrete bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The permission has bits that mean nothing.</exception>
    public static Region<Word> Of(string name, ulong start, ByteTree bytes, Permission permission)
    {
        if ((permission & ~Permission.ReadWrite) != Permission.None)
            throw new ArgumentOutOfRangeException(nameof(permission), permission, "a permission is None, Read, Write or ReadWrite");
        return new(
            name,
            Word.Of(start),
            Word.Of((ulong)bytes.Length),
            Truth<Word>.Of(permission.HasFlag(Permission.Read)),
            Truth<Word>.Of(permission.HasFlag(Permission.Write)),
            bytes);
    }

    /// <summary>
    /// The problems that keep concrete regions from being a memory: a length that is not that of the bytes, a range that wraps around,
    /// or two that overlap.
    /// </summary>
    public static Sequence<string> Problems(Sequence<Region<Word>> regions)
    {
        var lengths = LengthProblems(regions);
        var ranges = AddressRange.Problems([.. regions.Map(RangeOf)]);
        return lengths.IsEmpty ? ranges : [.. lengths, .. ranges];
    }

    /// <summary>Where a concrete region lies.</summary>
    public static AddressRange RangeOf(Region<Word> region) => new(region.Name, region.Start.Value, region.Length.Value);

    /// <summary>Every concrete region whose length is not that of its bytes.</summary>
    public static Sequence<string> LengthProblems(Sequence<Region<Word>> regions)
    {
        Sequence<string> problems = [];
        foreach (var region in regions)
        {
            if (region.Bytes is ByteTree bytes && region.Length.Value != (ulong)bytes.Length)
                problems = problems.Add($"region '{region.Name}' has the length {region.Length.Value}, but {bytes.Length} bytes");
        }

        return problems;
    }
}
