using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Running;

/// <summary>The effect of one instruction on a state, over a domain of words.</summary>
public delegate Effect<T> Rule<T>(in Execution<T> execution)
    where T : IWord<T>;

/// <summary>The reference machine: fetch, decode, execute, over any domain of words.</summary>
/// <remarks>
/// Defensive: it relies on no check. A program that was not checked traps where a checked one cannot; no program and
/// no state make it throw, as long as the words it must know (the program counter, a helper's id) are known.
/// <see cref="ConcreteMachine"/> does the same on concrete states, faster.
/// </remarks>
public sealed class ReferenceMachine : IMachine
{
    private readonly Sequence<Decoded> decoded;

    /// <summary>A machine of a profile, loaded with a program.</summary>
    public ReferenceMachine(Program program, Profile profile)
        : this(program, profile, Preflight.Decode(program, profile))
    {
    }

    /// <summary>A machine loaded with a program that passed the preflight check, of the profile that it was checked against.</summary>
    public ReferenceMachine(CheckedProgram program)
        : this(program.Program, program.Rules.Profile, program.Decoded)
    {
    }

    private ReferenceMachine(Program program, Profile profile, Sequence<Decoded> decoded) =>
        (Program, Profile, this.decoded) = (program, profile, decoded);

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>The machine variant.</summary>
    public Profile Profile { get; }

    /// <summary>The content of a slot of the program, by its index, as this machine takes it.</summary>
    public Decoded At(int index) => decoded[index];

    /// <summary>One step as data: the guards under which the machine traps, and the outcome if none holds.</summary>
    /// <exception cref="ArgumentException">The program counter is not known: a symbolic reader forks on it first.</exception>
    public Effect<T> Step<T>(State<T> state)
        where T : IWord<T>
    {
        if (!state.ProgramCounter.IsKnown(out var index))
            throw new ArgumentException("the program counter is not known", nameof(state));
        if (index >= (ulong)decoded.Count) return Refuse(state, Trap.ProgramCounterOutside);
        return decoded[(int)index] switch
        {
            Decoded.Malformed => Refuse(state, Trap.IllegalInstruction),
            Decoded.Valid(var instruction) => Execute(new Execution<T>(instruction.Form, instruction.Fields<T>(), state, Profile)),
        };
    }

    /// <summary>One step of a concrete state.</summary>
    public Outcome<Word> Step(State<Word> state) => Step<Word>(state).From(state);

    public Outcome<Word> Run(State<Word> state) => Trace(state).Last();

    /// <summary>Runs a concrete state, yielding the outcome of each step, the last of them the end.</summary>
    public IEnumerable<Outcome<Word>> Trace(State<Word> state) => Runs.Trace(Step, state);

    /// <summary>An instruction with what it costs: its rule, and a trap where no instruction is left to pay with.</summary>
    public static Effect<T> Execute<T>(in Execution<T> execution)
        where T : IWord<T> => Execute(execution, execution.Form.Operation.Execute);

    /// <summary>An instruction with what it costs, by another rule than its own.</summary>
    public static Effect<T> Execute<T>(in Execution<T> execution, Rule<T> rule)
        where T : IWord<T>
    {
        var state = execution.State;
        if (state.Budget.Instructions is Allowance<T>.Unlimited) return rule(execution);
        var result = rule(execution with { State = state.Paid() });
        var spent = Effect<T>.Of(result.Value).Unless(state.CannotPay(), Trap.InstructionBudget);
        return spent.Guards.IsEmpty ? result : spent with { Guards = [.. spent.Guards, .. result.Guards] };
    }

    private static Effect<T> Refuse<T>(State<T> state, Trap trap)
        where T : IWord<T> =>
        Effect<T>.Of(new Outcome<T>.Next(state)).Unless(Truth<T>.Of(true), trap);
}
