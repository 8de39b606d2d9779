using RbpfSpec.Interp;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Serving;

/// <summary>A machine whose runs begin on the reference machine, and go on on the fast one.</summary>
/// <remarks>
/// Most containers run some tens of instructions, with calls of helpers between: then a run is over before the fast machine, to which
/// a state is copied and which leaves helpers to the reference machine, would have gained anything. For one thread at a time.
/// </remarks>
public sealed class MixedMachine : IMachine
{
    /// <summary>How many instructions of a run are executed on the reference machine.</summary>
    public const int Steps = 100;

    private readonly ConcreteMachine reference;
    private readonly Lazy<EngineMachine> fast;

    /// <summary>A machine loaded with a program.</summary>
    public MixedMachine(CheckedProgram program)
    {
        reference = new(program);
        fast = new(() => new(program));
    }

    public Outcome<Word> Run(State<Word> state)
    {
        for (var i = 0; i < Steps; i++)
        {
            var outcome = reference.Step(state);
            if (outcome is not Outcome<Word>.Next) return outcome;
            state = outcome.State;
        }

        return fast.Value.Run(state);
    }
}
