using RbpfSpec.Interp.Compact;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Interp;

/// <summary>The fast machine on the states of the semantics: what <see cref="ReferenceMachine"/> does, faster.</summary>
/// <remarks>
/// For comparing, and for tools: a state is copied in and out, and a helper call is a step of the reference machine.
/// Programs that run often belong into a <see cref="Vm"/>. One thread at a time may use a machine.
/// </remarks>
public sealed class FastMachine
{
    private readonly CheckedProgram program;
    private readonly Core core;
    private readonly Lazy<ReferenceMachine> reference;
    private CompactProgram? plain;
    private CompactProgram? metered;
    private Platform<Word>? platform;

    /// <summary>A machine loaded with a program.</summary>
    /// <exception cref="PlatformNotSupportedException">The engine does not work in this process.</exception>
    public FastMachine(CheckedProgram program, Engine engine = Engine.Auto)
    {
        this.program = program;
        Engine = Engines.Choose(engine);
        core = new(program.Rules.Profile, Engine);
        reference = new(() => new(program.Program, program.Rules.Profile));
    }

    /// <summary>The engine; never <see cref="Engine.Auto"/>.</summary>
    public Engine Engine { get; }

    /// <summary>Runs a state to its end: EXIT or a trap.</summary>
    /// <param name="state">
    /// The state, as <see cref="Start"/> and steps from there make it: its regions are disjoint, hold
    /// <see cref="ByteTree"/>s, and end in the frames of the local calls, each right below the one before.
    /// </param>
    /// <exception cref="InvalidOperationException">The state is none such.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It goes on, or a local call returns, where no instruction starts.</exception>
    public Outcome<Word, Bit> Run(State<Word, Bit> state) => Run(state, state.Budget.Instructions is Allowance<Word>.Remaining);

    /// <summary>Runs a state to its end, and counts the instructions executed, without one that traps.</summary>
    /// <param name="state">The state, as of <see cref="Run(State{Word, Bit})"/>.</param>
    /// <param name="instructions">The number of instructions; a wide one counts once.</param>
    /// <exception cref="InvalidOperationException">The state is none such.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It goes on, or a local call returns, where no instruction starts.</exception>
    public Outcome<Word, Bit> Run(State<Word, Bit> state, out ulong instructions)
    {
        var limit = new Allowance<Word>.Remaining(Word.Of(Left(state.Budget.Instructions)));
        var outcome = Run(state with { Budget = state.Budget with { Instructions = limit } }, isMetered: true);
        instructions = limit.Count.Value - Left(outcome.State.Budget.Instructions);
        return state.Budget.Instructions is Allowance<Word>.Remaining
            ? outcome
            : End(outcome, outcome.State with { Budget = outcome.State.Budget with { Instructions = state.Budget.Instructions } });
    }

    private static Outcome<Word, Bit> End(Outcome<Word, Bit> outcome, State<Word, Bit> state) => outcome switch
    {
        Outcome<Word, Bit>.Next => new Outcome<Word, Bit>.Next(state),
        Outcome<Word, Bit>.Exited => new Outcome<Word, Bit>.Exited(state),
        Outcome<Word, Bit>.Trapped trapped => new Outcome<Word, Bit>.Trapped(trapped.Trap, state),
    };

    private static ulong Left(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => ulong.MaxValue,
        Allowance<Word>.Remaining(var count) => count.Value,
    };

    private Outcome<Word, Bit> Run(State<Word, Bit> state, bool isMetered)
    {
        var compact = CompactFor(state.Host.Platform, isMetered);
        while (true)
        {
            var (stop, end) = new Transfer(state, core, compact).Run();
            if (stop is Stop.Exit) return new Outcome<Word, Bit>.Exited(end);
            if (stop is Stop.Call)
            {
                var outcome = reference.Value.Step(end);
                if (outcome is not Outcome<Word, Bit>.Next) return outcome;
                end = outcome.State;
            }
            else if (stop is not Stop.BranchBudget || end.Budget.Branches is Allowance<Word>.Remaining)
            {
                return new Outcome<Word, Bit>.Trapped((Trap)(stop - Stop.FirstTrap), end);
            }

            // A helper has acted; or there is no limit, and another 2^64 branches are granted.
            state = end;
        }
    }

    private CompactProgram CompactFor(Platform<Word> current, bool isMetered)
    {
        if (current != platform) (platform, plain, metered) = (current, null, null);
        return isMetered
            ? metered ??= Compactor.Compact(program, current, Engine, isMetered: true)
            : plain ??= Compactor.Compact(program, current, Engine, isMetered: false);
    }

