namespace RbpfSpec.Mutants;

/// <summary>A memory of regions of another domain, asked with mutant words.</summary>
/// <remarks>Its regions are made mutants when a rule first asks: most rules never do, and a mutant runs often.</remarks>
internal sealed class MutantMemory<T> : IMemory<MutantWord<T>>
    where T : IWord<T>
{
    private readonly IMemory<T>? before;
    private RegionMemory<MutantWord<T>>? regions;

    /// <summary>The memory of a state.</summary>
    public MutantMemory(IMemory<T> before) => this.before = before;

    private MutantMemory(IMemory<MutantWord<T>> written) => regions = RegionMemory.Of(written);

    public MutantWord<T> FrameStart => Regions.FrameStart;

    // Made of the memory before, and never changed then.
    private RegionMemory<MutantWord<T>> Regions => regions ??= Up(before!);

    public Truth<MutantWord<T>> Grants(MutantWord<T> address, MutantWord<T> count, Access access) =>
        Regions.Grants(address, count, access);

    public MutantWord<T> Read(MutantWord<T> address, Width width) => Regions.Read(address, width);

    public IMemory<MutantWord<T>> Write(MutantWord<T> address, MutantWord<T> value, Truth<MutantWord<T>> when) =>
        new MutantMemory<T>(Regions.Write(address, value, when));

    public IMemory<MutantWord<T>> Copy(
        IMemory<MutantWord<T>> target, MutantWord<T> to, MutantWord<T> from, ulong count, Truth<MutantWord<T>> when) =>
        new MutantMemory<T>(Regions.Copy(((MutantMemory<T>)target).Regions, to, from, count, when));

    public MutantWord<T> RestOfRegion(MutantWord<T> address) => Regions.RestOfRegion(address);

    public IMemory<MutantWord<T>> PushFrame() => new MutantMemory<T>(Regions.PushFrame());

    public IMemory<MutantWord<T>> PopFrame() => new MutantMemory<T>(Regions.PopFrame());

    /// <summary>The memory in the other domain.</summary>
    public IMemory<T> Down() => before ?? new RegionMemory<T>(
        Regions.Regions.Map(region => new Region<T>(
            region.Name,
            region.Start.Inner,
            region.Length.Inner,
            MutantWord<T>.Down(region.Readable),
            MutantWord<T>.Down(region.Writable),
            ((MutantBytes<T>)region.Bytes).Inner)),
        new(Regions.Stack.Start.Inner, Regions.Stack.FrameBytes.Inner, ((MutantBytes<T>)Regions.Stack.FreshFrame).Inner));

    private static RegionMemory<MutantWord<T>> Up(IMemory<T> memory)
    {
        var given = memory.Regions;
        var stack = memory.Stack;
        return new(
            Sequence.Generate(given.Count, index => Up(given[index], index == 0)),
            new(new(stack.Start), new(stack.FrameBytes), new MutantBytes<T>(stack.FreshFrame)));
    }

    private static Region<MutantWord<T>> Up(Region<T> region, bool isFirst) => new MutantRegion<T>(
        new Region<MutantWord<T>>(
            region.Name,
            new(region.Start),
            new(region.Length),
            MutantWord<T>.Up(region.Readable),
            MutantWord<T>.Up(region.Writable),
            new MutantBytes<T>(region.Bytes)),
        isFirst);
}

/// <summary>A region that tells the run of a rule when its access check is asked for: a walk has come to it.</summary>
/// <param name="Region">The region.</param>
/// <param name="IsFirst">Whether a walk over the regions begins with it.</param>
internal sealed record MutantRegion<T>(Region<MutantWord<T>> Region, bool IsFirst) : Region<MutantWord<T>>(Region)
    where T : IWord<T>
{
    public override Truth<MutantWord<T>> Grants(MutantWord<T> address, MutantWord<T> count, Access access)
    {
        MutantRun.ComesToRegion(IsFirst);
        return base.Grants(address, count, access);
    }
}

/// <summary>Bytes of another domain, read and written with mutant words.</summary>
/// <param name="inner">The bytes.</param>
internal sealed class MutantBytes<T>(IBytes<T> inner) : IBytes<MutantWord<T>>
    where T : IWord<T>
{
    /// <summary>The bytes.</summary>
    public IBytes<T> Inner => inner;

    public MutantWord<T> Read(MutantWord<T> offset, Width width) => new(inner.Read(offset.Inner, width));

    public IBytes<MutantWord<T>> Write(MutantWord<T> offset, MutantWord<T> value, Truth<MutantWord<T>> when) =>
        new MutantBytes<T>(inner.Write(offset.Inner, value.Inner, MutantWord<T>.Down(when)));
}

/// <summary>Registers of another domain, read and written with mutant words: nothing goes wrong in the file itself.</summary>
/// <param name="inner">The registers.</param>
internal sealed class MutantRegisters<T>(IRegisters<T> inner) : IRegisters<MutantWord<T>>
    where T : IWord<T>
{
    /// <summary>The registers.</summary>
    public IRegisters<T> Inner => inner;

    public MutantWord<T> this[int number] => new(inner[number]);

    public MutantWord<T> Read(MutantWord<T> number) => new(inner.Read(number.Inner));

    public IRegisters<MutantWord<T>> Write(MutantWord<T> number, MutantWord<T> value) =>
        new MutantRegisters<T>(inner.Write(number.Inner, value.Inner));

    public IRegisters<MutantWord<T>> With(int number, MutantWord<T> value) =>
        new MutantRegisters<T>(inner.With(number, value.Inner));
}
