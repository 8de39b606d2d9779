using System.Text.Json;

namespace RbpfSpec.Debugging.Protocol;

/// <summary>A request of a client.</summary>
/// <param name="Sequence">The number of the message.</param>
/// <param name="Command">The command.</param>
/// <param name="Arguments">Its arguments: an object, or undefined.</param>
public sealed record Request(long Sequence, string Command, JsonElement Arguments)
{
    // A client that nests deeper than this wants no answer.
    private const int DeepestJson = 64;

    /// <summary>The request that a message is; null, with the problem, if it is none.</summary>
    /// <param name="json">The message's JSON text.</param>
    /// <param name="problem">What is wrong, and what would be right, in one line.</param>
    /// <param name="sequence">The number of the message, as far as it is known; else 0.</param>
    /// <param name="command">The command, as far as it is known; else empty.</param>
    public static Request? Read(ReadOnlySpan<byte> json, out string problem, out long sequence, out string command)
    {
        (problem, sequence, command) = ("", 0, "");
        JsonElement message;
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), new() { MaxDepth = DeepestJson });
            message = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            problem = $"the message is no JSON: {exception.Message.ReplaceLineEndings(" ")}";
            return null;
        }

        if (message.ValueKind is not JsonValueKind.Object)
        {
            problem = $"the message is {Kind(message)}; expected an object";
            return null;
        }

        if (Member(message, "seq") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var read)) sequence = read;
        else problem = "'seq' is no whole number; expected that of the message";
        if (Member(message, "command") is { ValueKind: JsonValueKind.String } name) command = Text(name, ref problem);
        else if (problem == "") problem = "'command' is no text; expected one such as \"initialize\"";
        if (Member(message, "type") is not { ValueKind: JsonValueKind.String } type || !type.ValueEquals("request"))
            problem = problem == "" ? "'type' is not \"request\"; a client sends nothing else here" : problem;
        var arguments = Member(message, "arguments") ?? default;
        if (arguments.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object) && problem == "")
            problem = $"'arguments' is {Kind(arguments)}; expected an object";
        return problem == "" ? new(sequence, command, arguments) : null;
    }

    /// <summary>A kind of JSON value in words.</summary>
    internal static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };

    /// <summary>The member of an object; null if it has none of that name.</summary>
    internal static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    // Text with half a surrogate pair is no text.
    private static string Text(JsonElement value, ref string problem)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            problem = "'command' is no valid Unicode text";
            return "";
        }
    }
}
