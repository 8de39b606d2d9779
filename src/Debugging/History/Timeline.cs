using System.Collections.Immutable;
using RbpfSpec.ProgramReports;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.History;

/// <summary>A run that goes forwards and backwards: where it is, and what is needed to find each state that it had.</summary>
/// <remarks>
/// A persistent value: going anywhere makes another one. States are kept every <see cref="Interval"/> steps, and those
/// between are found by running again, since a run is the same each time. A state that somebody changed is kept, too,
/// and takes its place whenever the run comes by; what had been after it is forgotten.
/// </remarks>
public sealed class Timeline
{
    /// <summary>The number of steps between two states that are kept.</summary>
    public const int Interval = 1_024;

    // Ascending positions, the first of them 0.
    private readonly ImmutableList<Checkpoint> checkpoints;
    private readonly Segment? segment;

    private Timeline(Prepared prepared, ImmutableList<Checkpoint> checkpoints, long position, State<Word> state)
    {
        Prepared = prepared;
        this.checkpoints = checkpoints;
        Position = position;
        State = state;
    }

    private Timeline(Timeline from, long position, State<Word> state, Segment? segment)
        : this(from.Prepared, from.checkpoints, position, state) => this.segment = segment;

    /// <summary>The program that runs.</summary>
    public Prepared Prepared { get; }

    /// <summary>How many steps were made to come here.</summary>
    public long Position { get; }

    /// <summary>The state here.</summary>
    public State<Word> State { get; }

    /// <summary>How the run ends here; null if it was not tried to go on, or it went on.</summary>
    public Outcome<Word>? End { get; private init; }

    /// <summary>How many local calls have not returned.</summary>
    public int Depth => State.Frames.Count;

    /// <summary>The slot of the instruction to execute next.</summary>
    public ulong Slot => State.ProgramCounter.Value;

    /// <summary>The start of a run.</summary>
    public static Timeline Start(Prepared prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        return new(prepared, [new(0, prepared.State)], 0, prepared.State);
    }

    /// <summary>The run some steps further on, at its end, or at the first state that is looked for.</summary>
    /// <param name="arrives">Whether a state is one to stop in; the one here is not asked about.</param>
    /// <param name="most">How many steps are made at most.</param>
    /// <param name="hasArrived">Whether the state there is one that was looked for.</param>
    public Timeline Forward(Func<State<Word>, bool> arrives, int most, out bool hasArrived)
    {
        ArgumentNullException.ThrowIfNull(arrives);
        hasArrived = false;
        var (state, position, kept) = (State, Position, checkpoints);
        var next = Last(kept, position) + 1;
        for (var step = 0; step < most && !hasArrived; step++)
        {
            var outcome = Prepared.Machine.Step(state);
            if (outcome is not Outcome<Word>.Next) return new(Prepared, kept, position, state) { End = outcome };
            (state, position) = (outcome.State, position + 1);
            if (next < kept.Count)
            {
                if (kept[next].Position == position) state = kept[next++].State;
            }
            else if (position % Interval == 0)
            {
                kept = kept.Add(new(position, state));
                next++;
            }

            hasArrived = arrives(state);
        }

        return new(Prepared, kept, position, state);
    }

    /// <summary>The run one step further on; the same place, with its end, if it ends here.</summary>
    public Timeline Forward() => Forward(static _ => true, 1, out _);

    /// <summary>The run one step earlier; null at its start.</summary>
    public Timeline? Back() => Position == 0 ? null : At(Position - 1);

    /// <summary>The run at its start.</summary>
    public Timeline ToStart() => new(this, 0, checkpoints[0].State, segment);

    /// <summary>The run with another state here; what had come after is forgotten.</summary>
    public Timeline With(State<Word> changed) => new(
        Prepared, checkpoints.RemoveAll(kept => kept.Position >= Position).Add(new(Position, changed)), Position, changed);

    private Timeline At(long position)
    {
        var around = segment is { } known && known.Holds(position) ? known : Again(position);
        return new(this, position, around.At(position), around);
    }

    // The states from the one kept before a position up to that position.
    private Segment Again(long position)
    {
        var from = checkpoints[Last(checkpoints, position)];
        var states = new State<Word>[position - from.Position + 1];
        states[0] = from.State;
        for (var i = 1; i < states.Length; i++) states[i] = Prepared.Machine.Step(states[i - 1]).State;
        return new(from.Position, Sequence.Of<State<Word>>(states));
    }

    // The index of the last state kept that is not behind a position.
    private static int Last(ImmutableList<Checkpoint> checkpoints, long position)
    {
        var (low, high) = (0, checkpoints.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (checkpoints[middle].Position <= position) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}
