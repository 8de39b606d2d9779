using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>The lengths that a context may have, in bytes.</summary>
/// <param name="Least">The least.</param>
/// <param name="Greatest">The greatest.</param>
public readonly record struct ContextLengths(int Least, int Greatest)
{
    /// <summary>The greatest length that can be asked about: the next region begins behind it.</summary>
    public const int Most = (int)(AddressSpace.Image - AddressSpace.Context);

    /// <summary>All lengths.</summary>
    public static ContextLengths All => new(0, Most);

    /// <summary>As in <c>8</c>, <c>8..64</c> or <c>8..</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Least}{(Least == Greatest ? "" : Greatest == Most ? ".." : $"..{Greatest}")}");
}

/// <summary>A program that is analysed, with all that is assumed of its runs.</summary>
/// <param name="Machine">The machine, loaded with a program that passed the preflight check.</param>
/// <param name="Entry">The slot to begin at.</param>
public sealed record AnalysedProgram(ReferenceMachine Machine, int Entry)
{
    /// <summary>The number of the value that is the length of the context.</summary>
    public const long LengthValue = 1;

    /// <summary>The lengths that the context may have: none, or from one byte on.</summary>
    public ContextLengths Context { get; init; } = new(0, 0);

    /// <summary>Further regions, where they lie.</summary>
    public Sequence<AnalysedRegion> Regions { get; init; }

    /// <summary>The helpers that the program may call.</summary>
    public Sequence<Helper> Helpers { get; init; }

    /// <summary>The profile.</summary>
    public Profile Profile => Machine.Profile;

    /// <summary>The regions but for the frames.</summary>
    public Sequence<AnalysedRegion> AllRegions => Context.Greatest == 0
        ? Regions
        : [new("context", AddressSpace.Context, Length, Permission.ReadWrite, []), .. Regions];

    /// <summary>The first instruction that asks a platform or a host of which nothing is assumed; null if there is none.</summary>
    /// <remarks>As a part of a sentence. What is found of a program that has one is no claim about its runs.</remarks>
    public string? Dependence
    {
        get
        {
            for (var slot = 0; slot < Machine.Program.Length; slot++)
            {
                if (Machine.At(slot) is not Decoded.Valid(var instruction)) continue;
                switch (instruction.Form.Operation)
                {
                    case WideLoad and not WideLoad.Plain or PacketLoad:
                        return FormattableString.Invariant($"the instruction at slot {slot} depends on the platform");
                    case CallOperation.ByBtfId:
                        return FormattableString.Invariant($"the instruction at slot {slot} calls a function by BTF id");
                }
            }

            return null;
        }
    }

    /// <summary>A program with what an image and a host give it, asked about as many times as contexts differ in kind.</summary>
    /// <remarks>Without a context r1 is no address, so that is a case of its own.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The lengths are none, or too great.</exception>
    /// <exception cref="ArgumentException">No run has these regions or helpers: <see cref="Start.Problems()"/>.</exception>
    public static Sequence<AnalysedProgram> Cases(
        ReferenceMachine machine, int entry, Sequence<Region<Word>> regions, Sequence<Helper> helpers, ContextLengths context)
    {
        if (context.Least < 0 || context.Greatest < context.Least || context.Greatest > ContextLengths.Most)
            throw new ArgumentOutOfRangeException(nameof(context), context, $"a context has 0 to {ContextLengths.Most} bytes");
        if (ProblemOf(machine.Profile, regions, helpers) is var (name, problem)) throw new ArgumentException(problem, name);
        var program = new AnalysedProgram(machine, entry) { Regions = regions.Map(Region), Helpers = helpers };
        Sequence<AnalysedProgram> cases = [];
        if (context.Least == 0) cases = cases.Add(program);
        return context.Greatest == 0
            ? cases
            : cases.Add(program with { Context = context with { Least = Math.Max(context.Least, 1) } });
    }

    /// <summary>The state to begin in.</summary>
    public AbstractState Initial()
    {
        var zero = RangeWord.Constant(0, Width.Bits64);
        var registers = Sequence.Generate(Registers<Word>.Count, _ => zero);
        if (Context.Greatest > 0) registers = registers.With(1, RangeWord.Constant(AddressSpace.Context, Width.Bits64));
        if (Profile.InitialRegisters is InitialRegisters.ContextAndLength) registers = registers.With(2, Length);
        registers = registers.With(Register.Last, RangeWord.Constant(AddressSpace.Stack + (ulong)Profile.FrameBytes, Width.Bits64));
        var relations = Context.Least == Context.Greatest ? RelationSet.Empty : RelationSet.Empty.With(LengthValue, LengthOf(Context));
        return new(registers, [new(-1, [], FrameCells.Fresh(Profile.FrameBytes))], relations, []);
    }

