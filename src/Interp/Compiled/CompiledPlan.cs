using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Compiled;

/// <summary>The decisions before a program is compiled: where it is entered, and which region each access is expected in.</summary>
/// <remarks>Nothing here is relied on: an access elsewhere leaves the compiled code, and the interpreter does it.</remarks>
internal sealed class CompiledPlan
{
    // A program that may write r10 leaves it to the interpreter: compiled code relies on where it found it when it was entered.
    private const int FramePointer = RunState.RegisterCount - 1;

    // Ahead of how many branches it is looked at once whether they are left: a run with fewer is interpreted to its end.
    private const int MostReserved = 8;

    private static readonly Row[] Rows = [.. EngineTable.Rows];

    private static readonly StepName[] Names = [.. Rows.Select(static row => StepName.Of(row.Step))];

    // By row whether its step reads its source register; looked up once, as all encodings are asked for it.
    private static readonly Lazy<bool>[] Reading = [.. Rows.Select(static row => new Lazy<bool>(() => row.ReadsSource))];

    private readonly Dictionary<int, int> indexOf;

    /// <summary>A plan for a program.</summary>
    /// <param name="instructions">Its instructions.</param>
    /// <param name="entry">The slot that it begins with.</param>
    /// <param name="isMetered">Whether instructions are paid for.</param>
    /// <param name="frameBytes">The size of a stack frame.</param>
    /// <param name="onlyFromEntry">Whether it is entered nowhere else.</param>
    public CompiledPlan(
        Sequence<DecodedInstruction> instructions, int entry, bool isMetered, ulong frameBytes, bool onlyFromEntry = false)
    {
        (Instructions, IsMetered, FrameBytes) = (instructions, isMetered, frameBytes);
        indexOf = new(instructions.Count);
        for (var i = 0; i < instructions.Count; i++) indexOf.Add(instructions[i].Slot, i);
        var jumps = instructions.Where(instruction => RowOf(instruction.Own).Jumps);
        Targets = jumps.Select(instruction => instruction.Own.Offset).ToHashSet();
        HasLocalCalls = instructions.Any(instruction => RowOf(instruction.Own).Kind is Kind.LocalCall);
        Entries = [.. FindEntries(entry).Take(onlyFromEntry ? 1 : int.MaxValue).Distinct().Where(slot => !AlwaysLeaves(At(slot))).Order()];
        Leaders = Targets.Union(Entries).ToHashSet();
        Reserves = FindReserves();
    }

    /// <summary>The instructions, in order.</summary>
    public Sequence<DecodedInstruction> Instructions { get; }

    /// <summary>Whether instructions are paid for.</summary>
    public bool IsMetered { get; }

    /// <summary>The size of a stack frame.</summary>
    public ulong FrameBytes { get; }

    /// <summary>Whether local functions are called: then the stack frame at hand is not always that of the entry.</summary>
    public bool HasLocalCalls { get; }

    /// <summary>The slots at which compiled code can be entered, in order: the method is told the place in this list.</summary>
    public Sequence<int> Entries { get; }

    /// <summary>The slots that jumps lead to.</summary>
    public IReadOnlySet<int> Targets { get; }

    /// <summary>The slots to which control can come otherwise than from the instruction before.</summary>
    public IReadOnlySet<int> Leaders { get; }

    /// <summary>
    /// Of each slot how many branches must be left there: the most that are taken from it on before it is looked at again whether
    /// some are, which <see cref="IsCounted"/> jumps do.
    /// </summary>
    public IReadOnlyDictionary<int, int> Reserves { get; }

    /// <summary>Whether a jump, before it is taken, looks at the branches left: for itself, and for what its target reserves.</summary>
    /// <param name="jump">An instruction that jumps.</param>
    public bool IsCounted(DecodedInstruction jump) => Counts(jump, Reserves);

    /// <summary>The row of the engines' table that a step has.</summary>
    public static Row RowOf(PredecodedStep step) => Rows[(int)step.Code];

    /// <summary>Whether a step reads its source register.</summary>
    public static bool ReadsSource(PredecodedStep step) => Reading[(int)step.Code].Value;

    /// <summary>The step of that row, taken apart.</summary>
    public static StepName NameOf(PredecodedStep step) => Names[(int)step.Code];

    /// <summary>The instruction at a slot.</summary>
    public DecodedInstruction At(int slot) => Instructions[indexOf[slot]];

    /// <summary>Whether an instruction is always left to the interpreter.</summary>
    public static bool AlwaysLeaves(DecodedInstruction instruction)
    {
        foreach (var step in instruction.Steps)
        {
            if (step.Code is Code.TrapAlways) return true;
        }

        var own = instruction.Own;
        var row = RowOf(own);
        return row.Kind switch
        {
            Kind.Straight => own.Destination / 8 == FramePointer
                || (Emission.LosesSource(row) && own.Source / 8 == FramePointer)
                || (Emission.IsDivision(row) && Emission.IsDivisorRare(row, own.Immediate)),
            Kind.Access { Permission: var permission } => !Emission.IsPlainAccess(row)
                || (permission is Permission.Read && own.Destination / 8 == FramePointer),
            Kind.Branch or Kind.Jump => false,
            Kind.HostCall or Kind.LocalCall or Kind.Exit => true,

            // No instruction's own step is one of these.
            Kind.Guard or Kind.AlignmentGuard or Kind.Trap or Kind.Pay or Kind.Fused => true,
        };
    }

    // Where loops begin, where local functions do, and behind what the interpreter does.
    private IEnumerable<int> FindEntries(int entry)
    {
        yield return entry;
        foreach (var instruction in Instructions)
        {
            var row = RowOf(instruction.Own);
            var target = instruction.Own.Offset;
            if (row.Jumps && (row.Kind is Kind.LocalCall || target <= instruction.Slot)) yield return target;
            if (row.Kind is Kind.Exit || !AlwaysLeaves(instruction)) continue;
            if (indexOf.ContainsKey(instruction.Next)) yield return instruction.Next;
        }
    }

    private static bool Counts(DecodedInstruction jump, IReadOnlyDictionary<int, int> reserves) =>
        jump.Own.Offset <= jump.Slot || reserves[jump.Own.Offset] >= MostReserved;

    // From the last instruction to the first: jumps that are not counted lead forward.
    private Dictionary<int, int> FindReserves()
    {
        var reserves = new Dictionary<int, int>();
        for (var i = Instructions.Count - 1; i >= 0; i--)
        {
            var instruction = Instructions[i];
            var kind = RowOf(instruction.Own).Kind;
            reserves[instruction.Slot] = 0;
            if (AlwaysLeaves(instruction)) continue;
            var next = kind is Kind.Jump ? 0 : reserves.GetValueOrDefault(instruction.Next);
            var taken = kind is Kind.Jump or Kind.Branch && !Counts(instruction, reserves) ? 1 + reserves[instruction.Own.Offset] : 0;
            reserves[instruction.Slot] = Math.Max(next, taken);
        }

        return reserves;
    }
}
