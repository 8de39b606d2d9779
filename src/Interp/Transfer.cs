using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Pinned;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Interp;

/// <summary>A state of the semantics in a core's memory: copied in at the start, out at the end, and lent in between.</summary>
/// <remarks>
/// The copies cost what the regions hold that is not zero, and what can have changed. The state has the shape that
/// <see cref="StateShape"/> checks.
/// </remarks>
internal sealed class Transfer
{
    private readonly State<Word> state;
    private readonly Core core;
    private readonly TieredProgram tiered;
    private readonly int lasting;
    private readonly int entryFrame;
    private readonly ulong entryStart;

    // Of each region that is no stack frame its bytes; held so that they live while the core points to them.
    private readonly PinnedBytes[] taken;

    /// <summary>Copies a state in.</summary>
    /// <param name="state">The state.</param>
    /// <param name="core">The core.</param>
    /// <param name="tiered">The program that runs on it.</param>
    /// <param name="memory">Where the memory of regions is from, until the end of the run.</param>
    /// <exception cref="ArgumentOutOfRangeException">A local call returns where no instruction starts.</exception>
    public Transfer(State<Word> state, Core core, TieredProgram tiered, PinnedMemory memory)
    {
        this.state = state;
        this.core = core;
        this.tiered = tiered;
        Host = state.Host;
        lasting = state.Memory.Regions.Count - state.Frames.Count;
        entryFrame = StateShape.EntryFrame(state);
        entryStart = StateShape.FrameStart(state, 0);
        taken = new PinnedBytes[lasting];
        Enter(memory);
    }

    /// <summary>The host, as the last helper left it.</summary>
    public Semantics.Helpers.HostState<Word> Host { get; private set; }

    /// <summary>The state at a call of a helper, its bytes lent.</summary>
    /// <param name="loan">How long they are.</param>
    public unsafe State<Word> Lend(Loan loan) => Out(core.State->Stopped, Unpaid(Stop.Call), (region, index) =>
    {
        var bytes = BytesOf(index);
        return region with { Bytes = new LentBytes(loan, bytes.Array, bytes.Start, bytes.Length) };
    });

    /// <summary>Takes over what a step of the reference machine made of a state that was lent.</summary>
    public unsafe void Settle(State<Word> after)
    {
        for (var i = 0; i < RunState.RegisterCount; i++) core.State->Registers[i] = after.Registers[i].Value;
        foreach (var region in after.Memory.Regions) ((LentBytes)region.Bytes).Settle();
        Host = after.Host;
    }

    /// <summary>The state at the step at which an engine stopped.</summary>
    /// <param name="stop">Why.</param>
    public unsafe State<Word> End(ulong stop) => CopyOut(core.State->Stopped, Unpaid(stop));

    /// <summary>The state after a call of a helper that has been settled.</summary>
    public unsafe State<Word> AfterCall() => CopyOut(core.State->Stopped + 1, 0);

    // Safe: the bytes that regions point to are pinned, as many as their regions say, and kept by this object or the core.
    private unsafe void Enter(PinnedMemory memory)
    {
        core.Reserve(lasting);
        core.Begin(entryStart);
        var machine = core.State;
        for (var i = 0; i < RunState.RegisterCount; i++) machine->Registers[i] = state.Registers[i].Value;
        machine->Branches = Left(state.Budget.Branches);
        machine->Instructions = Left(state.Budget.Instructions);
        for (var i = 0; i < lasting; i++)
        {
            var region = state.Memory.Regions[i];
            core.Add(
                region.Start.Value,
                region.Length.Value,
                i == entryFrame ? Fill(0, region) : Copy(region, taken[i] = memory.Take(((ByteTree)region.Bytes).Length)),
                (region.Readable.Value ? Grants.Read : 0) | (region.Writable.Value ? Grants.Write : 0));
        }

        for (var i = 0; i < state.Frames.Count; i++) EnterFrame(i);
    }