    /// <summary>The memory of a state.</summary>
    public RangeMemory MemoryOf(AbstractState state) => new(AllRegions, Profile.FrameBytes, AddressSpace.Stack, state);

    /// <summary>The state as rules read it.</summary>
    public State<RangeWord> StateOf(int slot, AbstractState state) => StateOf(slot, state, AllRegions, Host());

    /// <summary>The same, with what all states have in common.</summary>
    /// <param name="slot">The slot of the instruction.</param>
    /// <param name="state">The state.</param>
    /// <param name="regions">The regions but for the frames.</param>
    /// <param name="host">The host.</param>
    internal State<RangeWord> StateOf(int slot, AbstractState state, Sequence<AnalysedRegion> regions, HostState<RangeWord> host)
    {
        Sequence<Frame<RangeWord>> frames = [];
        foreach (var frame in state.Frames)
        {
            if (frame.ReturnTo >= 0) frames = frames.Add(new(RangeWord.Constant((ulong)frame.ReturnTo, Width.Bits64), frame.Saved));
        }

        return new(
            new AbstractRegisters(state.Registers),
            RangeWord.Constant((ulong)slot, Width.Bits64),
            new RangeMemory(regions, Profile.FrameBytes, AddressSpace.Stack, state),
            frames,
            Unlimited,
            host);
    }

    /// <summary>The host as states have it: its helpers may answer anything.</summary>
    internal HostState<RangeWord> Host() => HostState<RangeWord>.Bare with { Helpers = Helpers.Map(AnyOutcome) };

    // What is said of a region or a helper as none can be would be about no run, whatever it is.
    private static (string Name, string Problem)? ProblemOf(Profile profile, Sequence<Region<Word>> regions, Sequence<Helper> helpers)
    {
        if (regions.Any(static region => region?.Bytes is null)) return (nameof(regions), "a region is missing, or its bytes are");
        if (new Start(profile) { Regions = regions }.Problems() is { IsEmpty: false } wrong) return (nameof(regions), wrong[0]);
        foreach (var helper in helpers)
        {
            if (helper is null) return (nameof(helpers), "a helper is missing");
            if (helper.Problems() is { IsEmpty: false } problems) return (nameof(helpers), problems[0]);
        }

        return null;
    }

    private static readonly Budget<RangeWord> Unlimited = new(new Allowance<RangeWord>.Unlimited(), new Allowance<RangeWord>.Unlimited());

    // A single length is a number.
    private RangeWord Length => LengthOf(Context);

    private static RangeWord LengthOf(ContextLengths context) => context.Least == context.Greatest
        ? RangeWord.Constant((ulong)context.Least, Width.Bits64)
        : RelationSet.Value(
            LengthValue, ValueRange<Word>.Between(Word.Of((ulong)context.Least), Word.Of((ulong)context.Greatest)));

    private static AnalysedRegion Region(Region<Word> region) => new(
        region.Name,
        region.Start.Value,
        RangeWord.Constant(region.Length.Value, Width.Bits64),
        (region.Readable.Value ? Permission.Read : Permission.None) | (region.Writable.Value ? Permission.Write : Permission.None),
        region.Writable.Value
            ? []
            : Sequence.Generate((int)region.Length.Value, i => (byte)region.Bytes.Read(Word.Of((ulong)i), Width.Bits8).Value));

    // A helper may answer anything, and write anything to the views that it may write.
    private static HelperFunction<RangeWord> AnyOutcome(Helper helper) => new(helper, call =>
    {
        Sequence<ViewWrite<RangeWord>> writes = [];
        for (var i = 0; i < helper.Arguments.Count; i++)
        {
            if (helper.Arguments[i] is not ArgumentKind.Writable) continue;
            var last = call.Views[i].Length.Values.Greatest.Value;
            if (last > 0) writes = writes.Add(new(i + 1, RangeWord.Between(0, last - 1), RangeWord.Any(Width.Bits8)));
        }

        return new(RangeWord.Any(Width.Bits64), call.State, writes);
    });
}
