using RbpfSpec.Debugging.History;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Stepping;

/// <summary>Where a motion has led.</summary>
internal abstract record Arrival
{
    private Arrival(Timeline at) => At = at;

    /// <summary>The run there.</summary>
    public Timeline At { get; }

    /// <summary>Not to its end yet.</summary>
    public sealed record Underway : Arrival
    {
        /// <summary>At a place, with what is left of the motion.</summary>
        public Underway(Timeline at, Motion further)
            : base(at) => Further = further;

        /// <summary>The rest of the motion.</summary>
        public Motion Further { get; }
    }

    /// <summary>To the instruction or line that it was to lead to.</summary>
    public sealed record Stepped : Arrival
    {
        /// <summary>At a place.</summary>
        public Stepped(Timeline at)
            : base(at)
        {
        }
    }

    /// <summary>To breakpoints.</summary>
    public sealed record AtBreakpoint : Arrival
    {
        /// <summary>At a place with breakpoints.</summary>
        public AtBreakpoint(Timeline at, Sequence<int> hit)
            : base(at) => Hit = hit;

        /// <summary>The numbers of the breakpoints, at least one.</summary>
        public Sequence<int> Hit { get; }
    }

    /// <summary>To the start of the run.</summary>
    public sealed record AtStart : Arrival
    {
        /// <summary>At the start.</summary>
        public AtStart(Timeline at)
            : base(at)
        {
        }
    }

    /// <summary>To the end of the run.</summary>
    public sealed record AtEnd : Arrival
    {
        /// <summary>At a place where the run ends.</summary>
        public AtEnd(Timeline at, Outcome<Word> end)
            : base(at) => End = end;

        /// <summary>How it ends.</summary>
        public Outcome<Word> End { get; }
    }
}

/// <summary>Goes through a run, forwards and backwards.</summary>
/// <param name="Map">The lines of source.</param>
/// <param name="StopsAt">The numbers of the breakpoints at which a state, at a position of the run, stops; mostly none.</param>
internal sealed record Traveller(SourceMap Map, Func<long, State<Word>, Sequence<int>> StopsAt)
{
    /// <summary>A state's place as steps see it.</summary>
    public Standing Standing(State<Word> state) => new(state.Frames.Count, Map.At(state.ProgramCounter.Value));

    /// <summary>The motion that goes back by one instruction or line; in the middle of a line, to its begin.</summary>
    public Motion.StepBack Back(Timeline from, bool byInstruction) => new(byInstruction, Standing(from.State), null, null);

    /// <summary>Goes some steps, or less if it arrives.</summary>
    public Arrival Go(Timeline from, Motion motion, int steps) => motion switch
    {
        Motion.Continue or Motion.Step => Forwards(from, motion, steps),
        Motion.Reverse or Motion.StepBack => Backwards(from, motion, steps),
    };

    private Arrival Forwards(Timeline from, Motion motion, int steps)
    {
        Sequence<int> hit = [];
        var position = from.Position;
        var at = from.Forward(Arrives, steps, out var hasArrived);
        if (at.End is { } end) return new Arrival.AtEnd(at, end);
        if (!hasArrived) return new Arrival.Underway(at, motion);
        return hit.IsEmpty ? new Arrival.Stepped(at) : new Arrival.AtBreakpoint(at, hit);

        bool Arrives(State<Word> state)
        {
            hit = StopsAt(++position, state);
            return !hit.IsEmpty || (motion is Motion.Step step && step.Arrives(Standing(state)));
        }
    }

    private Arrival Backwards(Timeline from, Motion motion, int steps)
    {
        var at = from;
        for (var step = 0; step < steps; step++)
        {
            if (at.Back() is not { } before)
            {
                return motion is Motion.StepBack { Candidate: { Position: > 0 } found }
                    ? new Arrival.Stepped(found) : new Arrival.AtStart(at);
            }

            if (motion is Motion.StepBack back)
            {
                var (isThere, further) = Looked(back, before);
                if (isThere) return new Arrival.Stepped(back.Candidate ?? before);
                motion = further;
            }

            at = before;
            if (StopsAt(at.Position, at.State) is { IsEmpty: false } hit) return new Arrival.AtBreakpoint(at, hit);
        }

        return new Arrival.Underway(at, motion);
    }

    // Whether the step back ends, with its candidate or, if it has none, at the place before; and what it has found there.
    private (bool IsThere, Motion.StepBack Further) Looked(Motion.StepBack back, Timeline before)
    {
        var here = Standing(before.State);
        if (back.Line is { } line)
        {
            if (here == line) return (false, back with { Candidate = before });
            return (here.Depth <= line.Depth, back);
        }

        if (here.Depth > back.From.Depth) return (false, back);
        if (back.ByInstruction || back.From.Place is null) return (true, back);

        // What was before is of another line, unless the motion began in the middle of its own.
        return (false, here.Place is null ? back : back with { Line = here, Candidate = before });
    }
}
