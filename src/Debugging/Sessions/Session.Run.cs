using System.Globalization;
using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Protocol;
using RbpfSpec.Debugging.Stepping;
using RbpfSpec.Host;
using RbpfSpec.ProgramReports;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Sessions;

public sealed partial record Session
{
    /// <summary>Lets the program go on, if it does, and says where it has stopped, if it has.</summary>
    /// <param name="steps">How many steps at most.</param>
    public Turn Advance(int steps)
    {
        if (motion is null) return new(this, []);
        var passage = new Passage(hits);
        var arrival = Traveller(passage).Go(target!.Timeline, motion, steps);
        var gone = (this with { target = target with { Timeline = arrival.At }, motion = null }).After(passage).Printed();
        return (arrival switch
        {
            Arrival.Underway underway => gone with { motion = underway.Further },
            Arrival.Stepped => gone.Stopped("step", "Stepped"),
            Arrival.AtBreakpoint stop => gone.AtBreakpoint(stop.Hit),
            Arrival.AtStart => gone.Stopped("entry", "Stopped at the start of the run"),
            Arrival.AtEnd ended => gone.AtEnd(ended.End),
        }).Out();
    }

    private Traveller Traveller(Passage passage) => new(target!.Map, (position, state) => StopsAt(passage, position, state));

    private Session Go(Request request, RequestArguments arguments)
    {
        var granularity = arguments.Text("granularity");
        if (granularity is not (null or "statement" or "line" or "instruction"))
            arguments.Fail("granularity", $"is '{granularity}'; expected statement, line or instruction");
        var byInstruction = granularity == "instruction";
        var traveller = Traveller(new(hits));
        var from = traveller.Standing(target!.Timeline.State);
        Motion going = request.Command switch
        {
            "continue" => new Motion.Continue(),
            "next" => new Motion.Step(StepWay.Over, byInstruction, from),
            "stepIn" => new Motion.Step(StepWay.In, byInstruction, from),
            "stepOut" => new Motion.Step(StepWay.Out, byInstruction, from),
            "reverseContinue" => new Motion.Reverse(),
            "stepBack" => traveller.Back(target.Timeline, byInstruction),
            _ => throw new ArgumentException($"'{request.Command}' is no way to go", nameof(request)),
        };
        var body = request.Command == "continue" ? new JsonObject { ["allThreadsContinued"] = true } : null;
        return (this with { motion = going, parts = [] }).Respond(request, body);
    }

    private Session Pause(Request request)
    {
        if (motion is null) return Refuse(request, "the program does not run");
        return (this with { motion = null }).Respond(request).Stopped("pause", "Paused");
    }

    // What the program printed since; what it prints again after it went back was shown.
    private Session Printed()
    {
        var all = target!.Timeline.State.Host.Output;
        if (all.Count <= target.Shown) return this;
        var shown = this with { target = target with { Shown = all.Count } };
        for (var i = target.Shown; i < all.Count; i++) shown = shown.Output("stdout", all[i]);
        return shown;
    }

    private Session AtEnd(Outcome<Word> end)
    {
        var stands = this with { motion = null };
        switch (end)
        {
            case Outcome<Word>.Trapped trapped when stopsAtTraps && !HasStoppedHere:
                var report = target!.Prepared.ReportOn(trapped);
                return (stands with { stoppedAt = target.Timeline.Position }).Stopped("exception", $"Trap {trapped.Trap}", report.Text);
            case Outcome<Word>.Exited exited when stopsAtEnd && !HasStoppedHere:
                return (stands with { stoppedAt = target!.Timeline.Position })
                    .Stopped("exception", "End of the program", Results.Text(exited.Result));
            case Outcome<Word>.Trapped trapped:
                return stands.Ended("stderr", $"{target!.Prepared.ReportOn(trapped)}{At(trapped)}", exitCode: 1);
            case Outcome<Word>.Exited exited:
                return stands.Ended("console", Results.Text(exited.Result), exitCode: 0);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // Where the program last stopped because it ends there: who goes on from there wants the end.
    private long? stoppedAt;

    private bool HasStoppedHere => stoppedAt == target!.Timeline.Position;

    private string At(Outcome<Word> end) =>
        target!.Prepared.Image.SourceAt(end.State.ProgramCounter.Value) is { } source ? $"; at {source}" : "";

    private Session Ended(string category, string text, int exitCode) => (this with { phase = Phase.Ended })
        .Output(category, $"{text}\n")
        .Event("exited", new() { ["exitCode"] = exitCode })
        .Event("terminated");

    private Session AtBreakpoint(Sequence<int> hit)
    {
        var text = string.Join(", ", hit.Map(id => id.ToString(CultureInfo.InvariantCulture)));
        var told = this with { motion = null };
        foreach (var one in breakpoints.Where(one => hit.Contains(one.Id))) told = told.WithoutValueTold(one);
        return told.Stopped(
            "breakpoint", $"Breakpoint {text}", more: new() { ["hitBreakpointIds"] = new JsonArray([.. hit.Map(id => (JsonNode)id)]) });
    }

    private Session Stopped(string reason, string description, string? text = null, JsonObject? more = null)
    {
        var body = new JsonObject
        {
            ["reason"] = reason,
            ["description"] = description,
            ["threadId"] = Thread,
            ["allThreadsStopped"] = true,
        };
        if (text is not null) body["text"] = text;
        foreach (var (name, value) in more is null ? [] : Taken(more)) body[name] = value;
        return (reason == "exception" ? this : this with { stoppedAt = null }).Event("stopped", body);
    }

    private Session ExceptionInfo(Request request) => target!.Timeline.End switch
    {
        Outcome<Word>.Trapped trapped => Respond(request, Exception(
            trapped.Trap.ToString(), TrapTable.Of(trapped.Trap).Summary, target.Prepared.ReportOn(trapped).Text + At(trapped))),
        Outcome<Word>.Exited exited => Respond(request, Exception("exit", "The program is about to end.", Results.Text(exited.Result))),
        Outcome<Word>.Next or null => Refuse(request, "the program has not stopped at a trap"),
    };

    private static JsonObject Exception(string name, string summary, string message) => new()
    {
        ["exceptionId"] = name,
        ["description"] = $"{summary} {message}",
        ["breakMode"] = "always",
        ["details"] = new JsonObject { ["message"] = message, ["typeName"] = name },
    };
}
