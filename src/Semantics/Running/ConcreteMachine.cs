using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Running;

/// <summary>The reference machine on concrete states, faster: tested equal to it, step by step.</summary>
/// <remarks>
/// It keeps the fields of each slot as words, and the rule once met, since looking up a generic virtual method costs as
/// much as many rules do.
/// For one thread at a time.
/// </remarks>
public sealed class ConcreteMachine : IMachine
{
    // A program that ends before this many steps gains nothing from what is kept for the later ones.
    private const int StepsBeforeKeeping = 1_000;

    private readonly FieldWords<Word>?[] fields;
    private Rule<Word>?[]? rules;
    private int steps;

    /// <summary>A machine of a profile, loaded with a program.</summary>
    public ConcreteMachine(Program program, Profile profile)
        : this(new ReferenceMachine(program, profile))
    {
    }

    /// <summary>A machine loaded with a program that passed the preflight check, of the profile that it was checked against.</summary>
    public ConcreteMachine(CheckedProgram program)
        : this(new ReferenceMachine(program))
    {
    }

    private ConcreteMachine(ReferenceMachine definition) =>
        (Definition, fields) = (definition, new FieldWords<Word>?[definition.Program.Length]);

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
        var index = state.ProgramCounter.Value;
        if (index >= (ulong)fields.Length || At((int)index) is not Decoded.Valid(var instruction)) return Definition.Step(state);
        if (rules is null && ++steps >= StepsBeforeKeeping) rules = new Rule<Word>?[Program.Length];
        var execution = new Execution<Word>(
            instruction.Form, fields[index] ??= instruction.Fields<Word>(), state, Profile);
        var effect = rules is { } kept
            ? ReferenceMachine.Execute(execution, kept[index] ??= instruction.Form.Operation.Execute<Word>)
            : ReferenceMachine.Execute(execution);
        return effect.From(state);
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
