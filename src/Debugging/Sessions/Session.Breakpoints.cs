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

    private Breakpoint Resolve(Breakpoint breakpoint) => breakpoint.When.Problem is { } wrong
        ? breakpoint with { Problem = wrong }
        : target is null ? breakpoint with { Problem = "no program is launched yet" }
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
            else if (isNew) passage.Told.Add(Filled(one.When.Message, state));
        }

        return hit.ToSequence();
    }

    // What cannot be evaluated stops, so that somebody sees it.
    private bool Holds(string? condition, State<Word> state) =>
        condition is null || Expression.Evaluate(condition, state, 0, LocalsOf(state)) is not Evaluation.Value(0);

    // A message with the values of the expressions that stand in braces.
    private string Filled(string message, State<Word> state)
    {
        var text = new System.Text.StringBuilder();
        for (var at = 0; at < message.Length;)
        {
            var open = message.IndexOf('{', at);
            var close = open < 0 ? -1 : message.IndexOf('}', open);
            if (close < 0) return text.Append(message.AsSpan(at)).ToString();
            var asked = message[(open + 1)..close];
            text.Append(message.AsSpan(at, open - at)).Append(ValueText(asked, state));
            at = close + 1;
        }

        return text.ToString();
    }

    private string ValueText(string asked, State<Word> state)
    {
        var locals = LocalsOf(state);
        if (Expression.Variable(asked, state, 0, locals) is { } variable) return Variables.CText.Of(locals, variable);
        return Expression.Evaluate(asked, state, 0, locals) switch
        {
            Evaluation.Value(var number) => Shown(number),
            Evaluation.Problem(var problem) => $"<{problem}>",
        };
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
