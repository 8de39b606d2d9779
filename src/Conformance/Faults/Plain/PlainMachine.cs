using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Faults.Plain;

/// <summary>
/// A machine of plain numbers, written from the text and not from the rules, that can have a fault at any of the
/// places that <see cref="Fault"/> names. Without one it ends as the semantics do, state for state.
/// </summary>
internal sealed partial class PlainMachine
{
    private const int FramePointer = 10;

    private readonly PreparedVector input;
    private readonly Fault fault;
    private readonly Profile profile;
    private readonly List<Caller> callers = [];
    private bool isOn;

    /// <summary>A machine at the start of a run.</summary>
    public PlainMachine(PreparedVector input, Fault fault)
    {
        (this.input, this.fault, profile) = (input, fault, input.Profile);
        Pc = input.Setting.Entry;
        FrameStart = AddressSpace.Stack;
        Areas.Add(new("stack", FrameStart, new byte[profile.FrameBytes], true, true));
        if (input.Memory.Length > 0) Areas.Add(new("context", AddressSpace.Context, (byte[])input.Memory.Clone(), true, true));
        foreach (var region in input.Setting.Regions)
        {
            Areas.Add(new(
                region.Name, region.Address, region.Bytes.ToArray(),
                region.Permission.HasFlag(Permission.Read), region.Permission.HasFlag(Permission.Write)));
        }

        if (input.Memory.Length > 0) R[1] = AddressSpace.Context;
        if (profile.InitialRegisters is InitialRegisters.ContextAndLength) R[2] = (ulong)input.Memory.Length;
        R[FramePointer] = FrameStart + (ulong)profile.FrameBytes;
        Branches = input.Setting.Branches ?? Limit(profile.BranchLimit);
        Instructions = input.Setting.Instructions ?? Limit(profile.InstructionLimit);
    }

    /// <summary>The registers; those above 10 exist only for machines that do not check.</summary>
    public ulong[] R { get; } = new ulong[16];

    /// <summary>The regions, the frames among them.</summary>
    public List<Area> Areas { get; } = [];

    /// <summary>The first byte of the current frame.</summary>
    public ulong FrameStart { get; set; }

    /// <summary>The slot of the instruction.</summary>
    public long Pc { get; set; }

    /// <summary>The instruction.</summary>
    public Fields Slot { get; private set; }

    /// <summary>The branches left; null without a limit.</summary>
    public ulong? Branches { get; set; }

    /// <summary>The instructions left; null without a limit.</summary>
    public ulong? Instructions { get; set; }

    /// <summary>The calls that have not returned.</summary>
    public int Depth => callers.Count;

    /// <summary>The steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>The slots executed, by the machine without a fault.</summary>
    public HashSet<int> Seen { get; } = [];

    /// <summary>The calls made so far.</summary>
    public int Calls { get; private set; }

    /// <summary>The slot after the last call.</summary>
    public long Link { get; private set; }

    /// <summary>The registers at each call that has not returned.</summary>
    public Stack<ulong[]> Kept { get; } = new();

    /// <summary>The bytes of frames that are gone, by where they were.</summary>
    public Dictionary<ulong, byte[]> Gone { get; } = [];

    /// <summary>The region of the last access that was granted.</summary>
    public Area? Cached { get; set; }

    /// <summary>The branches left at each call that has not returned.</summary>
    public Stack<ulong?> Left { get; } = new();

    /// <summary>The case.</summary>
    public PreparedVector Input => input;

    private int Patience => ReferenceEquals(fault, Fault.None) ? VectorMachine.Steps : (2 * input.Steps) + input.Code.Length + 100;

