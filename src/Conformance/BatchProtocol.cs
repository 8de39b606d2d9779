using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RbpfSpec.ProgramReports;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance;

/// <summary>The batch protocol: one program a line, as JSON.</summary>
/// <remarks>
/// A line <c>{"program":"…","memory":"…"}</c> is answered by <c>{"r0":"0x…"}</c> or by <c>{"trap":"…","reason":"…"}</c>,
/// in order. A trap of a run has the members of <see cref="TrapReportJson"/>, too. A request may say, as <c>setting</c>, what
/// <c>vectors.schema.json</c> says of it. A rejected program answers with the trap <c>Rejected</c>, a line that is no request
/// with <c>BadRequest</c>.
/// </remarks>
public static class BatchProtocol
{
    // What is written is read by programs and people, not put into pages.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers every line; the answer is written out before the next line is waited for.</summary>
    /// <param name="input">The requests, a line each.</param>
    /// <param name="output">The answers.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="tellsState">Whether answers tell the state at the end, too: <c>pc</c> and <c>registers</c>.</param>
    public static void Serve(TextReader input, TextWriter output, ConformanceMachine machine, bool tellsState)
    {
        var requests = new RequestLines(input);
        while (requests.Next() is { } request)
        {
            output.Write(request.IsTooLong ? TooLong(RequestLines.Longest) : Reply(request.Text, machine, tellsState));
            output.Write('\n');
            output.Flush();
        }
    }

    /// <summary>The answer to one line, without a line end.</summary>
    /// <param name="line">The request.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="tellsState">Whether the answer tells the state at the end, too: <c>pc</c> and <c>registers</c>.</param>
    public static string Reply(string line, ConformanceMachine machine, bool tellsState = false)
    {
        State<Word>? after = null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            if (JsonLines.Request(line, out var problem) is not { } request) Trap(writer, "BadRequest", problem);
            else if (request.Setting is not { } setting) Write(writer, machine.Run(request.Program, request.Memory, out after));
            else after = Write(writer, new VectorMachine(machine.Profile, machine.Engine), request, setting);
            if (tellsState && after is not null) State(writer, after);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The answer to a line that is too long to be read, without a line end.</summary>
    /// <param name="most">How many characters a line may have.</param>
    public static string TooLong(int most) =>
        $$"""{"trap":"BadRequest","reason":"the line has more than {{most}} characters; expected no more"}""";

    private static State<Word>? Write(Utf8JsonWriter writer, VectorMachine machine, JsonLines.MachineRequest request, Setting setting)
    {
        if (machine.Problem(request.Memory, setting) is { } problem)
        {
            Trap(
                writer,
                "BadRequest",
                $"\"setting\" is none: {problem}; expected regions apart from each other, and from stack and context");
            return null;
        }

        var answered = machine.Run(request.Program, request.Memory, setting);
        if (answered is null) Trap(writer, "NoEnd", $"no end within {VectorMachine.Steps} steps");
        else Write(writer, answered.Answer);
        return answered?.After;
    }

    private static void Write(Utf8JsonWriter writer, Answer answer)
    {
        switch (answer)
        {
            case Answer.Returned(var r0):
                writer.WriteString("r0", $"0x{r0:x}");
                break;
            case Answer.Trapped(var trap, var pc) trapped:
                Trap(writer, trap.ToString(), $"at slot {pc}");
                if (trapped.Report is { } report) TrapReportJson.Write(writer, report);
                break;
            case Answer.Rejected(var problems):
                Trap(writer, "Rejected", problems[0].ToString());
                break;
        }
    }

    private static void State(Utf8JsonWriter writer, State<Word> state)
    {
        writer.WriteNumber("pc", state.ProgramCounter.Value);
        writer.WriteStartArray("registers");
        for (var number = 0; number < Registers<Word>.Count; number++) writer.WriteStringValue($"0x{state.Registers[number].Value:x}");
        writer.WriteEndArray();
    }

    private static void Trap(Utf8JsonWriter writer, string trap, string reason)
    {
        writer.WriteString("trap", trap);
        writer.WriteString("reason", reason);
    }
}
