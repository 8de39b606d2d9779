using System.Globalization;
using System.Text.Json.Nodes;
using RbpfSpec.Debugging.History;
using RbpfSpec.Debugging.Protocol;
using RbpfSpec.Host;
using RbpfSpec.ProgramReports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;

namespace RbpfSpec.Debugging.Sessions;

public sealed partial record Session
{
    /// <summary>Lets the program go on, if it does, and says where it has stopped, if it has.</summary>
    /// <param name="steps">How many steps at most.</param>
    public Turn Advance(int steps) => (motion switch
    {
        null => this,
        Motion.Reverse or Motion.StepBack => Backwards(motion, steps),
        Motion.Continue or Motion.Step => Forwards(motion, steps),
    }).Out();

    private Session Go(Request request, RequestArguments arguments)
    {
        var granularity = arguments.Text("granularity");
        if (granularity is not (null or "statement" or "line" or "instruction"))
            arguments.Fail("granularity", $"is '{granularity}'; expected statement, line or instruction");
        var byInstruction = granularity == "instruction";
        var from = target!.Standing(target.Timeline.State);
        Motion going = request.Command switch
        {
            "continue" => new Motion.Continue(),
            "next" => new Motion.Step(StepWay.Over, byInstruction, from),
            "stepIn" => new Motion.Step(StepWay.In, byInstruction, from),
            "stepOut" => new Motion.Step(StepWay.Out, byInstruction, from),
            "reverseContinue" => new Motion.Reverse(),
            "stepBack" => BackFrom(byInstruction, from),
            _ => throw new ArgumentException($"'{request.Command}' is no way to go", nameof(request)),
        };
        var body = request.Command == "continue" ? new JsonObject { ["allThreadsContinued"] = true } : null;
        return (this with { motion = going }).Respond(request, body);
    }

    // In the middle of a line, its begin is what is before.
    private Motion.StepBack BackFrom(bool byInstruction, Standing from)
    {
        var before = target!.Timeline.Back();
        return before is not null && !byInstruction && from.Place is not null && target.Standing(before.State) == from
            ? new(byInstruction, from, from, target.Timeline)
            : new(byInstruction, from, null, null);
    }

    private Session Pause(Request request)
    {
        if (motion is null) return Refuse(request, "the program does not run");
        return (this with { motion = null }).Respond(request).Stopped("pause", "Paused");
    }

    private Session Forwards(Motion going, int steps)
    {
        Sequence<int> hit = [];
        var known = target!;
        var timeline = known.Timeline.Forward(Arrives, steps, out var hasArrived);
        var gone = (this with { target = known with { Timeline = timeline } }).Printed();
        if (timeline.End is { } end) return gone.AtEnd(end);
        if (!hasArrived) return gone;
        gone = gone with { motion = null };
        return hit.IsEmpty ? gone.Stopped("step", "Stepped") : gone.AtBreakpoint(hit);

        bool Arrives(State<Word> state)
        {
            hit = StopsAt(state);
            return !hit.IsEmpty || (going is Motion.Step step && step.Arrives(known.Standing(state)));
        }
    }

    private Session Backwards(Motion going, int steps)
    {
        var at = target!.Timeline;
        for (var step = 0; step < steps; step++)
        {
            if (at.Back() is not { } before)
            {
                var start = going is Motion.StepBack { Candidate: { } earliest } ? earliest : at;
                return Moved(start, null).Stopped(start.Position == 0 ? "entry" : "step", "Stopped at the start of the run");
            }

            if (going is Motion.StepBack back)
            {
                var (isThere, further) = Looked(back, before);
                if (isThere) return Moved(back.Candidate ?? before, null).Stopped("step", "Stepped back");
                going = further;
            }

            at = before;
            if (StopsAt(at.State) is { IsEmpty: false } hit) return Moved(at, null).AtBreakpoint(hit);
        }

        return Moved(at, going);
    }

    // Whether the step back ends with its candidate, or at the place before if there is none; and what it has found there.
    private (bool IsThere, Motion.StepBack Further) Looked(Motion.StepBack back, Timeline before)
    {
        var here = target!.Standing(before.State);
        if (back.Line is { } line)
        {
            if (here == line) return (false, back with { Candidate = before });
            return (here.Depth <= line.Depth, back);
        }

        if (here.Depth > back.From.Depth) return (false, back);
        if (back.ByInstruction || back.From.Place is null) return (true, back);
        var isOther = here.Place is not null && (here.Place != back.From.Place || here.Depth < back.From.Depth);
        return (false, isOther ? back with { Line = here, Candidate = before } : back);
    }

    private Session Moved(Timeline timeline, Motion? further) => this with { target = target! with { Timeline = timeline }, motion = further };

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
        return (this with { motion = null }).Stopped(
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
