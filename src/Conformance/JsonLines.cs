using System.Text.Json;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics;

namespace RbpfSpec.Conformance;

/// <summary>Vectors one a line, each a JSON object: <c>program</c> and <c>memory</c> in hexadecimal, and <c>r0</c>.</summary>
public static class JsonLines
{
    /// <summary>Reads a file's text; blank lines are passed over.</summary>
    /// <param name="name">The file's name, to which the line's number is added.</param>
    /// <param name="text">The whole file.</param>
    public static VectorText Read(string name, string text)
    {
        List<Vector> vectors = [];
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace()) continue;
            if (!TryRequest(line.ToString(), out var request, out var problem)) return new VectorText.Malformed(number, problem);
            if (request.R0 is not { } r0)
                return new VectorText.Malformed(number, "there is no \"r0\"; expected the result, such as \"0x1f\"");
            vectors.Add(new($"{name}:{number}", new VectorProgram.Code(request.Program), request.Memory, new Expectation.Returns(r0)));
        }

        return new VectorText.Loaded(vectors.ToSequence());
    }

    /// <summary>Reads one line: what a machine is to run and, where it is given, what has to come out.</summary>
    internal static bool TryRequest(string line, out Request request, out string problem)
    {
        request = new([], [], null, null);
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                problem = "the line is not a JSON object";
                return false;
            }

            if (!TryField(document.RootElement, "program", out var program, out problem)) return false;
            if (!TryField(document.RootElement, "memory", out var memory, out problem)) return false;
            ulong? r0 = null;
            if (document.RootElement.TryGetProperty("r0", out var result))
            {
                if (result.ValueKind is not JsonValueKind.String || !Hex.TryNumber(result.GetString() ?? "", out var value))
                {
                    problem = $"\"r0\" is {result.GetRawText()}; expected a number of up to 64 bits as text, such as \"0x1f\"";
                    return false;
                }

                r0 = value;
            }

            var setting = document.RootElement.TryGetProperty("setting", out var said) ? VectorReader.Setting(said) : null;
            request = new(program, memory, r0, setting);
            return true;
        }
        catch (JsonException exception)
        {
            // The library's message ends in "LineNumber: 0 | BytePositionInLine: …", counted from 0.
            var found = exception.Message.Split(" LineNumber: ")[0].Split(" Path: ")[0];
            problem = $"the line is not JSON, at byte {exception.BytePositionInLine + 1}: {found}";
            return false;
        }
        catch (Exception exception) when (exception is KeyNotFoundException or FormatException
            || (exception is InvalidOperationException && line.Contains("\"setting\"", StringComparison.Ordinal)))
        {
            problem = $"\"setting\" is not as vectors.schema.json says: {exception.Message}";
            return false;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The library looks into strings only when they are asked for.
            problem = "the line is not JSON: it holds half a surrogate pair";
            return false;
        }
    }

    private static bool TryField(JsonElement line, string field, out Sequence<byte> bytes, out string problem)
    {
        bytes = [];
        problem = "";
        if (!line.TryGetProperty(field, out var value))
        {
            problem = $"there is no \"{field}\"; expected bytes in hexadecimal";
            return field == "memory";
        }

        if (value.ValueKind is JsonValueKind.String && Hex.TryBytes(value.GetString(), out bytes)) return true;
        problem = $"\"{field}\" is not bytes; expected two hexadecimal digits each";
        return false;
    }

    /// <summary>One line: a program, its memory, and what has to come out and what else the harness provides if they are said.</summary>
    internal readonly record struct Request(Sequence<byte> Program, Sequence<byte> Memory, ulong? R0, Setting? Setting);
}
