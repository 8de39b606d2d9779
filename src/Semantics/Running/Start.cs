using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Running;

/// <summary>The start of a concrete run.</summary>
/// <param name="Profile">The machine variant, which gives registers, stack and budget.</param>
public sealed record Start(Profile Profile)
{
    /// <summary>The slot to begin at.</summary>
    public int Entry { get; init; }

    /// <summary>The bytes of the context; if there are none, r1 and r2 are zero and there is no region.</summary>
    public Sequence<byte> Context { get; init; }

    /// <summary>Further regions, their ranges disjoint from each other, from the context and from the stack.</summary>
    public Sequence<Region<Word>> Regions { get; init; }

    /// <summary>The host.</summary>
    public HostState<Word> Host { get; init; } = HostState<Word>.Bare;

    /// <summary>How many branches and local calls the run may take, if it is not the profile that says so.</summary>
    public Allowance<ulong>? BranchLimit { get; init; }

    /// <summary>How many instructions the run may execute, if it is not the profile that says so.</summary>
    public Allowance<ulong>? InstructionLimit { get; init; }

    /// <summary>The budget of the run.</summary>
    public Budget<Word> Budget => new(
        Budget<Word>.Of(BranchLimit ?? Profile.BranchLimit), Budget<Word>.Of(InstructionLimit ?? Profile.InstructionLimit));

    /// <summary>
    /// The problems that keep a run from starting: a profile or a helper that makes no sense; a region whose length is not that of its
    /// bytes, that wraps around, or that overlaps another, the context, or the stack.
    /// </summary>
    public Sequence<string> Problems() => Problems(AllRegions);

    /// <summary>The state to begin in.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="Problems()"/>.</exception>
    public State<Word> State()
    {
        Sequence<Region<Word>> regions = [];
        var problems = Problems(() => regions = AllRegions());
        return problems.IsEmpty ? StateWith(regions) : throw new InvalidOperationException(problems[0]);
    }

    /// <summary>The state to begin in, of a start that is known to have no <see cref="Problems()"/>, since one like it had none.</summary>
    public State<Word> CheckedState() => StateWith(AllRegions());

    private State<Word> StateWith(Sequence<Region<Word>> regions)
    {
        var frame = ByteTree.Zero(Profile.FrameBytes);
        var size = Word.Of((ulong)Profile.FrameBytes);
        return new(
            InitialRegisters(),
            Word.Of((ulong)Entry),
            new RegionMemory<Word>(regions, new(Word.Of(AddressSpace.Stack), size, frame)),
            [],
            Budget,
            Host);
    }

    // Regions are made only for a profile in which there can be some.
    private Sequence<string> Problems(Func<Sequence<Region<Word>>> make)
    {
        var problems = Profile.Problems();
        foreach (var helper in Host.Helpers) problems = [.. problems, .. helper.Declaration.Problems()];
        foreach (var function in Host.BtfFunctions) problems = [.. problems, .. function.Declaration.Problems()];
        if (!problems.IsEmpty) return problems;
        var regions = make();
        var lengths = Region.LengthProblems(regions);
        var ranges = AddressRange.Problems([StackFrames(), .. regions.Map(Region.RangeOf)]);
        return lengths.IsEmpty ? ranges : [.. lengths, .. ranges];
    }

    // The entry has its frame even where the limit does not grant it one.
    private AddressRange StackFrames()
    {
        var depth = (ulong)Profile.FrameBytes * (ulong)(Math.Max(Profile.FrameLimit, 1) - 1);
        return new("stack frames", AddressSpace.Stack - depth, depth);
    }

    private ConcreteRegisters InitialRegisters()
    {
        var values = new Word[Registers<Word>.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Word.Of(0);
        values[1] = Word.Of(Context.IsEmpty ? 0 : AddressSpace.Context);
        values[2] = Word.Of(Profile.InitialRegisters switch
        {
            Profiles.InitialRegisters.ContextAndLength => (ulong)Context.Count,
            Profiles.InitialRegisters.Context => 0,
        });
        values[Register.Last] = Word.Of(AddressSpace.Stack + (ulong)Profile.FrameBytes);
        return ConcreteRegisters.Of(values);
    }

    private Sequence<Region<Word>> AllRegions()
    {
        var stack = Region.Of("stack", AddressSpace.Stack, ByteTree.Zero(Profile.FrameBytes), Permission.ReadWrite);
        return Context.IsEmpty
            ? [stack, .. Regions.AsSpan()]
            : [stack, Region.Of("context", AddressSpace.Context, Context.AsSpan(), Permission.ReadWrite), .. Regions.AsSpan()];
    }
}
