using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Protocol;
using RbpfSpec.Debugging.Stepping;

namespace RbpfSpec.Debugging.Sessions;

/// <summary>The answer of a session.</summary>
/// <param name="Session">The session as it is then.</param>
/// <param name="Messages">The responses and events to send, in order.</param>
public sealed record Turn(Session Session, Sequence<JsonObject> Messages);

/// <summary>A session of the Debug Adapter Protocol: requests in, responses and events out.</summary>
/// <remarks>
/// A value without I/O: whoever has the streams hands each message to <see cref="Handle(ReadOnlySpan{byte})"/>, and while
/// <see cref="IsRunning"/>, calls <see cref="Advance"/> between messages.
/// </remarks>
public sealed partial record Session
{
    private enum Phase
    {
        // The client has not introduced itself.
        New,

        // It has, and no program is loaded.
        Idle,

        // A program is loaded; breakpoints are being set.
        Configuring,

        // The program stands or goes.
        Debugging,

        // The program has ended.
        Ended,
    }

    private readonly Func<Launch, LaunchResult> launcher;
    private Phase phase;
    private long sent;
    private ImmutableList<JsonObject> outbox = [];
    private Target? target;
    private Motion? motion;

    private Session(Func<Launch, LaunchResult> launcher) => this.launcher = launcher;

    /// <summary>Whether the program goes, so that <see cref="Advance"/> is to be called.</summary>
    public bool IsRunning => motion is not null;

    /// <summary>Whether the client has said goodbye.</summary>
    public bool IsOver { get; private init; }

    /// <summary>A session to begin with.</summary>
    /// <param name="launcher">Loads programs.</param>
    public static Session Begin(Func<Launch, LaunchResult> launcher) => new(launcher);

    /// <summary>Answers a message.</summary>
    /// <param name="json">The message's JSON text, whatever it is.</param>
    public Turn Handle(ReadOnlySpan<byte> json)
    {
        if (Request.Read(json, out var problem, out var sequence, out var command) is not { } request)
            return Refuse(new(sequence, command, default), problem).Out();
        var arguments = new RequestArguments(request.Arguments);
        var answered = Answer(request, arguments);

        // What makes no sense has no effect.
        return (arguments.Problem is { } wrong ? Refuse(request, wrong) : answered).Out();
    }

    /// <summary>Answers a message given as text.</summary>
    public Turn Handle(string json) => Handle(Encoding.UTF8.GetBytes(json));

    /// <summary>Says that no more messages can be read, and ends.</summary>
    /// <param name="problem">Why, in one line.</param>
    public Turn Break(string problem) =>
        (this with { IsOver = true, motion = null, phase = Phase.Ended })
            .Output("stderr", $"protocol error: {problem}\n").Event("terminated").Out();

    private Session Answer(Request request, RequestArguments arguments) => request.Command switch
    {
        "initialize" => Initialize(request, arguments),
        "disconnect" or "terminate" => Leave(request),
        _ when phase is Phase.New => Refuse(request, $"'{request.Command}' comes before 'initialize'"),
        "launch" => Start(request, arguments),
        "attach" => Refuse(request, "there is no running program to attach to; expected 'launch'"),
        "threads" => Respond(request, new()
        {
            ["threads"] = new JsonArray(new JsonObject { ["id"] = Thread, ["name"] = target?.Name ?? "rBPF" }),
        }),
        "setBreakpoints" => SetLines(request, arguments),
        "setFunctionBreakpoints" => SetFunctions(request, arguments),
        "setInstructionBreakpoints" => SetInstructions(request, arguments),
        "setExceptionBreakpoints" => SetExceptions(request, arguments),
        _ when target is null => Refuse(request, Commands.Contains(request.Command)
            ? $"'{request.Command}' needs a program; expected 'launch' before"
            : $"there is no command '{request.Command}'"),
        "configurationDone" => Configured(request),
        "restart" => Again(request),
        "breakpointLocations" => Locations(request, arguments),
        "loadedSources" => Sources(request),
        "source" => Text(request, arguments),
        "disassemble" => Disassemble(request, arguments),
        "pause" => Pause(request),
        _ when !Commands.Contains(request.Command) => Refuse(request, $"there is no command '{request.Command}'"),
        _ when motion is not null => Refuse(request, $"the program runs; expected 'pause' before '{request.Command}'"),
        _ when phase is not Phase.Debugging => Refuse(request, phase is Phase.Ended
            ? "the program has ended; expected 'restart' or 'disconnect'" : "the program does not run yet; expected 'configurationDone'"),
        "stackTrace" => Stack(request, arguments),
        "scopes" => Scopes(request, arguments),
        "variables" => VariablesOf(request, arguments),
        "setVariable" => SetVariable(request, arguments),
        "evaluate" => Evaluate(request, arguments),
        "readMemory" => ReadMemory(request, arguments),
        "writeMemory" => WriteMemory(request, arguments),
        "exceptionInfo" => ExceptionInfo(request),
        _ => Go(request, arguments),
    };

    private static readonly ImmutableHashSet<string> Commands =
    [
        "configurationDone", "restart", "breakpointLocations", "loadedSources", "source", "disassemble", "pause", "stackTrace", "scopes",
        "variables", "setVariable", "evaluate", "readMemory", "writeMemory", "exceptionInfo", "continue", "next", "stepIn", "stepOut",
        "stepBack", "reverseContinue",
    ];

    // The only one that there is.
    private const int Thread = 1;

    private Turn Out() => new(this with { outbox = [] }, outbox.ToSequence());

    private Session Send(string type, JsonObject message) => this with
    {
        sent = sent + 1,
        outbox = outbox.Add(new JsonObject([new("seq", sent + 1), new("type", type), .. Taken(message)])),
    };

    // A node has one parent at a time.
    private static List<KeyValuePair<string, JsonNode?>> Taken(JsonObject message)
    {
        List<KeyValuePair<string, JsonNode?>> members = [.. message];
        message.Clear();
        return members;
    }

    private Session Respond(Request request, JsonObject? body = null)
    {
        var response = new JsonObject { ["request_seq"] = request.Sequence, ["success"] = true, ["command"] = request.Command };
        if (body is not null) response["body"] = body;
        return Send("response", response);
    }

    private Session Refuse(Request request, string problem) => Send("response", new()
    {
        ["request_seq"] = request.Sequence,
        ["success"] = false,
        ["command"] = request.Command,
        ["message"] = problem,
        ["body"] = new JsonObject
        {
            // Braces would be the names of variables.
            ["error"] = new JsonObject
            {
                ["id"] = 1,
                ["format"] = "{problem}",
                ["variables"] = new JsonObject { ["problem"] = problem },
                ["showUser"] = true,
            },
        },
    });

    private Session Event(string name, JsonObject? body = null)
    {
        var message = new JsonObject { ["event"] = name };
        if (body is not null) message["body"] = body;
        return Send("event", message);
    }

    private Session Output(string category, string text) =>
        Event("output", new() { ["category"] = category, ["output"] = text });
}