    /// <summary>Checks and runs the program.</summary>
    public Ending Run()
    {
        if (!IsAccepted()) return Ending.Rejected;
        fault.Start?.Invoke(this);
        while (Steps++ < Patience)
        {
            if (Pc < 0 || Pc >= input.Code.Length) return Ending.Lost;
            if (ReferenceEquals(fault, Fault.None)) Seen.Add((int)Pc);
            if (Step() is { } end) return end.Answer is EndKind.Trapped && fault.Trap is { } trap ? trap(this, end) : end;
        }

        return Ending.Lost;
    }

    /// <summary>A number that stands for all bytes of memory.</summary>
    public ulong Digest()
    {
        var sum = 14695981039346656037UL;
        foreach (var area in Areas)
        {
            foreach (var value in area.Bytes) sum = unchecked((sum ^ value) * 1099511628211UL);
        }

        return sum;
    }

    /// <summary>The region in which all bytes of an access lie; null if there is none.</summary>
    public Area? Find(ulong address, ulong count) => Areas.Find(area => area.Holds(address, count));

    private static ulong? Limit(Allowance<ulong> limit) => limit is Allowance<ulong>.Remaining(var count) ? count : null;

    private bool IsAccepted()
    {
        if (fault.Rejects is { } rejects && rejects(input)) return false;
        return Array.TrueForAll(input.Problems, problem =>
            fault.Accepts is { } accepts && accepts(
                problem.Check, problem.Slot < input.Code.Length ? input.Code[problem.Slot] : default, input));
    }

    private Ending Trapped(Trap trap) => new(EndKind.Trapped, 0, trap.ToString(), Pc);

    // Null where the run goes on.
    private Ending? Step()
    {
        Slot = input.Code[Pc];
        isOn = fault.On is null || fault.On(Slot);
        if (Instructions is { } left)
        {
            var cost = isOn && fault.Pays is { } pays ? (ulong)pays(this) : 1;
            if (left < cost) return Trapped(Trap.InstructionBudget);
            Instructions = left - cost;
        }

        if (isOn && fault.Decode is { } decode) Slot = decode(this, Slot);
        var before = isOn && fault.After is not null ? (ulong[])R.Clone() : null;
        var end = Slot.IsWide ? Wide()
            : Slot.IsAlu ? Alu()
            : Slot.Opcode == 0x95 ? Exit()
            : Slot.Opcode == 0x85 ? Call()
            : Slot.IsJump ? Jump()
            : Access();
        if (end is null && before is not null) fault.After!(this, before);
        return end;
    }

    private Ending? Wide()
    {
        var next = Pc + 1 < input.Code.Length ? input.Code[Pc + 1] : default;
        var value = (uint)Slot.Immediate | ((ulong)(uint)next.Immediate << 32);
        R[Slot.Destination] = isOn && fault.Result is { } change ? change(this, (uint)Slot.Immediate, (uint)next.Immediate, value) : value;
        Pc += 2;
        return null;
    }

    private ulong Operand => Slot.IsX ? R[Slot.Source] : (ulong)Slot.Immediate;

    private Ending? Alu()
    {
        var (left, right) = (R[Slot.Destination], Operand);
        if (isOn && fault.Left is { } first) left = first(this, left);
        if (isOn && fault.Right is { } second) right = second(this, right);
        if (Slot.Code is 3 or 9)
        {
            var isZero = isOn && fault.IsZero is { } test ? test(this, right) : Numbers.Cut(right, Slot.Bits) == 0;
            if (isZero && profile.ZeroDivisor is ZeroDivisor.Traps) return Trapped(Trap.DivisionByZero);

            // What a processor does with a divisor of zero that was not seen.
            if (!isZero && Numbers.Cut(right, Slot.Bits) == 0) return Ending.Lost;
            if (isZero && Numbers.Cut(right, Slot.Bits) != 0) right = 0;
        }

        var result = (isOn && fault.Operate is { } operate ? operate(this, left, right) : null) ?? Numbers.Alu(Slot, left, right);
        result = Slot.Bits == 64 || Slot.Code == 13 ? result : (uint)result;
        if (isOn && fault.Result is { } change) result = change(this, left, right, result);
        R[Slot.Destination] = result;
        Pc++;
        return null;
    }