    /// <summary>One state in the core's memory, and back.</summary>
    private readonly struct Transfer
    {
        private readonly State<Word, Bit> state;
        private readonly Core core;
        private readonly CompactProgram compact;
        private readonly int depth;
        private readonly int lasting;
        private readonly ulong entryStart;

        public Transfer(State<Word, Bit> state, Core core, CompactProgram compact)
        {
            this.state = state;
            this.core = core;
            this.compact = compact;
            depth = state.Frames.Count;
            lasting = state.Memory.Regions.Count - depth;
            entryStart = state.Memory.Stack.Start.Value + ((ulong)depth * state.Memory.Stack.FrameBytes.Value);
            if (depth > (int)core.Nested || lasting < 0) throw Irregular();
        }

        // Safe: the arrays that regions point to are pinned, and kept alive by the list of them until the run is over.
        public unsafe (ulong Stop, State<Word, Bit> End) Run()
        {
            var arrays = new byte[lasting][];
            Enter(arrays);
            var stop = core.Run(compact.At(state.ProgramCounter.Value));
            return (stop, Leave(stop, arrays));
        }

        private unsafe void Enter(byte[][] arrays)
        {
            core.Reserve(lasting);
            core.Begin(entryStart);
            var machine = core.State;
            for (var i = 0; i < MachineState.RegisterCount; i++) machine->Registers[i] = state.Registers[i].Value;
            machine->Branches = Left(state.Budget.Branches);
            machine->Instructions = Left(state.Budget.Instructions);

            var hasStack = false;
            for (var i = 0; i < lasting; i++)
            {
                var region = state.Memory.Regions[i];
                var isStack = !hasStack && IsFrame(region, 0);
                hasStack |= isStack;
                core.Add(
                    region.Start.Value,
                    region.Length.Value,
                    isStack ? Fill(core.Frame(0), region) : Pin(region, out arrays[i]),
                    (region.Readable.Value ? Grants.Read : 0) | (region.Writable.Value ? Grants.Write : 0));
            }

            if (!hasStack) throw Irregular();
            for (var i = 0; i < depth; i++) EnterFrame(i);
        }

        private unsafe void EnterFrame(int number)
        {
            var region = state.Memory.Regions[lasting + number];
            var frame = state.Frames[number];
            if (!IsFrame(region, number + 1) || frame.Saved.Count != 5) throw Irregular();
            var machine = core.State;
            var saved = machine->Frames + number;
            saved->ReturnTo = compact.At(frame.ReturnTo.Value);
            saved->R6 = frame.Saved[0].Value;
            saved->R7 = frame.Saved[1].Value;
            saved->R8 = frame.Saved[2].Value;
            saved->R9 = frame.Saved[3].Value;
            saved->R10 = frame.Saved[4].Value;
            machine->StackStart = region.Start.Value;
            machine->StackHost = Fill(core.Frame((ulong)number + 1), region);
            machine->Depth++;
            machine->CallsLeft--;
            core.Add(region.Start.Value, region.Length.Value, machine->StackHost, Grants.ReadWrite);
        }

        private unsafe State<Word, Bit> Leave(ulong stop, byte[][] arrays)
        {
            var machine = core.State;
            var unpaid = compact.IsMetered && stop is not (Stop.Exit or Stop.InstructionBudget) ? 1UL : 0;
            var registers = new Word[MachineState.RegisterCount];
            for (var i = 0; i < registers.Length; i++) registers[i] = Word.Of(machine->Registers[i]);
            var regions = new List<Region<Word, Bit>>();
            for (var i = 0; i < lasting; i++)
            {
                var region = state.Memory.Regions[i];
                regions.Add(region with { Bytes = arrays[i] is { } array ? ByteTree.Of(array) : Bytes(core.Frame(0)) });
            }

            var frames = new List<Frame<Word>>();
            for (var i = 0; i < (int)machine->Depth; i++)
            {
                var saved = machine->Frames[i];
                frames.Add(new(
                    Word.Of((ulong)compact.SlotOf(saved.ReturnTo)),
                    [Word.Of(saved.R6), Word.Of(saved.R7), Word.Of(saved.R8), Word.Of(saved.R9), Word.Of(saved.R10)]));
                var bit = Bit.Of(true);
                regions.Add(new(
                    "stack frame", Word.Of(FrameStart(i + 1)), state.Memory.Stack.FrameBytes, bit, bit, Bytes(core.Frame((ulong)i + 1))));
            }

            return state with
            {
                Registers = Registers<Word, Bit>.Of(registers),
                ProgramCounter = Word.Of((ulong)compact.SlotOf(machine->Stopped)),
                Memory = new(regions.ToSequence(), state.Memory.Stack with { Start = Word.Of(FrameStart((int)machine->Depth)) }),
                Frames = frames.ToSequence(),
                Budget = new(
                    After(state.Budget.Branches, machine->Branches),
                    After(state.Budget.Instructions, machine->Instructions + unpaid)),
            };
        }

        private static Allowance<Word> After(Allowance<Word> before, ulong left) => before switch
        {
            Allowance<Word>.Unlimited => before,
            Allowance<Word>.Remaining => new Allowance<Word>.Remaining(Word.Of(left)),
        };

        private static unsafe byte* Pin(Region<Word, Bit> region, out byte[] array)
        {
            var bytes = ((ByteTree)region.Bytes).ToArray();
            array = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
            bytes.CopyTo(array, 0);
            return (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        }

        private static unsafe byte* Fill(byte* frame, Region<Word, Bit> region)
        {
            var bytes = ((ByteTree)region.Bytes).ToArray();
            bytes.CopyTo(new Span<byte>(frame, bytes.Length));
            return frame;
        }

        private unsafe ByteTree Bytes(byte* frame) => ByteTree.Of(new(frame, (int)state.Memory.Stack.FrameBytes.Value));

        private ulong FrameStart(int number) => entryStart - ((ulong)number * state.Memory.Stack.FrameBytes.Value);

        private bool IsFrame(Region<Word, Bit> region, int number) =>
            region.Start.Value == FrameStart(number)
            && region.Length.Value == core.FrameBytes
            && state.Memory.Stack.FrameBytes.Value == core.FrameBytes
            && region.Readable.Value
            && region.Writable.Value;

        private static InvalidOperationException Irregular() => new("the state's stack frames are not those of its local calls");
    }
}
