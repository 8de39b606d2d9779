using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Debugging.Sessions;
using RbpfSpec.Images.Variables;
using RbpfSpec.ProgramReports;

namespace RbpfSpec.Debugging.Tests;

/// <summary>A client of a session in this process, which sends raw messages.</summary>
internal sealed class Client(Func<Launch, LaunchResult> launcher)
{
    private int sent;

    /// <summary>A client that has launched a program, and has not said that its breakpoints are set.</summary>
    public static Client Of(Prepared prepared, Func<string, string?>? find = null, ProgramVariables? variables = null)
    {
        Client client = new(Programs.Launcher(prepared, find, variables));
        client.Ask("initialize", new() { ["adapterID"] = "rbpf" });
        client.Ask("launch", new() { ["program"] = "x", ["stopOnEntry"] = true });
        client.Received.Clear();
        return client;
    }

    /// <summary>A client whose program stands at its first instruction.</summary>
    public static Client AtEntry(Prepared prepared, Func<string, string?>? find = null, ProgramVariables? variables = null)
    {
        var client = Of(prepared, find, variables);
        client.Ask("configurationDone");
        client.Stop().Text("reason").ShouldBe("entry");
        return client;
    }

    /// <summary>The session.</summary>
    public Session Session { get; private set; } = Session.Begin(launcher);

    /// <summary>The events that nobody asked for yet.</summary>
    public Queue<JsonObject> Received { get; } = new();

    /// <summary>The body of the response to a request, which must succeed.</summary>
    public JsonObject Ask(string command, JsonObject? arguments = null)
    {
        var response = Send(command, arguments);
        response["success"]!.GetValue<bool>().ShouldBeTrue(response.ToJsonString());
        return response["body"] as JsonObject ?? [];
    }

    /// <summary>The words in which a request is refused.</summary>
    public string Refused(string command, JsonObject? arguments = null)
    {
        var response = Send(command, arguments);
        response["success"]!.GetValue<bool>().ShouldBeFalse(response.ToJsonString());
        return response.Text("message");
    }

    /// <summary>Goes somewhere, and yields the event that tells where the program has stopped.</summary>
    public JsonObject Go(string command, string? granularity = null)
    {
        Received.Clear();
        Ask(command, new() { ["threadId"] = 1, ["granularity"] = granularity });
        return Stop();
    }

    /// <summary>Lets the program go on, and yields the body of the event that tells that it has stopped.</summary>
    public JsonObject Stop()
    {
        for (var turns = 0; Session.IsRunning; turns++)
        {
            turns.ShouldBeLessThan(10_000);
            Take(Session.Advance(1_000));
        }

        return Next("stopped");
    }

    /// <summary>Lets the program go on until it stops, and yields what happened.</summary>
    public IReadOnlyList<JsonObject> Advanced()
    {
        for (var turns = 0; Session.IsRunning; turns++)
        {
            turns.ShouldBeLessThan(10_000);
            Take(Session.Advance(1_000));
        }

        return [.. Received];
    }

    /// <summary>Lets the program go on for a while.</summary>
    public void Advance() => Take(Session.Advance(1_000));

    /// <summary>Lets the program go on to its end, and yields what happened, an event after the other.</summary>
    public string Finish()
    {
        Received.Clear();
        for (var turns = 0; Session.IsRunning; turns++)
        {
            turns.ShouldBeLessThan(10_000);
            Take(Session.Advance(1_000));
        }

        return string.Join(", ", Received.Select(message => $"{message.Text("event")} {message["body"]?.ToJsonString()}".TrimEnd()));
    }

    /// <summary>The body of the next event of a kind; those before it are passed over.</summary>
    public JsonObject Next(string name)
    {
        while (Received.TryDequeue(out var message))
        {
            if (message.Text("event") == name) return message["body"] as JsonObject ?? [];
        }

        throw new InvalidOperationException($"there was no event '{name}'");
    }

    /// <summary>Function and line of each frame, the one that executes first.</summary>
    public string Stack() => string.Join(' ', Ask("stackTrace", new() { ["threadId"] = 1 })["stackFrames"]!.AsArray()
        .Select(frame => $"{frame!.AsObject().Text("name")}:{frame["line"]}"));

    /// <summary>The slot of the instruction to execute.</summary>
    public int Slot() => (int)CodeAddress.Slot(
        Ask("stackTrace", new() { ["threadId"] = 1 })["stackFrames"]![0]!.AsObject().Text("instructionPointerReference"))!.Value;

    /// <summary>The value of an expression.</summary>
    public string Value(string expression) => Ask("evaluate", new() { ["expression"] = expression }).Text("result");

    /// <summary>The result of setting breakpoints at lines: for each the line, or why there is none.</summary>
    public string Break(JsonObject source, params int[] lines) => string.Join(' ', Ask("setBreakpoints", new()
    {
        ["source"] = source,
        ["breakpoints"] = new JsonArray([.. lines.Select(line => new JsonObject { ["line"] = line })]),
    })["breakpoints"]!.AsArray().Select(one => one!["verified"]!.GetValue<bool>() ? one["line"]!.ToString() : one["message"]!.ToString()));

    /// <summary>The breakpoints at slots.</summary>
    public void BreakAt(params int[] slots) => Ask("setInstructionBreakpoints", new()
    {
        ["breakpoints"] = new JsonArray([.. slots.Select(slot => new JsonObject { ["instructionReference"] = $"slot {slot}" })]),
    });

    private JsonObject Send(string command, JsonObject? arguments)
    {
        var request = new JsonObject { ["seq"] = ++sent, ["type"] = "request", ["command"] = command };
        if (arguments is not null) request["arguments"] = arguments;
        return Take(Session.Handle(request.ToJsonString())).ShouldHaveSingleItem();
    }

    private List<JsonObject> Take(Turn turn)
    {
        Session = turn.Session;
        List<JsonObject> responses = [];
        foreach (var message in turn.Messages)
        {
            if (message.Text("type") == "response") responses.Add(message);
            else Received.Enqueue(message);
        }

        return responses;
    }
}

/// <summary>Members of JSON objects.</summary>
internal static class JsonMembers
{
    /// <summary>A member that is text; empty if there is none.</summary>
    public static string Text(this JsonObject value, string name) => value[name]?.GetValue<string>() ?? "";
}