    private Ending? Jump()
    {
        var (left, right) = (R[Slot.Destination], Operand);
        if (isOn && fault.Left is { } first) left = first(this, left);
        if (isOn && fault.Right is { } second) right = second(this, right);
        var isTaken = Slot.Code == 0 || Numbers.Holds(Slot, left, right);
        if (isOn && fault.Taken is { } change) isTaken = change(this, left, right, isTaken);
        return Go(isTaken, Pc + 1 + (isTaken ? Slot.Opcode == 0x06 ? Slot.Immediate : Slot.Offset : 0), isTaken ? 1 : 0);
    }

    // Pays, and goes on at a slot.
    private Ending? Go(bool isTaken, long target, int cost)
    {
        if (isOn && fault.Cost is { } price) cost = price(this, isTaken, cost);
        if (Branches is { } left && cost != 0)
        {
            if (cost > 0 && left < (ulong)cost) return Trapped(Trap.BranchBudget);
            Branches = unchecked(left - (ulong)(long)cost);
        }

        Pc = isTaken && isOn && fault.Target is { } change ? change(this, target) : target;
        return null;
    }

    private Ending? Call()
    {
        if (Slot.Source != 1) return Help();
        var limit = fault.Depth is { } depth ? depth(profile.FrameLimit) : profile.FrameLimit;
        if (callers.Count + 1 >= limit) return Trapped(Trap.CallDepth);
        var (back, saved, start, budget) = (Pc + 1, R[6..11], FrameStart, Branches);
        if (Go(true, Pc + 1 + Slot.Immediate, 1) is { } end) return end;
        callers.Add(new(back, saved, start));
        FrameStart -= (ulong)profile.FrameBytes;
        Areas.Add(new("frame", FrameStart, new byte[profile.FrameBytes], true, true));
        var before = (ulong[])R.Clone();
        R[FramePointer] = start;
        Kept.Push(before);
        Left.Push(budget);
        Calls++;
        Link = back;
        fault.Enter?.Invoke(this);
        return null;
    }

    private Ending? Exit()
    {
        if (callers.Count == 0)
            return new(EndKind.Returned, isOn && fault.Result is { } change ? change(this, R[0], 0, R[0]) : R[0], "", 0);
        var caller = callers[^1];
        var mine = (ulong[])R.Clone();
        callers.RemoveAt(callers.Count - 1);
        caller.Saved.CopyTo(R, 6);
        Gone[FrameStart] = Areas[^1].Bytes;
        Areas.RemoveAt(Areas.Count - 1);
        FrameStart = caller.FrameStart;
        if (Go(true, caller.Back, 0) is { } end) return end;
        fault.Leave?.Invoke(this, mine);
        Kept.Pop();
        Left.Pop();
        return null;
    }

    // Where a call returns to, with r6 to r10, and the frame of the caller.
    private sealed record Caller(long Back, ulong[] Saved, ulong FrameStart);
}

/// <summary>A region.</summary>
/// <param name="Name">A name.</param>
/// <param name="Start">The address of its first byte.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="IsReadable">Whether it may be read.</param>
/// <param name="IsWritable">Whether it may be written.</param>
internal sealed record Area(string Name, ulong Start, byte[] Bytes, bool IsReadable, bool IsWritable)
{
    /// <summary>Whether all bytes of an access lie in it.</summary>
    public bool Holds(ulong address, ulong count) =>
        (ulong)Bytes.Length >= count && unchecked(address - Start) <= (ulong)Bytes.Length - count;

    /// <summary>Whether it permits an access.</summary>
    public bool Permits(AccessKind kind) => kind switch
    {
        AccessKind.Load => IsReadable,
        AccessKind.Store => IsWritable,
        AccessKind.Atomic => IsReadable && IsWritable,
    };
}
