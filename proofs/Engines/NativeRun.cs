using System.Runtime.InteropServices;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>Compiled code run on the state that a model describes.</summary>
/// <remarks>
/// The steps of the instruction are followed by steps that stop with numbers of their own: one stands for the next
/// instruction, one for the target of a jump, one for each step that a frame returns to; those between stand for none.
/// </remarks>
internal sealed unsafe class NativeRun
{
    /// <summary>Beyond this a region is not laid out.</summary>
    public const ulong LongestRegion = 4096;

    private const ulong FirstLanding = 1000;

    // From one step that stands for something to the next.
    private const int Apart = 8;

    private readonly MachineWay way;
    private readonly RefinementSetup setup;
    private readonly State<Word> state;
    private readonly Assignment assignment;
    private readonly int frameBytes;
    private readonly int depth;

    // Safe: all are on the pinned heap, large enough for what the state counts, and alive as long as this.
    private readonly PredecodedStep[] steps;
    private readonly SavedFrame[] frames;
    private readonly MappedRegion[] regions;
    private readonly byte[] stack;
    private readonly RunState[] states = GC.AllocateArray<RunState>(1, pinned: true);
    private readonly byte[] nowhere = GC.AllocateArray<byte>((int)LongestRegion + 8, pinned: true);
    private readonly byte[][] hosts;

    private NativeRun(EngineCode code, MachineWay way, State<Word> state, Assignment assignment)
    {
        this.way = way;
        this.state = state;
        this.assignment = assignment;
        setup = way.Correspondence.Setup;
        frameBytes = (int)state.Memory.Stack.FrameBytes.Value;
        depth = state.Frames.Count;
        steps = Steps(code, way, depth, assignment);
        frames = GC.AllocateArray<SavedFrame>(setup.Nested + 1, pinned: true);
        regions = GC.AllocateArray<MappedRegion>(state.Memory.Regions.Count + setup.Nested, pinned: true);
        stack = GC.AllocateArray<byte>(frameBytes * (setup.Nested + 1), pinned: true);
        hosts = [.. state.Memory.Regions.Select(region => GC.AllocateArray<byte>((int)region.Length.Value + 8, pinned: true))];
        nowhere.AsSpan().Fill(0xa5);
        LayRegions();
        LayFrames();
        LayState();
    }

    private PredecodedStep* First => Pointer<PredecodedStep>(steps);

    private RunState* Now => Pointer<RunState>(states);

    /// <summary>The result of the code; null if a region is too long to lay out.</summary>
    /// <param name="code">The engine; of a mutant, what it is a mutant of.</param>
    /// <param name="way">The setup and the steps.</param>
    /// <param name="state">The state, as the semantics has it.</param>
    /// <param name="address">The address accessed, if there is one.</param>
    /// <param name="assignment">The model.</param>
    public static Ending? Of(EngineCode code, MachineWay way, State<Word> state, ulong? address, Assignment assignment)
    {
        if (state.Memory.Regions.Any(region => region.Length.Value > LongestRegion)) return null;
        var run = new NativeRun(code, way, state, assignment);
        var (start, cached) = run.Cache();
        var stop = code.Run(run.First, run.Now, start, cached);
        var ending = run.EndingOf(stop, address);
        GC.KeepAlive(run);
        return ending;
    }

    private void LayRegions()
    {
        for (var i = 0; i < hosts.Length; i++)
        {
            var region = state.Memory.Regions[i];
            var host = HostOf(i);
            for (ulong at = 0; at < region.Length.Value; at++) host[at] = (byte)region.Bytes.Read(Word.Of(at), Width.Bits8).Value;
            regions[i] = new()
            {
                Start = region.Start.Value,
                Length = region.Length.Value,
                Host = host,
                Permission = (region.Readable.Value ? Grants.Read : 0) | (region.Writable.Value ? Grants.Write : 0),
            };
        }
    }

    private void LayFrames()
    {
        for (var i = 0; i < depth; i++)
        {
            var saved = state.Frames[i].Saved;
            frames[i] = new()
            {
                ReturnTo = First + way.Steps.Count + (Apart * (2 + i)),
                R6 = saved[0].Value,
                R7 = saved[1].Value,
                R8 = saved[2].Value,
                R9 = saved[3].Value,
                R10 = saved[4].Value,
            };
        }
    }

