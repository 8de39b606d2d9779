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
    private Rule<Word>?[]? kept;
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

    /// <summary>The instruction, or the problem, at a slot index of the program, as this machine takes it.</summary>
    public Decoded At(int index) => decoded[index];

    /// <summary>One step as data: the guards under which the machine traps, and the outcome if none holds.</summary>
    /// <exception cref="ArgumentException">The program counter is not known: a symbolic reader forks on it first.</exception>
    public Guarded<T, Outcome<T>> Step<T>(State<T> state)
        where T : IWord<T>
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
    public Outcome<Word> Step(State<Word> state)
    {
        if (kept is null && ++steps >= StepsBeforeKeeping) kept = new Rule<Word>?[decoded.Count];
        return Step<Word>(state).From(state);
    }

    /// <summary>Runs a concrete state to its end: EXIT or a trap.</summary>
    /// <remarks>Ends if the budget limits branches or instructions; else only if the program does.</remarks>
    public Outcome<Word> Run(State<Word> state)
    {
        var outcome = Step(state);
        while (outcome is Outcome<Word>.Next) outcome = Step(outcome.State);
        return outcome;
    }

    /// <summary>Runs a concrete state, yielding the outcome of each step, the last of them the end.</summary>
    public IEnumerable<Outcome<Word>> Trace(State<Word> state)
    {
        var outcome = Step(state);
        yield return outcome;
        while (outcome is Outcome<Word>.Next)
        {
            outcome = Step(outcome.State);
            yield return outcome;
        }
    }

    /// <summary>An instruction with what it costs: its rule, and a trap where no instruction is left to pay with.</summary>
    public static Guarded<T, Outcome<T>> Execute<T>(Execution<T> execution)
        where T : IWord<T> => execution.State.Budget.Instructions is Allowance<T>.Unlimited
            ? execution.Form.Operation.Execute(execution)
            : Pay(execution.State, paid => execution.Form.Operation.Execute(execution with { State = paid }));

    private Guarded<T, Outcome<T>> Execute<T>(int index, Instruction instruction, State<T> state)
        where T : IWord<T> => state.Budget.Instructions is Allowance<T>.Unlimited
            ? Apply(index, new Execution<T>(instruction.Form, instruction.Fields<T>(), state, Profile))
            : Pay(state, paid => Apply(index, new Execution<T>(instruction.Form, instruction.Fields<T>(), paid, Profile)));

    private static Guarded<T, Outcome<T>> Pay<T>(
        State<T> state, Func<State<T>, Guarded<T, Outcome<T>>> rule)
        where T : IWord<T>
    {
        var result = rule(state.Paid());
        var spent = Guarded<T>.Of(result.Value).Unless(state.CannotPay(), Trap.InstructionBudget);
        return spent.Guards.IsEmpty ? result : spent with { Guards = [.. spent.Guards, .. result.Guards] };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Guarded<T, Outcome<T>> Apply<T>(int index, in Execution<T> execution)
        where T : IWord<T>
    {
        if (typeof(T) != typeof(Word) || kept is not { } rules) return execution.Form.Operation.Execute(execution);
        var rule = rules[index] ??= execution.Form.Operation.Execute<Word>;
        return ((Rule<T>)(object)rule)(execution);
    }

    private static Guarded<T, Outcome<T>> Refuse<T>(State<T> state, Trap trap)
        where T : IWord<T> =>
        Guarded<T>.Of<Outcome<T>>(new Outcome<T>.Next(state)).Unless(Truth<T>.Of(true), trap);

    private delegate Guarded<T, Outcome<T>> Rule<T>(in Execution<T> execution)
        where T : IWord<T>;
}
