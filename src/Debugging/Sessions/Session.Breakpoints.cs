using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Expressions;
using RbpfSpec.Debugging.Protocol;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Sessions;

public sealed partial record Session
{
    private ImmutableList<Breakpoint> breakpoints = [];
    private int breakpointsMade;
    private Hits hits = Hits.None;
    private bool stopsAtTraps = true;
    private bool stopsAtEnd;

    // By slot, whether any breakpoint is there: most instructions have none.
    private Sequence<bool> stops;

    private Session SetLines(Request request, RequestArguments arguments)
    {
        var source = NameOf(arguments);
        if (!arguments.Has("source")) arguments.Fail("source", "is missing");
        var wanted = arguments.Objects("breakpoints").Map(one => (
            Place: (BreakpointPlace)new BreakpointPlace.AtLine(source, one.RequiredNumber("line", lineBase) - lineBase + 1),
            When: BreakpointTerms.Of(one)));
        return arguments.Problem is not null ? this
            : Set(request, wanted, one => one is BreakpointPlace.AtLine(var other, _) && other == source);
    }

    private Session SetFunctions(Request request, RequestArguments arguments)
    {
        var wanted = arguments.Objects("breakpoints").Map(one => (
            Place: (BreakpointPlace)new BreakpointPlace.AtFunction(one.RequiredText("name")), When: BreakpointTerms.Of(one)));
        return arguments.Problem is not null ? this : Set(request, wanted, one => one is BreakpointPlace.AtFunction);
    }

    private Session SetInstructions(Request request, RequestArguments arguments)
    {
        var wanted = arguments.Objects("breakpoints").Map(one => (
            Place: (BreakpointPlace)new BreakpointPlace.AtInstruction(
                one.RequiredText("instructionReference"), one.Number("offset", 0, int.MinValue)),
            When: BreakpointTerms.Of(one)));
        return arguments.Problem is not null ? this : Set(request, wanted, one => one is BreakpointPlace.AtInstruction);
    }

    private Session SetExceptions(Request request, RequestArguments arguments)
    {
        var filters = arguments.Texts("filters");
        if (filters.FirstOrDefault(filter => filter is not (TrapFilter or ExitFilter)) is { } unknown)
            arguments.Fail("filters", $"has '{unknown}' in it; expected {TrapFilter} and {ExitFilter}");
        var options = arguments.Objects("filterOptions").Map(static one => (
            Filter: one.RequiredText("filterId"), Problem: FilterProblem(one.Text("filterId"), one.Text("condition"))));
        if (arguments.Problem is not null) return this;
        string[] asked = [.. filters, .. from one in options where one.Problem is null select one.Filter];
        var set = this with { stopsAtTraps = asked.Contains(TrapFilter), stopsAtEnd = asked.Contains(ExitFilter) };
        return set.Respond(request, new()
        {
            ["breakpoints"] = new JsonArray(
                [.. filters.Map(static _ => Verdict(null)), .. options.Map(static one => Verdict(one.Problem))]),
        });
    }

    private static string? FilterProblem(string? filter, string? condition) =>
        filter is not (TrapFilter or ExitFilter) ? $"there is no filter '{filter}'; expected {TrapFilter} or {ExitFilter}"
        : string.IsNullOrWhiteSpace(condition) ? null
        : $"'{filter}' takes no condition; expected none, or a breakpoint with the condition at the instruction";

    private static JsonObject Verdict(string? problem)
    {
        JsonObject told = new() { ["verified"] = problem is null };
        if (problem is not null) told["message"] = problem;
        return told;
    }

    // The source that a request names.
    private static SourceName NameOf(RequestArguments arguments)
    {
        var source = arguments.Object("source");
        var reference = source.Number("sourceReference", 0);
        return new(reference > 0 ? "" : source.Text("path") ?? source.Text("name") ?? "", reference);
    }

    // Those wanted take the place of those that were of their kind.
    private Session Set(
        Request request, Sequence<(BreakpointPlace Place, BreakpointTerms When)> wanted, Predicate<BreakpointPlace> replaces)
    {
        var made = breakpointsMade;
        Sequence<Breakpoint> added =
        [
            .. from one in wanted select Resolve(new(++made, one.Place, one.When, [], 0, null)),
        ];
        var set = this with
        {
            breakpoints = breakpoints.RemoveAll(one => replaces(one.Place)).AddRange(added),
            breakpointsMade = made,
        };
        set = set with { hits = hits.Of(set.breakpoints.Select(static one => one.Id)) };
        return set.WithStops().Respond(request, new() { ["breakpoints"] = new JsonArray([.. added.Map(Told)]) });
    }

