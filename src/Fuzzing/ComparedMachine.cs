using RbpfSpec.Interp;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Fuzzing;

/// <summary>Runs a checked program from a state to its end.</summary>
/// <param name="program">The program.</param>
/// <param name="state">The state, with a budget that ends every run.</param>
/// <param name="visits">Of each slot how often it was executed; a machine that cannot tell leaves it as it is.</param>
public delegate Outcome<Word> Run(CheckedProgram program, State<Word> state, Span<long> visits);

/// <summary>A machine that takes part in a comparison.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Run">What it does.</param>
public sealed record ComparedMachine(string Name, Run Run)
{
    /// <summary>The semantics, step by step; it tells which slots were executed.</summary>
    public static ComparedMachine Reference { get; } = new("reference", RunReference);

    /// <summary>An engine of the fast machine.</summary>
    public static ComparedMachine Of(Engine engine) => new(
        Engines.Choose(engine).ToString().ToLowerInvariant(),
        (program, state, _) => EngineMachine.RunOnce(program, engine, state));

    private static Outcome<Word> RunReference(CheckedProgram program, State<Word> state, Span<long> visits)
    {
        Outcome<Word> end = new Outcome<Word>.Next(state);
        foreach (var outcome in new ConcreteMachine(program).Trace(state))
        {
            if (outcome is not Outcome<Word>.Trapped) visits[(int)end.State.ProgramCounter.Value]++;
            end = outcome;
        }

        return end;
    }
}
