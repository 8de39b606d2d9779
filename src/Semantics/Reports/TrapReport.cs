using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Reports;

/// <summary>The report on a trap, for a person: a function of the program and of the state at the trap.</summary>
/// <remarks>Every engine leaves the same state, and so every output says the same.</remarks>
/// <param name="Trap">The trap.</param>
/// <param name="ProgramCounter">The slot of the instruction that trapped.</param>
/// <param name="Access">The access that was refused, of traps of memory; else null.</param>
/// <param name="Details">What happened, in sentences without a full stop, the most important first; perhaps none.</param>
public sealed record TrapReport(Trap Trap, ulong ProgramCounter, AccessReport? Access, Sequence<string> Details)
{
    private const ulong Near = 0xffff;

    /// <summary>The details in one line; the trap's summary if there are none.</summary>
    public string Text => Details.IsEmpty ? TrapTable.Of(Trap).Summary.TrimEnd('.') : string.Join("; ", (IEnumerable<string>)Details);

    /// <summary>The trap, where, and the details, in one line.</summary>
    public override string ToString() => $"trap {Trap} at slot {AccessText.Count(ProgramCounter)}: {Text}";

    /// <summary>The report on the end of a run.</summary>
    /// <param name="program">The program.</param>
    /// <param name="profile">The machine variant.</param>
    /// <param name="granted">The budget that the run began with.</param>
    /// <param name="end">The end.</param>
    public static TrapReport Of(Program program, Profile profile, Budget<Word> granted, Outcome<Word>.Trapped end)
    {
        var (trap, state) = (end.Trap, end.State);
        var pc = state.ProgramCounter.Value;
        var length = (ulong)program.Length;
        if (pc >= length)
        {
            var outside = $"the program counter is {AccessText.Count(pc)}; the program ends before slot {AccessText.Count(length)}";
            return new(trap, pc, null, [outside]);
        }

        return Preflight.Decode(program, (int)pc, Admission.Of(profile, [])) switch
        {
            Decoded.Malformed(var problems) => new(trap, pc, null, [$"{problems[0].Found}; expected {problems[0].Expected}"]),
            Decoded.Valid(var instruction) => Of(program, granted, trap, new(
                instruction.Form, instruction.Fields<Word>(), state, profile)),
        };
    }

    private static TrapReport Of(Program program, Budget<Word> granted, Trap trap, in Execution<Word> execution)
    {
        var access = trap is Trap.MemoryAccess or Trap.MemoryAlignment ? AccessReports.Of(program, execution) : null;
        return new(trap, execution.State.ProgramCounter.Value, access, trap switch
        {
            Trap.MemoryAccess => access is null ? [] : Refused(access),
            Trap.MemoryAlignment => access is null ? [] : [AccessText.Access(access), Misaligned(access)],
            Trap.UnknownHelper => [Helper(execution)],
            Trap.DivisionByZero => [OperandText.ZeroDivisor(execution)],
            Trap.SignedOverflow => [OperandText.SignedOverflow(execution)],
            Trap.ShiftAmount => [OperandText.ShiftAmount(execution)],
            Trap.CallDepth => [Depth(execution)],
            Trap.BranchBudget => [$"all {Limit(granted.Branches)} taken branches and local calls are used up"],
            Trap.InstructionBudget => [$"all {Limit(granted.Instructions)} instructions are used up"],
            Trap.IllegalInstruction or Trap.ProgramCounterOutside => [],
        });
    }

    // Of an address far from any region, what it looks like says more.
    private static Sequence<string> Refused(AccessReport access)
    {
        var (what, miss) = (AccessText.Access(access), AccessText.Miss(access));
        if (access.Hint is not { } hint) return [what, miss];
        return access.Nearest is { Below: <= Near, Past: <= Near } ? [what, miss, hint] : [what, hint, miss];
    }

    private static string Misaligned(AccessReport access) =>
        $"the address is {AccessText.Bytes(access.Address % access.Count)} above a multiple of {AccessText.Count(access.Count)}";

    private static string Depth(in Execution<Word> execution)
    {
        var count = execution.State.Frames.Count + 1;
        var frames = count == 1 ? "1 stack frame is" : $"{AccessText.Count((ulong)count)} stack frames are";
        return $"{frames} in use, and {execution.Profile.Name} grants {AccessText.Count((ulong)execution.Profile.FrameLimit)}";
    }

    private static string Limit(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => "",
        Allowance<Word>.Remaining(var count) => AccessText.Count(count.Value),
    };

    private static string Helper(in Execution<Word> execution)
    {
        var id = (uint)execution.Fields.Immediate.Value;
        var isBtf = execution.Form.Operation is CallOperation.ByBtfId;
        var granted = isBtf ? execution.State.Host.BtfFunctions : execution.State.Host.Helpers;
        var known = isBtf ? null : execution.State.Host.Known.FirstOrDefault(helper => helper.Id == id)?.Name;
        var called = known is null
            ? $"the {(isBtf ? "function with BTF id" : "helper")} {AccessText.Hex(id)}"
            : $"the helper {known} ({AccessText.Hex(id)})";
        var names = string.Join(", ", granted
            .Map(function => function.Declaration)
            .Select(helper => $"{helper.Name} ({AccessText.Hex(helper.Id)})"));
        return $"{called} is not granted; {(granted.IsEmpty ? "none is" : $"granted: {names}")}";
    }
}
