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
            Condition: one.Text("condition")));
        return arguments.Problem is not null ? this
            : Set(request, wanted, one => one is BreakpointPlace.AtLine(var other, _) && other == source);
    }

    private Session SetFunctions(Request request, RequestArguments arguments)
    {
        var wanted = arguments.Objects("breakpoints").Map(one => (
            Place: (BreakpointPlace)new BreakpointPlace.AtFunction(one.RequiredText("name")), Condition: one.Text("condition")));
        return arguments.Problem is not null ? this : Set(request, wanted, one => one is BreakpointPlace.AtFunction);
    }

    private Session SetInstructions(Request request, RequestArguments arguments)
    {
        var wanted = arguments.Objects("breakpoints").Map(one => (
            Place: (BreakpointPlace)new BreakpointPlace.AtInstruction(
                one.RequiredText("instructionReference"), one.Number("offset", 0, int.MinValue)),
            Condition: one.Text("condition")));
        return arguments.Problem is not null ? this : Set(request, wanted, one => one is BreakpointPlace.AtInstruction);
    }

    private Session SetExceptions(Request request, RequestArguments arguments)
    {
        var filters = arguments.Texts("filters");
        if (filters.FirstOrDefault(filter => filter is not (TrapFilter or ExitFilter)) is { } unknown)
            arguments.Fail("filters", $"has '{unknown}' in it; expected {TrapFilter} and {ExitFilter}");
        return (this with { stopsAtTraps = filters.Contains(TrapFilter), stopsAtEnd = filters.Contains(ExitFilter) }).Respond(request);
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
        Request request, Sequence<(BreakpointPlace Place, string? Condition)> wanted, Predicate<BreakpointPlace> replaces)
    {
        var made = breakpointsMade;
        Sequence<Breakpoint> added =
        [
            .. from one in wanted select Resolve(new(++made, one.Place, one.Condition == "" ? null : one.Condition, [], 0, null)),
        ];
        var set = this with
        {
            breakpoints = breakpoints.RemoveAll(one => replaces(one.Place)).AddRange(added),
            breakpointsMade = made,
        };
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

    private Breakpoint Resolve(Breakpoint breakpoint) => target is null
        ? breakpoint with { Problem = "no program is launched yet" }
        : target.Resolve(breakpoint);

    private Session WithStops()
    {
        if (target is null) return this;
        var here = new bool[target.Prepared.Machine.Program.Length];
        foreach (var slot in breakpoints.SelectMany(one => (IEnumerable<int>)one.Slots)) here[slot] = true;
        return this with { stops = Sequence.Of<bool>(here) };
    }

    private JsonObject Told(Breakpoint breakpoint)
    {
        JsonObject told = new() { ["id"] = breakpoint.Id, ["verified"] = breakpoint.Problem is null };
        if (breakpoint.Problem is { } problem) told["message"] = problem;
        if (breakpoint.Line > 0 && breakpoint.Place is BreakpointPlace.AtLine) told["line"] = LineOut(breakpoint.Line);
        if (!breakpoint.Slots.IsEmpty) told["instructionReference"] = Places.CodeAddress.Of(breakpoint.Slots[0]);
        return told;
    }

    // The breakpoints at which a state stops.
    private Sequence<int> StopsAt(State<Word> state)
    {
        var slot = state.ProgramCounter.Value;
        if (slot >= (ulong)stops.Count || !stops[(int)slot]) return [];
        return [.. from one in breakpoints where one.Slots.Contains((int)slot) && Holds(one.Condition, state) select one.Id];
    }

    // What cannot be evaluated stops, so that somebody sees it.
    private static bool Holds(string? condition, State<Word> state) =>
        condition is null || Expression.Evaluate(condition, state) is not Evaluation.Value(0);

    private int LineOut(int line) => line - 1 + lineBase;
}
