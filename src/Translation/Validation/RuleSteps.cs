using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Translation.Validation.States;
using Decoded = RbpfSpec.Semantics.Validity.Decoded;

namespace RbpfSpec.Translation.Validation;

/// <summary>A state of the program on terms, after some instructions.</summary>
/// <param name="ProgramCounter">The slot, 64 bits.</param>
/// <param name="Registers">Both words of each register.</param>
/// <param name="Bytes">The bytes of the regions.</param>
/// <param name="Branches">How many branches are left, 64 bits.</param>
/// <param name="Obligations">What has to hold for the instructions not to trap.</param>
/// <param name="FrameStart">Where the frame of the function that runs starts, 64 bits.</param>
/// <param name="Frames">The local calls in progress, where their number is asked.</param>
internal sealed record RuleState(
    Term ProgramCounter,
    Sequence<(Term Low, Term High)> Registers,
    GuestBytes Bytes,
    Term Branches,
    Sequence<Term> Obligations,
    Term FrameStart,
    Sequence<Frame<TermWord>> Frames)
{
    /// <summary>A state at a slot.</summary>
    public RuleState(int slot, (Term Low, Term High)[] registers, Sequence<Frame<TermWord>> frames)
        : this(
            Make.Constant((ulong)slot, 64), registers.ToSequence(), GuestBytes.Unknown, Unknowns.Branches.ZeroExtended(64), [],
            Unknowns.StackStart.ZeroExtended(64), frames)
    {
    }
}

/// <summary>Runs the rules of a program on terms, along the instructions between two cuts.</summary>
/// <param name="program">The program.</param>
internal sealed class RuleSteps(CheckedProgram program)
{
    private const int Most = 4;

    private readonly ReferenceMachine machine = new(program);
    private readonly bool hasCalls = !new Code.Flow(program).Calls.IsEmpty;

    /// <summary>
    /// The state at a slot, and after each instruction from there on, until another cut, a branch, an access to memory, or an
    /// instruction that native code never does.
    /// </summary>
    /// <param name="slot">The slot.</param>
    /// <param name="registers">Both words of each register.</param>
    /// <param name="cuts">The slots that have cuts.</param>
    /// <param name="isLimited">Whether branches are counted.</param>
    /// <param name="depth">How many local calls are in progress, where that is asked.</param>
    public IReadOnlyList<RuleState> From(
        int slot, (Term Low, Term High)[] registers, HashSet<int> cuts, bool isLimited, int? depth)
    {
        List<RuleState> states = [new(slot, registers, Calls.Frames(machine.Profile, depth ?? 0))];
        for (var at = slot; states.Count <= Most;)
        {
            if (machine.At(at) is not Decoded.Valid(var instruction) || !IsStepped(instruction, depth)) break;
            if (states.Count > 1 && instruction.Form.Operation is MemoryOperation or CallOperation) break;
            states.Add(After(instruction, states[^1], isLimited));
            if (!states[^1].ProgramCounter.IsConstant) break;
            if (instruction.Form.Operation is MemoryOperation or JumpOperation or CallOperation) break;
            at = (int)(uint)states[^1].ProgramCounter.Value;
            if (cuts.Contains(at)) break;
        }

        return states;
    }

    /// <summary>Whether what an instruction does depends on how many local calls are in progress.</summary>
    public bool IsCallOrReturn(int slot) => hasCalls
        && machine.At(slot) is Decoded.Valid({ Form.Operation: CallOperation.Local or CallOperation.Exit });

    private static bool IsStepped(Instruction instruction, int? depth) => instruction.Form.Operation switch
    {
        AluOperation or JumpOperation or MemoryOperation or WideLoad.Plain => true,
        CallOperation.Local => depth is not null,
        CallOperation.Exit => depth > 0,
        _ => false,
    };

    private RuleState After(Instruction instruction, RuleState before, bool isLimited)
    {
        Allowance<TermWord> branches = isLimited
            ? new Allowance<TermWord>.Remaining(new(before.Branches))
            : new Allowance<TermWord>.Unlimited();
        TermWord[] values = [.. before.Registers.Select(words => new TermWord(Make.Concatenate(words.High, words.Low)))];
        var state = new State<TermWord>(
            Registers<TermWord>.Of(values),
            new(before.ProgramCounter),
            new ProgramMemory(machine.Profile, before.Bytes, new(before.FrameStart)),
            before.Frames,
            new(branches, new Allowance<TermWord>.Unlimited()),
            HostState<TermWord>.Bare);
        var effect = ReferenceMachine.Execute(
            new Execution<TermWord>(instruction.Form, instruction.Fields<TermWord>(), state, machine.Profile));
        var next = ((Outcome<TermWord>.Next)effect.Value).State;
        return new(
            next.ProgramCounter.Term,
            Sequence.Generate(before.Registers.Count, number => Halves(next.Registers[number].Term)),
            ((ProgramMemory)next.Memory).Bytes,
            next.Budget.Branches is Allowance<TermWord>.Remaining(var count) ? count.Term : before.Branches,
            [.. before.Obligations, .. effect.Guards.Select(guard => !guard.When.Term)],
            ((ProgramMemory)next.Memory).FrameStart.Term,
            next.Frames);
    }

    private static (Term Low, Term High) Halves(Term value) => (value.Bits(0, 32), value.Bits(32, 32));
}
