using System.Text.Json.Nodes;
using RbpfSpec.Debugging.History;
using RbpfSpec.Debugging.Protocol;
using RbpfSpec.Debugging.Stepping;

namespace RbpfSpec.Debugging.Sessions;

public sealed partial record Session
{
    private const string TrapFilter = "trap";
    private const string ExitFilter = "exit";

    private bool stopsOnEntry;
    private int lineBase = 1;
    private int columnBase = 1;

    private Session Initialize(Request request, RequestArguments arguments)
    {
        if (phase is not Phase.New) return Refuse(request, "the session is initialized already");
        if (arguments.Text("pathFormat") is { } format && format != "path")
            arguments.Fail("pathFormat", $"is '{format}'; expected path");
        var known = this with
        {
            phase = Phase.Idle,
            lineBase = arguments.Flag("linesStartAt1", otherwise: true) ? 1 : 0,
            columnBase = arguments.Flag("columnsStartAt1", otherwise: true) ? 1 : 0,
        };
        JsonObject body = new()
        {
            ["exceptionBreakpointFilters"] = new JsonArray(
            Filter(TrapFilter, "Traps", "The machine stops before an instruction.", isDefault: true),
            Filter(ExitFilter, "End of the program", "The program is about to end; it can still go back.", isDefault: false))
        };
        foreach (var capability in Capabilities) body[capability] = true;
        body["supportedChecksumAlgorithms"] = new JsonArray();
        return known.Respond(request, body);
    }

    private static readonly string[] Capabilities =
    [
        "supportsConfigurationDoneRequest", "supportsFunctionBreakpoints", "supportsConditionalBreakpoints",
        "supportsInstructionBreakpoints", "supportsStepBack", "supportsSetVariable", "supportsRestartRequest",
        "supportsExceptionInfoRequest", "supportsTerminateRequest", "supportsEvaluateForHovers", "supportsReadMemoryRequest",
        "supportsWriteMemoryRequest", "supportsDisassembleRequest", "supportsSteppingGranularity", "supportsBreakpointLocationsRequest",
        "supportsLoadedSourcesRequest", "supportsDelayedStackTraceLoading", "supportsHitConditionalBreakpoints", "supportsLogPoints",
    ];

    private static JsonObject Filter(string name, string label, string description, bool isDefault) =>
        new() { ["filter"] = name, ["label"] = label, ["description"] = description, ["default"] = isDefault };

    private Session Start(Request request, RequestArguments arguments)
    {
        if (target is not null) return Refuse(request, "a program is launched already");
        Launch launch = new()
        {
            Program = arguments.Text("program"),
            Context = arguments.Text("context"),
            ContextFile = arguments.Text("contextFile"),
            Regions = arguments.Texts("regions"),
            Profile = arguments.Text("profile"),
            Section = arguments.Text("section"),
            Function = arguments.Text("function"),
            Format = arguments.Text("format"),
            Helpers = arguments.Text("helpers"),
            Budget = Count(arguments, "budget"),
            Instructions = Count(arguments, "instructions"),
            Now = Count(arguments, "now"),
            Folder = arguments.Text("cwd"),
        };
        var isEntered = arguments.Flag("stopOnEntry");
        if (arguments.Problem is not null) return this;
        switch (launcher(launch))
        {
            case LaunchResult.Refused(var problems):
                return Refuse(request, string.Join('\n', (IEnumerable<string>)problems));
            case LaunchResult.Ready ready:
                var loaded = (this with { target = new(ready), phase = Phase.Configuring, stopsOnEntry = isEntered }).Respond(request);
                foreach (var note in ready.Notes) loaded = loaded.Output("console", $"note: {note}\n");
                return loaded.Resolved().Event("initialized");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static long? Count(RequestArguments arguments, string name)
    {
        var count = arguments.Number(name);
        if (count < 0) arguments.Fail(name, FormattableString.Invariant($"is {count}; expected at least 0"));
        return count;
    }

    private Session Configured(Request request) => phase is Phase.Configuring
        ? Respond(request).Entered()
        : Refuse(request, "the configuration is done already");

    // At the first instruction: stands there if that is wanted, or if somebody stops there.
    private Session Entered()
    {
        var entered = this with { phase = Phase.Debugging };
        if (stopsOnEntry) return entered.Stopped("entry", "Stopped at the entry");
        var passage = new Passage(hits);
        var hit = StopsAt(passage, 0, target!.Timeline.State);
        entered = entered.After(passage);
        return hit.IsEmpty ? entered with { motion = new Motion.Continue() } : entered.AtBreakpoint(hit);
    }

    private Session Again(Request request) => (this with
    {
        target = target! with { Timeline = Timeline.Start(target.Prepared), Shown = 0 },
        motion = null,
        hits = Hits.None,
        parts = [],
    }).Respond(request).Entered();

    private Session Leave(Request request)
    {
        var left = (this with { motion = null }).Respond(request);
        if (request.Command == "disconnect") return left with { IsOver = true };
        return phase is Phase.Ended ? left : (left with { phase = Phase.Ended }).Event("terminated");
    }
}
