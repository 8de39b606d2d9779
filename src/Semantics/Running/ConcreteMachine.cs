using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Running;

/// <summary>The reference machine on concrete states, faster: tested equal to it, step by step.</summary>
/// <remarks>
/// It keeps the rule of each slot once met, since looking up a generic virtual method costs as much as many rules do.
/// For one thread at a time.
/// </remarks>
public sealed class ConcreteMachine : IMachine
{
    // A program that ends before this many steps gains nothing from what is kept for the later ones.
    private const int StepsBeforeKeeping = 1_000;

    private Rule<Word>?[]? kept;
    private int steps;

    /// <summary>A machine of a profile, loaded with a program.</summary>
    public ConcreteMachine(Program program, Profile profile) => Definition = new(program, profile);

    /// <summary>A machine loaded with a program that passed the preflight check, of the profile that it was checked against.</summary>
    public ConcreteMachine(CheckedProgram program) => Definition = new(program);

    /// <summary>The machine that this one equals, said plainly.</summary>
    public ReferenceMachine Definition { get; }

    /// <summary>The program.</summary>
    public Program Program => Definition.Program;

    /// <summary>The machine variant.</summary>
    public Profile Profile => Definition.Profile;

    /// <summary>The instruction at a slot index of the program, or why there is none.</summary>
    public Decoded At(int index) => Definition.At(index);

    /// <summary>One step.</summary>
    public Outcome<Word> Step(State<Word> state)
    {
        if (kept is null && ++steps >= StepsBeforeKeeping) kept = new Rule<Word>?[Program.Length];
        var index = state.ProgramCounter.Value;
        if (kept is not { } rules || index >= (ulong)rules.Length || At((int)index) is not Decoded.Valid(var instruction))
            return Definition.Step(state);
        var rule = rules[index] ??= instruction.Form.Operation.Execute<Word>;
        var execution = new Execution<Word>(instruction.Form, instruction.Fields<Word>(), state, Profile);
        return ReferenceMachine.Execute(execution, rule).From(state);
    }

    public Outcome<Word> Run(State<Word> state)
    {
        var outcome = Step(state);
        while (outcome is Outcome<Word>.Next) outcome = Step(outcome.State);
        return outcome;
    }

    /// <summary>Runs a state, yielding the outcome of each step, the last of them the end.</summary>
    public IEnumerable<Outcome<Word>> Trace(State<Word> state) => Runs.Trace(Step, state);
}