    private void LayState()
    {
        var now = Now;
        for (var i = 0; i < RunState.RegisterCount; i++) now->Registers[i] = state.Registers[i].Value;
        now->StackStart = state.Memory.Stack.Start.Value;
        now->StackHost = FrameAt(depth);
        now->Stack1 = Grants.Reach((ulong)frameBytes, 1);
        now->Stack2 = Grants.Reach((ulong)frameBytes, 2);
        now->Stack4 = Grants.Reach((ulong)frameBytes, 4);
        now->Stack8 = Grants.Reach((ulong)frameBytes, 8);
        now->FrameBytes = (ulong)frameBytes;
        now->FrameStride = (ulong)frameBytes;
        now->CallsLeft = (ulong)(setup.Nested - depth);
        now->Depth = (ulong)depth;
        now->Frames = Pointer<SavedFrame>(frames);
        now->Regions = Pointer<MappedRegion>(regions);
        now->RegionCount = (ulong)state.Memory.Regions.Count;
        now->Instructions = state.Budget.Instructions is Allowance<Word>.Remaining(var instructions) ? instructions.Value : 0;
        now->Branches = (ulong)assignment.Evaluate(setup.BranchesLeft);
    }

    private byte* FrameAt(int at) => Pointer<byte>(stack) + (frameBytes * (setup.Nested - at));

    // A region that is a frame of the stack lies there; any other has bytes of its own.
    private byte* HostOf(int region)
    {
        for (var i = 0; i <= setup.Nested; i++)
        {
            if (setup.HostOf(region) == MachineMemory.StackFrameAt(i)) return FrameAt(i);
        }

        return Pointer<byte>(hosts[region]);
    }

    // The region that the machine found last.
    private (ulong Start, nint Host) Cache()
    {
        var index = setup.Cached switch
        {
            Cached.AnyRegion => 0,
            Cached.StackFrame => depth == 0 ? 1 : state.Memory.Regions.Count - 1,
            Cached.Anything or Cached.Nothing => -1,
        };
        if (index < 0) return ((ulong)assignment.Evaluate(Make.Variable("cached.start", 64)), (nint)Pointer<byte>(nowhere));
        var region = regions[index];
        Grants.Cache(
            Now,
            (region.Permission & Grants.Read) == 0 ? 0 : region.Length,
            (region.Permission & Grants.Write) == 0 ? 0 : region.Length);
        return (region.Start, (nint)region.Host);
    }

    private Ending EndingOf(ulong stop, ulong? address)
    {
        var now = Now;
        var landing = stop is >= FirstLanding and <= FirstLanding + 1000 ? (int)(stop - FirstLanding) : -1;
        ulong? slot = landing switch
        {
            < 0 => now->Stopped - First is var index && index >= 0 && index < way.Steps.Count ? state.ProgramCounter.Value : null,
            0 => state.ProgramCounter.Value + (ulong)setup.Setup.Form.Layout.Slots,
            Apart => (ulong)assignment.Evaluate(setup.Target),
            _ when landing % Apart == 0 => state.Frames[(landing / Apart) - 2].ReturnTo.Value,
            _ => null,
        };

        return new(
            landing >= 0 ? "goes on" : Ending.EventOf(stop),
            Sequence.Generate(RunState.RegisterCount, number => Now->Registers[number]),
            slot,
            state.Budget.Branches is Allowance<Word>.Unlimited ? null : now->Branches,
            state.Budget.Instructions is Allowance<Word>.Unlimited ? null : now->Instructions,
            address is { } at ? BytesAt(at) : []);
    }

    private Sequence<byte> BytesAt(ulong at)
    {
        for (var i = 0; i < state.Memory.Regions.Count; i++)
        {
            var offset = at - regions[i].Start;
            if (offset >= regions[i].Length) continue;
            var host = regions[i].Host + offset;
            return Sequence.Generate((int)Math.Min(8, regions[i].Length - offset), index => host[index]);
        }

        return [];
    }

    private static PredecodedStep[] Steps(EngineCode code, MachineWay way, int depth, Assignment assignment)
    {
        var all = GC.AllocateArray<PredecodedStep>(way.Steps.Count + (Apart * (3 + depth)), pinned: true);
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = i < way.Steps.Count
                ? new()
                {
                    Code = way.Steps[i].Code,
                    Destination = (byte)Value(way.Steps[i].Destination),
                    Source = (byte)Value(way.Steps[i].Source),
                    Offset = ReferenceEquals(way.Steps[i].Offset.Term, RefinementSetup.Distance)
                        ? (1 + Apart) * sizeof(PredecodedStep)
                        : (int)(uint)Value(way.Steps[i].Offset),
                    Immediate = Value(way.Steps[i].Immediate),
                }
                : new() { Code = Code.TrapAlways, Immediate = FirstLanding + (ulong)(i - way.Steps.Count) };
        }

        code.SetHandlers(all);
        return all;

        ulong Value(TermWord word) => (ulong)assignment.Evaluate(word.Term);
    }

    private static T* Pointer<T>(T[] pinned)
        where T : unmanaged => (T*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
}
