using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Mutants;

/// <summary>The reference machine with a mutant in the place of one rule.</summary>
/// <param name="machine">The machine, loaded with a program.</param>
/// <param name="mutant">The mutant; without one it is the reference machine.</param>
public sealed class MutantMachine(ReferenceMachine machine, RuleMutant? mutant)
{
    /// <summary>One step.</summary>
    public Outcome<Word> Step(State<Word> state)
    {
        var index = state.ProgramCounter.Value;
        if (mutant is null || index >= (ulong)machine.Program.Length || machine.At((int)index) is not Decoded.Valid(var instruction)
            || !IsMutated(machine.At((int)index)))
        {
            return machine.Step(state);
        }

        var execution = new Execution<Word>(instruction.Form, instruction.Fields<Word>(), state, machine.Profile);
        return ReferenceMachine.Execute(execution, mutant.Execute).From(state);
    }

    /// <summary>Runs a state to its end, or for a number of steps: a mutant can keep a program from ending.</summary>
    /// <returns>The end; the last state where it is not reached.</returns>
    public Outcome<Word> Run(State<Word> state, int steps) => Runs.Limited(Step, state, steps).Outcome;

    private bool IsMutated(Decoded decoded) => decoded is Decoded.Valid(var instruction) && instruction.Form.Id == mutant?.Form.Id;
}