    // All breakpoints once the program is known; the client hears of those that it set before.
    private Session Resolved()
    {
        var resolved = (this with { breakpoints = [.. breakpoints.Select(Resolve)] }).WithStops();
        foreach (var one in resolved.breakpoints)
            resolved = resolved.Event("breakpoint", new() { ["reason"] = "changed", ["breakpoint"] = Told(one) });
        return resolved;
    }

    private Breakpoint Resolve(Breakpoint breakpoint)
    {
        if (target is null) return breakpoint with { Problem = "no program is launched yet" };
        var resolved = target.Resolve(breakpoint);
        if (resolved.Problem is not null) return resolved;

        // A name may mean something at one instruction of a line and nothing at another: there it does not stop.
        var problems = resolved.Slots.Map(slot => (Slot: slot, Text: ProblemAt(resolved.When, slot)));
        Sequence<int> sensible = [.. from one in problems where one.Text is null select one.Slot];
        return sensible.IsEmpty ? resolved with { Slots = [], Line = 0, Problem = problems[0].Text } : resolved with { Slots = sensible };
    }

    private string? ProblemAt(BreakpointTerms when, int slot)
    {
        var state = target!.Timeline.State;
        return when.ProblemAt(state, new(target.Variables, state, (ulong)slot));
    }

    private Session WithStops()
    {
        if (target is null) return this;
        var here = new bool[target.Prepared.Machine.Program.Length];
        foreach (var slot in breakpoints.SelectMany(one => (IEnumerable<int>)one.Slots)) here[slot] = true;
        return this with { stops = Sequence.Of<bool>(here) };
    }

    private JsonObject Told(Breakpoint breakpoint)
    {
        var told = Verdict(breakpoint.Problem);
        told["id"] = breakpoint.Id;
        if (breakpoint.Line > 0 && breakpoint.Place is BreakpointPlace.AtLine) told["line"] = LineOut(breakpoint.Line);
        if (!breakpoint.Slots.IsEmpty) told["instructionReference"] = Places.CodeAddress.Of(breakpoint.Slots[0]);
        return told;
    }

    // The breakpoints at which a state stops. What they count and tell on the way is collected.
    private Sequence<int> StopsAt(Passage passage, long position, State<Word> state)
    {
        var slot = state.ProgramCounter.Value;
        if (slot >= (ulong)stops.Count || !stops[(int)slot]) return [];
        List<int> hit = [];
        foreach (var one in breakpoints)
        {
            if (!one.Slots.Contains((int)slot) || !Holds(one.When.Condition, state)) continue;
            var isNew = true;
            if (one.When is not { Hits: null, Message: null })
            {
                (passage.Hits, var number, isNew) = passage.Hits.With(one.Id, position);
                if (one.When.Hits is { } counted && !HitCondition.Read(counted)!.StopsAt(number)) continue;
            }

            if (one.When.Message is null) hit.Add(one.Id);
            else if (isNew) passage.Told.Add(LogMessage.Filled(one.When.Message, state, LocalsOf(state)));
        }

        return hit.ToSequence();
    }

    // What cannot be evaluated here, as a divisor is 0, stops, so that somebody sees it.
    private bool Holds(string? condition, State<Word> state) =>
        condition is null || Expression.Evaluate(condition, state, 0, LocalsOf(state)) is not Evaluation.Value(0);

    private Session WithoutValueTold(Breakpoint breakpoint)
    {
        var state = target!.Timeline.State;
        return breakpoint.When.Condition is { } condition
            && Expression.Evaluate(condition, state, 0, LocalsOf(state)) is Evaluation.Problem(var problem)
                ? Output("console", FormattableString.Invariant(
                    $"breakpoint {breakpoint.Id} stops, as its condition '{condition.Trim()}' has no value here: {problem}\n"))
                : this;
    }

    // What comes together on a way through the run.
    private sealed class Passage(Hits hits)
    {
        public Hits Hits { get; set; } = hits;

        public List<string> Told { get; } = [];
    }

    private Session After(Passage passage)
    {
        var told = this with { hits = passage.Hits };
        foreach (var line in passage.Told) told = told.Output("console", line + "\n");
        return told;
    }

    private int LineOut(int line) => line - 1 + lineBase;
}
