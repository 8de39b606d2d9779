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
internal sealed record RuleState(
    Term ProgramCounter, Sequence<(Term Low, Term High)> Registers, GuestBytes Bytes, Term Branches, Sequence<Term> Obligations)
{
    /// <summary>A state at a slot.</summary>
    public RuleState(
        int slot, (Term Low, Term High)[] registers, GuestBytes bytes, Term branches, Sequence<Term> obligations)
        : this(Make.Constant((ulong)slot, 64), registers.ToSequence(), bytes, branches, obligations)
    {
    }
}

/// <summary>Runs the rules of a program on terms, along the instructions between two cuts.</summary>
/// <param name="program">The program.</param>
internal sealed class RuleSteps(CheckedProgram program)
{
    private const int Most = 4;

    private readonly ReferenceMachine machine = new(program);

    /// <summary>
    /// The state at a slot, and after each instruction from there on, until another cut, a branch, an access to memory, or an
    /// instruction that native code never does.
    /// </summary>
    /// <param name="slot">The slot.</param>
    /// <param name="registers">Both words of each register.</param>
    /// <param name="cuts">The slots that have cuts.</param>
    /// <param name="isLimited">Whether branches are counted.</param>
    public IReadOnlyList<RuleState> From(int slot, (Term Low, Term High)[] registers, HashSet<int> cuts, bool isLimited)
    {
        List<RuleState> states = [new(slot, registers, GuestBytes.Unknown, Unknowns.Branches.ZeroExtended(64), [])];
        for (var at = slot; states.Count <= Most;)
        {
            if (machine.At(at) is not Decoded.Valid(var instruction) || !IsStepped(instruction)) break;
            if (states.Count > 1 && instruction.Form.Operation is MemoryOperation) break;
            states.Add(After(instruction, states[^1], isLimited));
            if (!states[^1].ProgramCounter.IsConstant || instruction.Form.Operation is MemoryOperation or JumpOperation) break;
            at = (int)(uint)states[^1].ProgramCounter.Value;
            if (cuts.Contains(at)) break;
        }

        return states;
    }

    private static bool IsStepped(Instruction instruction) =>
        instruction.Form.Operation is AluOperation or JumpOperation or MemoryOperation or WideLoad.Plain;

    private RuleState After(Instruction instruction, RuleState before, bool isLimited)
    {
        Allowance<TermWord> branches = isLimited
            ? new Allowance<TermWord>.Remaining(new(before.Branches))
            : new Allowance<TermWord>.Unlimited();
        TermWord[] values = [.. before.Registers.Select(words => new TermWord(Make.Concatenate(words.High, words.Low)))];
        var state = new State<TermWord>(
            Registers<TermWord>.Of(values),
            new(before.ProgramCounter),
            new ProgramMemory(machine.Profile, before.Bytes),
            [],
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
            [.. before.Obligations, .. effect.Guards.Select(guard => !guard.When.Term)]);
    }

    private static (Term Low, Term High) Halves(Term value) => (value.Bits(0, 32), value.Bits(32, 32));
}
