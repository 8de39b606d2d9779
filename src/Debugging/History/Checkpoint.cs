using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.History;

/// <summary>A state that a run had after some steps, kept so that later ones can be found again.</summary>
/// <param name="Position">How many steps had been made.</param>
/// <param name="State">The state.</param>
internal sealed record Checkpoint(long Position, State<Word> State);

/// <summary>All states of a run from one position up to another.</summary>
/// <param name="First">The position of the first of them.</param>
/// <param name="States">The states, one a position.</param>
internal sealed record Segment(long First, Sequence<State<Word>> States)
{
    /// <summary>Whether the state of a position is among them.</summary>
    public bool Holds(long position) => position >= First && position - First < States.Count;

    /// <summary>The state of a position that <see cref="Holds"/> says is here.</summary>
    public State<Word> At(long position) => States[(int)(position - First)];
}
