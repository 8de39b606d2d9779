using System.Runtime.InteropServices;
using RbpfSpec.Interp.Compact;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Refinement;

/// <summary>Compiled code run on the state that a model describes.</summary>
/// <remarks>
/// The steps of the instruction are followed by steps that stop with numbers of their own: one stands for the next
/// instruction, one for the target of a jump, one for each step that a frame returns to; those between stand for none.
/// </remarks>
internal static unsafe class NativeRun
{
    /// <summary>Beyond this a region is not laid out.</summary>
    public const ulong LongestRegion = 4096;

    private const ulong FirstLanding = 1000;

    // From one step that stands for something to the next.
    private const int Apart = 8;

    /// <summary>What the code comes to; null if a region is too long to lay out.</summary>
    /// <param name="code">The engine; of a mutant, what it is a mutant of.</param>
    /// <param name="way">The setup and the steps.</param>
    /// <param name="state">The state, as the semantics has it.</param>
    /// <param name="address">The address accessed, if there is one.</param>
    /// <param name="assignment">The model.</param>
    public static Ending? Of(EngineCode code, MachineWay way, State<Word> state, ulong? address, Assignment assignment)
    {
        if (state.Memory.Regions.Any(region => region.Length.Value > LongestRegion)) return null;

        // Safe: everything is on the pinned heap, large enough for what the state counts, and alive until the end.
        var machine = way.Correspondence.Setup;
        var frameBytes = (int)state.Memory.Stack.FrameBytes.Value;
        var depth = state.Frames.Count;
        var steps = Steps(code, way, depth, assignment);
        var frames = GC.AllocateArray<SavedFrame>(machine.Nested + 1, pinned: true);
        var regions = GC.AllocateArray<MappedRegion>(state.Memory.Regions.Count + machine.Nested, pinned: true);
        var stack = GC.AllocateArray<byte>(frameBytes * (machine.Nested + 1), pinned: true);
        var states = GC.AllocateArray<MachineState>(1, pinned: true);
        var nowhere = GC.AllocateArray<byte>((int)LongestRegion + 8, pinned: true);
        nowhere.AsSpan().Fill(0xa5);
        var hosts = new byte[state.Memory.Regions.Count][];
        var first = Pointer<CompactInstruction>(steps);
        var now = Pointer<MachineState>(states);
        for (var i = 0; i < hosts.Length; i++)
        {
            var region = state.Memory.Regions[i];
            hosts[i] = GC.AllocateArray<byte>((int)region.Length.Value + 8, pinned: true);
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

        for (var i = 0; i < depth; i++)
        {
            var saved = state.Frames[i].Saved;
            frames[i] = new()
            {
                ReturnTo = first + way.Steps.Count + (Apart * (2 + i)),
                R6 = saved[0].Value,
                R7 = saved[1].Value,
                R8 = saved[2].Value,
                R9 = saved[3].Value,
                R10 = saved[4].Value,
            };
        }

        for (var i = 0; i < MachineState.RegisterCount; i++) now->Registers[i] = state.Registers[i].Value;
        now->StackStart = state.Memory.Stack.Start.Value;
        now->StackHost = FrameAt(depth);
        now->Stack1 = Grants.Reach((ulong)frameBytes, 1);
        now->Stack2 = Grants.Reach((ulong)frameBytes, 2);
        now->Stack4 = Grants.Reach((ulong)frameBytes, 4);
        now->Stack8 = Grants.Reach((ulong)frameBytes, 8);
        now->FrameBytes = (ulong)frameBytes;
        now->FrameStride = (ulong)frameBytes;
        now->CallsLeft = (ulong)(machine.Nested - depth);
        now->Depth = (ulong)depth;
        now->Frames = Pointer<SavedFrame>(frames);
        now->Regions = Pointer<MappedRegion>(regions);
        now->RegionCount = (ulong)state.Memory.Regions.Count;
        now->Instructions = state.Budget.Instructions is Allowance<Word>.Remaining(var instructions) ? instructions.Value : 0;
        now->Branches = (ulong)assignment.Evaluate(machine.BranchesLeft);
        var (start, cached) = Cache();
        var stop = code.Run(first, now, start, cached);
        var ending = EndingOf();
        GC.KeepAlive((steps, frames, regions, stack, states, nowhere, hosts));
        return ending;

        byte* FrameAt(int at) => Pointer<byte>(stack) + (frameBytes * (machine.Nested - at));

        byte* HostOf(int region)
        {
            for (var i = 0; i <= machine.Nested; i++)
            {
                if (machine.HostOf(region) == MachineMemory.StackFrameAt(i)) return FrameAt(i);
            }

            return Pointer<byte>(hosts[region]);
        }

        (ulong Start, nint Host) Cache()
        {
            var index = machine.Cached switch
            {
                Cached.AnyRegion => 0,
                Cached.StackFrame => depth == 0 ? 1 : state.Memory.Regions.Count - 1,
                Cached.Anything or Cached.Nothing => -1,
            };
            if (index < 0) return ((ulong)assignment.Evaluate(Make.Variable("cached.start", 64)), (nint)Pointer<byte>(nowhere));
            var region = regions[index];
            Grants.Cache(
                now,
                (region.Permission & Grants.Read) == 0 ? 0 : region.Length,
                (region.Permission & Grants.Write) == 0 ? 0 : region.Length);
            return (region.Start, (nint)region.Host);
        }

        Ending EndingOf()
        {
            var landing = stop is >= FirstLanding and <= FirstLanding + 1000 ? (int)(stop - FirstLanding) : -1;
            ulong? slot = landing switch
            {
                < 0 => now->Stopped - first is var index && index >= 0 && index < way.Steps.Count ? state.ProgramCounter.Value : null,
                0 => state.ProgramCounter.Value + (ulong)machine.Setup.Form.Layout.Slots,
                Apart => (ulong)assignment.Evaluate(machine.Target),
                _ when landing % Apart == 0 => state.Frames[(landing / Apart) - 2].ReturnTo.Value,
                _ => null,
            };

            return new(
                landing >= 0 ? "goes on" : Ending.EventOf(stop),
                Sequence.Generate(MachineState.RegisterCount, number => now->Registers[number]),
                slot,
                state.Budget.Branches is Allowance<Word>.Unlimited ? null : now->Branches,
                state.Budget.Instructions is Allowance<Word>.Unlimited ? null : now->Instructions,
                address is { } at ? BytesAt(at) : []);
        }

        Sequence<byte> BytesAt(ulong at)
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
    }

    private static CompactInstruction[] Steps(EngineCode code, MachineWay way, int depth, Assignment assignment)
    {
        var steps = GC.AllocateArray<CompactInstruction>(way.Steps.Count + (Apart * (3 + depth)), pinned: true);
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = i < way.Steps.Count
                ? new()
                {
                    Code = way.Steps[i].Code,
                    Destination = (byte)Value(way.Steps[i].Destination),
                    Source = (byte)Value(way.Steps[i].Source),
                    Offset = ReferenceEquals(way.Steps[i].Offset.Term, MachineSetup.Distance)
                        ? (1 + Apart) * sizeof(CompactInstruction)
                        : (int)(uint)Value(way.Steps[i].Offset),
                    Immediate = Value(way.Steps[i].Immediate),
                }
                : new() { Code = Code.TrapAlways, Immediate = FirstLanding + (ulong)(i - way.Steps.Count) };
        }

        code.SetHandlers(steps);
        return steps;

        ulong Value(TermWord word) => (ulong)assignment.Evaluate(word.Term);
    }

    private static T* Pointer<T>(T[] pinned)
        where T : unmanaged => (T*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
}
