namespace RbpfSpec.Specification.Script;

/// <summary>A write to memory.</summary>
/// <param name="Address">The address of the first byte.</param>
/// <param name="Value">What is written.</param>
internal sealed record ScriptWrite(ScriptTerm Address, ScriptWord Value);

/// <summary>A stack frame that a rule pushes.</summary>
/// <param name="Start">The address of its first byte.</param>
/// <param name="Length">The number of its bytes.</param>
internal sealed record ScriptFrame(ScriptWord Start, ScriptWord Length);

/// <summary>Memory as the script sees it: what a rule asks becomes a call of the runtime, what it writes is kept.</summary>
/// <remarks>The runtime walks over the regions of its state, and asks <see cref="Granting"/> of each.</remarks>
/// <param name="FrameStart">The address of the first byte of the frame in use.</param>
/// <param name="FrameBytes">The size of a frame.</param>
internal sealed record ScriptMemory(ScriptWord FrameStart, ScriptWord FrameBytes) : IMemory<ScriptWord>
{
    /// <summary>The writes of the rule, in order.</summary>
    public Sequence<ScriptWrite> Writes { get; init; }

    /// <summary>The frame that the rule has pushed; null if it has pushed none.</summary>
    public ScriptFrame? Pushed { get; init; }

    /// <summary>Whether the rule has popped a frame.</summary>
    public bool IsPopped { get; init; }

    /// <summary>Whether a region grants an access, as an object of functions of the script: the body of all walks.</summary>
    public static string Granting
    {
        get
        {
            var region = new Region<ScriptWord>(
                "region",
                ScriptWord.Named("region.start", Width.Bits64),
                ScriptWord.Named("region.length", Width.Bits64),
                ScriptWord.NamedTruth("region.readable"),
                ScriptWord.NamedTruth("region.writable"),
                new NoBytes());
            var (address, count) = (ScriptWord.Named("address", Width.Bits64), ScriptWord.Named("count", Width.Bits64));
            var arms = Enum.GetValues<Access>().Select(access =>
                $"  {NameOf(access)}: (region, address, count) => {TermText.Of(region.Grants(address, count, access).Term)},\n");
            return $"const granting = {{\n{string.Concat(arms)}}};\n";
        }
    }

    public Truth<ScriptWord> Grants(ScriptWord address, ScriptWord count, Access access) =>
        ScriptWord.TruthOf(new ScriptTerm.Apply(Shape.Grants(NameOf(access)), [address.Term, count.Term]));

    public ScriptWord Read(ScriptWord address, Width width) => Writes.IsEmpty
        ? ScriptWord.Of(new ScriptTerm.Apply(Shape.Read(width.Bits), [address.Term]), width)
        : throw new InvalidOperationException("a rule reads what it has written, which the script cannot say");

    public IMemory<ScriptWord> Write(ScriptWord address, ScriptWord value, Truth<ScriptWord> when) =>
        when.IsKnown(out var always) && always
            ? this with { Writes = Writes.Add(new(address.Term, value)) }
            : throw new InvalidOperationException("a rule writes under a condition, which the script cannot say");

    public IMemory<ScriptWord> Copy(
        IMemory<ScriptWord> target, ScriptWord to, ScriptWord from, ulong count, Truth<ScriptWord> when) =>
        throw new InvalidOperationException("a rule copies bytes, which the script cannot say");

    public ScriptWord RestOfRegion(ScriptWord address) =>
        throw new InvalidOperationException("a rule asks for the rest of a region, which the script cannot say");

    public IMemory<ScriptWord> PushFrame()
    {
        var start = FrameStart - FrameBytes;
        return this with { FrameStart = start, Pushed = new(start, FrameBytes) };
    }

    public IMemory<ScriptWord> PopFrame() => this with { FrameStart = FrameStart + FrameBytes, IsPopped = true };

    private static string NameOf(Access access) => access switch
    {
        Access.Read => "read",
        Access.Write => "write",
        Access.ReadWrite => "both",
    };

    // The check of an access asks for no bytes.
    private sealed class NoBytes : IBytes<ScriptWord>
    {
        public ScriptWord Read(ScriptWord offset, Width width) => throw new InvalidOperationException("there are no bytes");

        public IBytes<ScriptWord> Write(ScriptWord offset, ScriptWord value, Truth<ScriptWord> when) =>
            throw new InvalidOperationException("there are no bytes");
    }
}
