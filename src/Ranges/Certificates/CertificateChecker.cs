using RbpfSpec.Ranges.Analysis;

namespace RbpfSpec.Ranges.Certificates;

/// <summary>The result of checking what is claimed of one case.</summary>
public abstract record CheckedCase
{
    private CheckedCase()
    {
    }

    /// <summary>All of it holds on every run: for each instruction that runs may come to, the state before it and what it does.</summary>
    /// <remarks>Only the checker makes one.</remarks>
    public sealed record True : CheckedCase
    {
        internal True(
            AnalysedProgram program,
            ControlFlow flow,
            IReadOnlyDictionary<int, AbstractState> states,
            IReadOnlyDictionary<int, Visited> visits) =>
            (Program, Flow, States, Visits) = (program, flow, states, visits);

        /// <summary>The program, with the lengths of the context that it is true of.</summary>
        public AnalysedProgram Program { get; }

        /// <summary>Its control flow.</summary>
        public ControlFlow Flow { get; }

        /// <summary>The states that were claimed, for each node where ways meet and that is reached.</summary>
        public IReadOnlyDictionary<int, AbstractState> States { get; }

        /// <summary>The observations at each node to which runs may come.</summary>
        public IReadOnlyDictionary<int, Visited> Visits { get; }
    }

    /// <summary>It is not confirmed.</summary>
    /// <param name="Problem">Why, in a sentence.</param>
    public sealed record Refused(string Problem) : CheckedCase;
}

/// <summary>An instruction that runs may come to.</summary>
/// <param name="State">The state before it.</param>
/// <param name="Step">What it does.</param>
public readonly record struct Visited(AbstractState State, Step Step);

/// <summary>Confirms a certificate without the analysis that made it, in one pass.</summary>
/// <remarks>
/// By induction over the steps of a run: it begins in the initial state; if a state before an instruction is among those that the
/// abstract one stands for, so is the state after it, because the rules ran on words that stand for all; and where ways meet, what
/// arrives is among what is claimed.
/// </remarks>
public static class CertificateChecker
{
    // Some times what an analysis finds of a state at most: what has more takes long to check, and says no more.
    private const int MostValues = 4096;
    private const int MostSums = 256;

    // r6 to r10.
    private const int SavedRegisters = 5;

    /// <summary>Checks what is claimed of one case.</summary>
    /// <param name="program">The program, with the lengths of the context of this case.</param>
    /// <param name="flow">Its control flow.</param>
    /// <param name="claimed">The states that are claimed, by node.</param>
    public static CheckedCase Check(AnalysedProgram program, ControlFlow flow, IReadOnlyDictionary<int, AbstractState> claimed)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(flow);
        if (!flow.IsOf(program.Machine, program.Entry)) return new CheckedCase.Refused("the control flow is of another program");

        if (program.Dependence is { } dependence) return new CheckedCase.Refused(dependence);
        if (program.Profile.FrameBytes > ushort.MaxValue) return new CheckedCase.Refused("the frames are too large to be followed");

        // Copied once, so that what is checked here is what is claimed there.
        var states = claimed.ToDictionary();
        var walker = new Walker(flow, new(program));
        var heads = flow.Loops.Select(static loop => loop.Head).ToHashSet();
        Dictionary<int, Visited> visits = [];
        string? problem = null;
        foreach (var node in states.Keys)
        {
            if (node < 0 || node >= flow.Nodes.Count || !flow.IsMeeting(node))
                return new CheckedCase.Refused(FormattableString.Invariant($"node {node} is none where ways meet"));
        }

        foreach (var (node, state) in states)
        {
            if (Meaningless(state, flow.Nodes[node], program.Profile.FrameBytes, heads) is { } meaningless) Refuse(node, meaningless);
        }

        if (problem is not null) return new CheckedCase.Refused(problem);
        var initial = program.Initial();
        if (flow.IsMeeting(0)) Arrive(-1, 0, initial);
        else walker.Walk(0, initial, Arrive, Visit);
        foreach (var (node, state) in states)
        {
            if (problem is not null) break;
            walker.Walk(node, state, Arrive, Visit);
        }

        return problem is null
            ? new CheckedCase.True(program, flow, states.AsReadOnly(), visits.AsReadOnly())
            : new CheckedCase.Refused(problem);

        void Visit(int node, AbstractState state, in Step step) => visits[node] = new(state, step);

        void Arrive(int from, int to, AbstractState state)
        {
            if (problem is not null) return;
            if (!states.TryGetValue(to, out var claim))
                Refuse(to, "no state is claimed, and runs may come there");
            else if (Arrival.At(flow, from, to, state).ProblemWith(claim) is { } lack)
                Refuse(to, lack);
        }

        void Refuse(int node, string lack) => problem ??=
            FormattableString.Invariant($"slot {flow.Nodes[node].Slot}: {lack}");
    }

    // Why a state says nothing that could be confirmed; null if it does. One number stands for one place, once.
    private static string? Meaningless(AbstractState state, FlowNode node, int frameBytes, HashSet<int> heads)
    {
        if (state.Relations.Values.Length > MostValues) return "more values than can be followed";
        if (state.Relations.Facts.Length > MostSums) return "more sums than can be followed";
        if (state.Counters.Any(counter => !heads.Contains(counter.Head))) return "it counts rounds of what is no loop";
        if (state.Counters.Select(static counter => counter.Head).Distinct().Count() != state.Counters.Count)
            return "it counts rounds of one loop twice";
        if (state.Frames.Count != node.Calls.Count + 1) return "another number of frames";
        for (var i = 0; i < state.Frames.Count; i++)
        {
            if (Meaningless(state.Frames[i], i == 0 ? null : node.Calls[i - 1], frameBytes) is { } problem) return problem;
        }

        return state.Registers.Concat(state.Counters.Select(static counter => counter.Word))
            .Concat(state.Relations.Values.ToArray().Select(static value => value.Word))
            .Any(static word => word.Width != Width.Bits64)
            ? "a word of another size"
            : null;
    }

    private static string? Meaningless(AbstractFrame frame, int? returnTo, int frameBytes)
    {
        var (returns, saved, cells) = frame;
        if (returns != (returnTo ?? -1) || saved.Count != (returnTo is null ? 0 : SavedRegisters)) return "another call in progress";
        if (saved.Any(static word => word.Width != Width.Bits64)) return "a saved register of another size";
        if (cells.Zeros.Length != (frameBytes + 63) / 64) return "another size of frames";
        var end = 0;
        foreach (var cell in cells.Cells)
        {
            if (cell.Offset < end || cell.End > frameBytes) return "cells of the stack that overlap, or lie beyond its end";
            end = cell.End;
        }

        return null;
    }
}
