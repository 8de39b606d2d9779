using RbpfSpec.Conformance.Faults.Plain;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Faults.Families;

/// <summary>Mistakes of machines between the rules: calls and frames, how a run begins, budgets, sizes of programs.</summary>
internal static partial class RunFaults
{
    private const int Frame = 512;

    /// <summary>The faults.</summary>
    public static IEnumerable<Fault> All => [.. Frames, .. Returns, .. Starts, .. Budgets, .. Sizes];

    private static bool IsLocal(Fields slot) => slot is { Opcode: 0x85, Source: 1 };

    private static bool IsExit(Fields slot) => slot.Opcode == 0x95;

    private static Area Own(PlainMachine machine) => machine.Areas[^1];

    private static bool IsFrame(Area area) => area.Name is "stack" or "frame";

    private static IEnumerable<Fault> Frames
    {
        get
        {
            foreach (var (what, from, count) in (IEnumerable<(string, int, int)>)
            [
                ("", 0, Frame),
                ("first byte of the ", 0, 1),
                ("last byte of the ", Frame - 1, 1),
                ("first word of the ", 0, 8),
                ("last word of the ", Frame - 8, 8),
                ("lower half of the ", 0, 256),
                ("upper half of the ", 256, 256),
                ("middle of the ", 250, 12),
            ])
            {
                yield return Called($"the {what}new frame is not zeroed", machine => Own(machine).Bytes.AsSpan(from, count).Fill(0x5a));
            }

            yield return Called("a frame is zeroed only the first time", machine =>
            {
                if (machine.Gone.TryGetValue(machine.FrameStart, out var bytes)) bytes.CopyTo(Own(machine).Bytes, 0);
            });
            yield return Called("the new frame has the caller's bytes", machine =>
                machine.Areas.FindLast(area => IsFrame(area) && area != Own(machine))!.Bytes.CopyTo(Own(machine).Bytes, 0));
            yield return Called("r10 stays what it was", machine => machine.R[10] += Frame);
            foreach (var bytes in (int[])[8, 16, 256, -8, -256])
                yield return Called($"r10 is {bytes} bytes off", machine => machine.R[10] += (ulong)(long)bytes);
            foreach (var limit in (int[])[1, 2, 3, 4, 5, 6, 7, 9, 10, 16, 1000])
                yield return new("frames", $"{limit} frames are granted") { Depth = _ => limit };
            yield return new("frames", "the caller's frame is not reached")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight && !machine.Areas.Exists(area => IsFrame(area) && area.Start != machine.FrameStart && area.Holds(at, count)),
            };
            yield return new("frames", "the frame of the caller's caller is not reached")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight
                    && !machine.Areas.Exists(area => IsFrame(area) && area.Start > machine.FrameStart + Frame && area.Holds(at, count)),
            };
            yield return new("frames", "only the entry's frame and one's own are reached")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight
                    && !machine.Areas.Exists(area => area.Name == "frame" && area.Start != machine.FrameStart && area.Holds(at, count)),
            };
            yield return new("frames", "the entry's frame is not reached by functions")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight && !(machine.Depth > 0 && machine.Areas.Exists(area => area.Name == "stack" && area.Holds(at, count))),
            };
            yield return new("frames", "callers' frames are only read")
            {
                Grants = (machine, at, count, kind, isRight) =>
                    isRight
                    && !(kind is not AccessKind.Load
                        && machine.Areas.Exists(area => IsFrame(area) && area.Start != machine.FrameStart && area.Holds(at, count))),
            };
            yield return new("frames", "the frames are one region")
            {
                Grants = (machine, at, count, kind, isRight) => isRight || Each(machine, at, count),
            };
            yield return new("frames", "a frame and its caller's are one region")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight
                    || (at >= machine.FrameStart
                        && at + count <= machine.FrameStart + (2 * Frame)
                        && machine.Depth > 0
                        && Each(machine, at, count)),
            };
            yield return new("frames", "the frame below is reached")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight || (at >= machine.FrameStart - Frame && at + count <= machine.FrameStart + Frame),
            };
            yield return new("frames", "all eight frames are reached at once")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight || (at >= AddressSpace.Stack - (7 * Frame) && at + count <= AddressSpace.Stack + Frame),
            };
            yield return new("frames", "frames that were once there are still reached")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight || machine.Gone.Keys.Any(start => at >= start && at + count <= start + Frame),
            };
            yield return new("frames", "the last region is kept in mind, though its frame is gone")
            {
                Grants = (machine, at, count, kind, isRight) => Cache(machine, at, count, kind, isRight, area => area.Permits(kind)),
            };
            yield return new("frames", "the last region is kept in mind, and its permissions are not asked again")
            {
                Grants = (machine, at, count, kind, isRight) => Cache(machine, at, count, kind, isRight, _ => true),
            };
            yield return new("frames", "a frame of 256 bytes is granted")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight && !machine.Areas.Exists(area => IsFrame(area) && area.Holds(at, count) && at - area.Start < 256),
            };
            yield return new("frames", "a frame of 504 bytes is granted")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight && !machine.Areas.Exists(area => IsFrame(area) && area.Holds(at, count) && at - area.Start < 8),
            };
            yield return new("frames", "the entry has 1024 bytes of stack")
            {
                Grants = (machine, at, count, _, isRight) =>
                    isRight || (machine.Depth == 0 && at >= AddressSpace.Stack - Frame && at + count <= AddressSpace.Stack + Frame),
            };
            yield return new("frames", "eight calls are granted in all")
            {
                On = IsLocal,
                Cost = (machine, _, cost) => machine.Calls >= 7 ? 1_000_000 : cost,
            };
        }
    }

    private static IEnumerable<Fault> Returns
    {
        get
        {
            for (var register = 0; register < 10; register++)
            {
                var number = register;
                yield return Called($"r{number} is cleared at a call", machine => machine.R[number] = 0);
                yield return Called($"r{number} is cut to 32 bits at a call", machine => machine.R[number] = (uint)machine.R[number]);
                yield return Called($"r{number} is taken for 32 signed bits at a call", machine =>
                    machine.R[number] = Numbers.Extend(machine.R[number], 32));
                yield return Returned($"r{number} is cut to 32 bits at a return", (machine, _) =>
                    machine.R[number] = (uint)machine.R[number]);
                yield return Returned($"r{number} is taken for 32 signed bits at a return", (machine, _) =>
                    machine.R[number] = Numbers.Extend(machine.R[number], 32));
                yield return number < 6
                    ? Returned($"r{number} is the caller's after a return", (machine, _) => machine.R[number] = machine.Kept.Peek()[number])
                    : Returned($"r{number} is the function's after a return", (machine, mine) => machine.R[number] = mine[number]);
                if (number is > 0 and < 6)
                    yield return Returned($"r{number} is cleared at a return", (machine, _) => machine.R[number] = 0);
            }

            yield return Returned("r10 is the function's after a return", (machine, mine) => machine.R[10] = mine[10]);
            yield return Returned("r10 is 8 bytes off after a return", (machine, _) => machine.R[10] -= 8);
            yield return Returned("a return leads one slot too far", (machine, _) => machine.Pc++);
            yield return Returned("a return leads to the call", (machine, _) => machine.Pc--);
            yield return Returned("the last call is returned to", (machine, _) => machine.Pc = machine.Link);
            yield return Returned("r6 and r7 change places", (machine, _) => (machine.R[6], machine.R[7]) = (machine.R[7], machine.R[6]));
            yield return Returned("r8 and r9 change places", (machine, _) => (machine.R[8], machine.R[9]) = (machine.R[9], machine.R[8]));
            yield return Returned("r6 to r9 are those of the outermost call", (machine, _) =>
                machine.Kept.Last()[6..10].CopyTo(machine.R, 6));
            yield return Returned("the caller's frame is zeroed", (machine, _) => machine.Areas.FindLast(IsFrame)!.Bytes.AsSpan().Clear());
            yield return Exits("the result is cut to 32 bits", value => (uint)value);
            yield return Exits("the result is taken for 32 signed bits", value => Numbers.Extend(value, 32));
            yield return Exits("the result is cut to 31 bits", value => Numbers.Cut(value, 31));
            yield return Exits("the result is cut to 63 bits", value => Numbers.Cut(value, 63));
            yield return Exits("the result is cut to 16 bits", value => (ushort)value);
            yield return Exits("a negative result is taken for an error", value => (long)value < 0 ? 0 : value);
            yield return Exits("a result of all ones is taken for an error", value => value == ulong.MaxValue ? 0 : value);
            yield return Exits("a result of -1 in 32 bits is taken for an error", value => value == uint.MaxValue ? 0 : value);
            yield return Exits("a result of zero goes wrong", value => value == 0 ? 1 : value);
            yield return new("frames", "every second call returns wrongly")
            {
                Leave = (machine, _) => machine.Pc += machine.Calls % 2 == 0 ? 1 : 0,
            };
        }
    }

    private static IEnumerable<Fault> Starts
    {
        get
        {
            foreach (var register in (int[])[0, 3, 4, 5, 6, 7, 8, 9])
                yield return Begun($"r{register} is not zero", machine => machine.R[register] = 0x5eed);
            foreach (var register in (int[])[0, 3, 4, 5, 6, 7, 8, 9])
                yield return Begun($"r{register} has an upper half", machine => machine.R[register] = 0x5eed_0000_0000);
            yield return Begun("r1 is not zero where there is no context", machine =>
                machine.R[1] = machine.R[1] == 0 ? 0x5eedUL : machine.R[1]);
            yield return Begun("r2 is not zero where there is no context", machine =>
                machine.R[2] = machine.R[1] == 0 ? 0x5eedUL : machine.R[2]);
            yield return Begun("r2 is zero", machine => machine.R[2] = 0);
            yield return Begun("r2 is one less", machine => machine.R[2] -= machine.R[2] == 0 ? 0UL : 1);
            yield return Begun("r2 is one more", machine => machine.R[2] += machine.R[2] == 0 ? 0UL : 1);
            foreach (var bits in (int[])[4, 5, 6, 7, 8, 9])
                yield return Begun($"r2 is cut to {bits} bits", machine => machine.R[2] = Numbers.Cut(machine.R[2], bits));
            yield return Begun("r2 counts words", machine => machine.R[2] /= 8);
            yield return Begun("r2 is the end of the context", machine => machine.R[2] += machine.R[1]);
            yield return Begun("r1 and r2 change places", machine => (machine.R[1], machine.R[2]) = (machine.R[2], machine.R[1]));
            yield return Begun("r1 is 8 bytes off", machine => machine.R[1] += machine.R[1] == 0 ? 0UL : 8);
            yield return Begun("r3 is the end of the context", machine => machine.R[3] = machine.R[1] + machine.R[2]);
            foreach (var bytes in (int[])[1, 4, 8, -8, -512])
                yield return Begun($"r10 is {bytes} bytes off", machine => machine.R[10] += (ulong)(long)bytes);
            for (var block = 0; block < 8; block++)
            {
                var at = block * 64;
                yield return Begun($"bytes {at} to {at + 63} of the stack are not zero", machine =>
                    machine.Areas[0].Bytes.AsSpan(at, 64).Fill(0x5a));
            }

            yield return Begun("the stack's first byte is not zero", machine => machine.Areas[0].Bytes[0] = 1);
            yield return Begun("the stack's last byte is not zero", machine => machine.Areas[0].Bytes[^1] = 1);
            foreach (var bytes in (int[])[8, 16, 32, 64, 128, 255, 256])
            {
                yield return Begun($"only {bytes} bytes of the context are there", machine =>
                    Context(machine)?.Bytes.AsSpan(Math.Min(bytes, machine.Input.Memory.Length)).Clear());
            }

            yield return Begun("the context's first byte is lost", machine => Context(machine)?.Bytes.AsSpan(0, 1).Clear());
            yield return Begun("the context's last byte is lost", machine =>
                Context(machine)?.Bytes.AsSpan(machine.Input.Memory.Length - 1).Clear());
            yield return new("initial state", "the context is only read")
            {
                Grants = (machine, at, count, kind, isRight) =>
                    isRight && !(kind is not AccessKind.Load && Context(machine) is { } context && context.Holds(at, count)),
            };
            yield return Begun("the entry is slot 0", machine => machine.Pc = 0);
        }
    }

    private static Fault Called(string what, Action<PlainMachine> change) => new("frames", what) { Enter = change };

    private static Fault Returned(string what, Action<PlainMachine, ulong[]> change) => new("frames", what) { Leave = change };

    private static Fault Exits(string what, Func<ulong, ulong> change) =>
        new("frames", what) { On = IsExit, Result = (_, value, _, _) => change(value) };

    private static Fault Begun(string what, Action<PlainMachine> change) =>
        new("initial state", $"at the start, {what}") { Start = change };

    private static Area? Context(PlainMachine machine) => machine.Areas.Find(area => area.Name == "context");

    private static bool Each(PlainMachine machine, ulong at, ulong count)
    {
        for (ulong i = 0; i < count; i++)
        {
            if (!machine.Areas.Exists(area => IsFrame(area) && area.Holds(unchecked(at + i), 1))) return false;
        }

        return true;
    }

    private static bool Cache(PlainMachine machine, ulong at, ulong count, AccessKind kind, bool isRight, Func<Area, bool> permits)
    {
        if (machine.Cached is { } cached && cached.Holds(at, count) && permits(cached)) return true;
        if (isRight) machine.Cached = machine.Areas.Find(area => area.Holds(at, count) && area.Permits(kind));
        return isRight;
    }
}
