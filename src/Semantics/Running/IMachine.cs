using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Running;

/// <summary>A machine, loaded with a program: the reference machine, or one that is faster and does the same.</summary>
public interface IMachine
{
    /// <summary>Runs a state to its end: EXIT or a trap.</summary>
    /// <remarks>Ends if the budget limits branches or instructions; else only if the program does.</remarks>
    Outcome<Word> Run(State<Word> state);
}
