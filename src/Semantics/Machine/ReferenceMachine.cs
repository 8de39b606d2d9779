using System.Runtime.CompilerServices;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Machine;

/// <summary>The reference machine: fetch, decode, execute, over any domain of words.</summary>
/// <remarks>
/// Defensive: it relies on no check. A program that was not checked traps where a checked one cannot; no program and
/// no state make it throw, as long as the words it must know (the program counter, a helper's id) are known.
/// </remarks>
public sealed class ReferenceMachine
{
    // A program that ends before this many steps gains nothing from what is kept for the later ones.
    private const int StepsBeforeKeeping = 1_000;

    private readonly Sequence<Decoded> decoded;

    // The concrete rules of the slots, once met: looking up a generic virtual method costs as much as many rules do.
    private Rule<Word, Bit>?[]? kept;
    private int steps;

    /// <summary>A machine of a profile, loaded with a program.</summary>
    public ReferenceMachine(Program program, Profile profile)
    {
        Program = program;
        Profile = profile;
        var rules = Rules.Of(profile, []);
        decoded = Sequence.Generate(program.Length, index => Preflight.Decode(program, index, rules));
    }

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>The machine variant.</summary>
    public Profile Profile { get; }

    /// <summary>What is at a slot index of the program, as this machine takes it.</summary>
    public Decoded At(int index) => decoded[index];

    /// <summary>One step as data: the guards under which the machine traps, and the outcome if none holds.</summary>
    /// <exception cref="ArgumentException">The program counter is not known: a symbolic reader forks on it first.</exception>
    public Guarded<TBit, Outcome<TWord, TBit>> Step<TWord, TBit>(State<TWord, TBit> state)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        if (!state.ProgramCounter.IsKnown(out var index))
            throw new ArgumentException("the program counter is not known", nameof(state));
        if (index >= (ulong)decoded.Count) return Refuse(state, Trap.ProgramCounterOutside);
        return decoded[(int)index] switch
        {
            Decoded.Malformed => Refuse(state, Trap.IllegalInstruction),
            Decoded.Valid(var instruction) => Execute((int)index, instruction, state),
        };
    }

    /// <summary>One step of a concrete state.</summary>
    public Outcome<Word, Bit> Step(State<Word, Bit> state)
    {
        if (kept is null && ++steps >= StepsBeforeKeeping) kept = new Rule<Word, Bit>?[decoded.Count];
        var step = Step<Word, Bit>(state);
        foreach (var guard in step.Guards)
        {
            if (guard.When.Value) return new Outcome<Word, Bit>.Trapped(guard.Trap, state);
        }

        return step.Value;
    }

    /// <summary>Runs a concrete state to its end: EXIT or a trap.</summary>
    /// <remarks>Ends if the budget limits branches or instructions; else only if the program does.</remarks>
    public Outcome<Word, Bit> Run(State<Word, Bit> state)
    {
        var outcome = Step(state);
        while (outcome is Outcome<Word, Bit>.Next) outcome = Step(outcome.State);
        return outcome;
    }

    /// <summary>Runs a concrete state, yielding the outcome of each step, the last of them the end.</summary>
    public IEnumerable<Outcome<Word, Bit>> Trace(State<Word, Bit> state)
    {
        var outcome = Step(state);
        yield return outcome;
        while (outcome is Outcome<Word, Bit>.Next)
        {
            outcome = Step(outcome.State);
            yield return outcome;
        }
    }

    /// <summary>An instruction with what it costs: its rule, and a trap where no instruction is left to pay with.</summary>
    public static Guarded<TBit, Outcome<TWord, TBit>> Execute<TWord, TBit>(Execution<TWord, TBit> execution)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => execution.State.Budget.Instructions is Allowance<TWord>.Unlimited
            ? execution.Form.Operation.Execute(execution)
            : Pay(execution.State, paid => execution.Form.Operation.Execute(execution with { State = paid }));

    private Guarded<TBit, Outcome<TWord, TBit>> Execute<TWord, TBit>(int index, Instruction instruction, State<TWord, TBit> state)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => state.Budget.Instructions is Allowance<TWord>.Unlimited
            ? Apply(index, new Execution<TWord, TBit>(instruction.Form, instruction.Fields<TWord, TBit>(), state, Profile))
            : Pay(state, paid => Apply(index, new Execution<TWord, TBit>(instruction.Form, instruction.Fields<TWord, TBit>(), paid, Profile)));

    private static Guarded<TBit, Outcome<TWord, TBit>> Pay<TWord, TBit>(
        State<TWord, TBit> state, Func<State<TWord, TBit>, Guarded<TBit, Outcome<TWord, TBit>>> rule)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        // The rule sees the state with the instruction paid for; a trap of it leaves the one before.
        var limit = state.Budget.Instructions;
        var result = rule(state with { Budget = state.Budget with { Instructions = Budget<TWord, TBit>.Spend(limit, TBit.Of(true)) } });
        var spent = Guarded<TBit>.Of(result.Value).Unless(Budget<TWord, TBit>.IsSpent(limit), Trap.InstructionBudget);
        return spent.Guards.IsEmpty ? result : spent with { Guards = [.. spent.Guards, .. result.Guards] };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Guarded<TBit, Outcome<TWord, TBit>> Apply<TWord, TBit>(int index, in Execution<TWord, TBit> execution)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        if (typeof(TWord) != typeof(Word) || kept is not { } rules) return execution.Form.Operation.Execute(execution);
        var rule = rules[index] ??= execution.Form.Operation.Execute<Word, Bit>;
        return ((Rule<TWord, TBit>)(object)rule)(execution);
    }

    private static Guarded<TBit, Outcome<TWord, TBit>> Refuse<TWord, TBit>(State<TWord, TBit> state, Trap trap)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> =>
        Guarded<TBit>.Of<Outcome<TWord, TBit>>(new Outcome<TWord, TBit>.Next(state)).Unless(TBit.Of(true), trap);

    private delegate Guarded<TBit, Outcome<TWord, TBit>> Rule<TWord, TBit>(in Execution<TWord, TBit> execution)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>;
}