    private unsafe void EnterFrame(int number)
    {
        var region = state.Memory.Regions[lasting + number];
        var frame = state.Frames[number];
        var machine = core.State;
        var saved = machine->Frames + number;
        saved->ReturnTo = tiered.Current.At(frame.ReturnTo.Value);
        saved->R6 = frame.Saved[0].Value;
        saved->R7 = frame.Saved[1].Value;
        saved->R8 = frame.Saved[2].Value;
        saved->R9 = frame.Saved[3].Value;
        saved->R10 = frame.Saved[4].Value;
        machine->StackStart = region.Start.Value;
        machine->StackHost = Fill((ulong)number + 1, region);
        machine->Depth++;
        machine->CallsLeft--;
        core.Add(region.Start.Value, region.Length.Value, machine->StackHost, Grants.ReadWrite);
    }

    private static unsafe byte* Copy(Region<Word> region, PinnedBytes zeros)
    {
        ((ByteTree)region.Bytes).CopyTo(zeros.Span, 0, isZeroed: true);
        return zeros.First;
    }

    private unsafe byte* Fill(ulong depth, Region<Word> region)
    {
        var frame = core.FrameOf(depth);
        ((ByteTree)region.Bytes).CopyTo(frame.Span);
        return frame.First;
    }

    private unsafe State<Word> CopyOut(PredecodedStep* step, ulong unpaid) => Out(step, unpaid, (region, index) =>
    {
        if (index < lasting && (!region.Writable.Value || !tiered.Current.MayWrite)) return region;
        return region with { Bytes = ByteTree.Of(BytesOf(index).Span) };
    });

    private unsafe State<Word> Out(PredecodedStep* step, ulong unpaid, Func<Region<Word>, int, Region<Word>> with)
    {
        var machine = core.State;
        var depth = (int)machine->Depth;
        var registers = new Word[RunState.RegisterCount];
        for (var i = 0; i < registers.Length; i++) registers[i] = Word.Of(machine->Registers[i]);
        var regions = new Region<Word>[lasting + depth];
        for (var i = 0; i < lasting; i++) regions[i] = with(state.Memory.Regions[i], i);
        var frames = new Frame<Word>[depth];
        var stack = state.Memory.Stack;
        for (var i = 0; i < depth; i++)
        {
            var saved = machine->Frames[i];
            frames[i] = new(
                Word.Of((ulong)tiered.Current.SlotOf(saved.ReturnTo)),
                [Word.Of(saved.R6), Word.Of(saved.R7), Word.Of(saved.R8), Word.Of(saved.R9), Word.Of(saved.R10)]);
            var bit = Truth<Word>.Of(true);
            regions[lasting + i] = with(
                new("stack frame", Word.Of(FrameStart(i + 1)), stack.FrameBytes, bit, bit, stack.FreshFrame), lasting + i);
        }

        return state with
        {
            Registers = ConcreteRegisters.Of(registers),
            ProgramCounter = Word.Of((ulong)tiered.Current.SlotOf(step)),
            Memory = new RegionMemory<Word>(Sequence.Of<Region<Word>>(regions), stack with { Start = Word.Of(FrameStart(depth)) }),
            Frames = Sequence.Of<Frame<Word>>(frames),
            Budget = new(
                After(state.Budget.Branches, machine->Branches),
                After(state.Budget.Instructions, machine->Instructions + unpaid)),
            Host = Host,
        };
    }

    private PinnedBytes BytesOf(int index) =>
        index >= lasting ? core.FrameOf((ulong)(index - lasting) + 1) : index == entryFrame ? core.FrameOf(0) : taken[index];

    // A trap, and a call before it is done, leave the budget as it was before the instruction.
    private ulong Unpaid(ulong stop) => tiered.Current.IsMetered && stop is not (Stop.Exit or Stop.InstructionBudget) ? 1UL : 0;

    private ulong FrameStart(int number) => entryStart - ((ulong)number * core.FrameBytes);

    private static ulong Left(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => ulong.MaxValue,
        Allowance<Word>.Remaining(var count) => count.Value,
    };

    private static Allowance<Word> After(Allowance<Word> before, ulong left) => before switch
    {
        Allowance<Word>.Unlimited => before,
        Allowance<Word>.Remaining => new Allowance<Word>.Remaining(Word.Of(left)),
    };
}
