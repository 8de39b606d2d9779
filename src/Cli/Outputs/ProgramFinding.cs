using System.Text.Json;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Outputs;

/// <summary>The answer of a command on one program, to be told when its turn comes.</summary>
/// <param name="Code">The exit code that it asks for.</param>
/// <param name="Verdict">The verdict in a word or two, for a table.</param>
/// <param name="Detail">What says most of it, in one line.</param>
public sealed record ProgramFinding(int Code, string Verdict, string Detail)
{
    /// <summary>The lines for standard error, told before all else.</summary>
    public Sequence<string> Notes { get; init; }

    /// <summary>The text for people; null if there is nothing but notes.</summary>
    public Action<ITextReport>? Text { get; init; }

    /// <summary>The same in JSON, within an object; what is wrong, the last notes, if there is nothing else.</summary>
    public Action<Utf8JsonWriter>? Json { get; init; }

    /// <summary>The results in SARIF.</summary>
    public Sequence<SarifResult> Results { get; init; }

    /// <summary>The finding where there is no program, or we have a fault.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="exception">What is wrong.</param>
    public static ProgramFinding Of(string name, Exception exception)
    {
        var (code, lines) = CommandLine.Met(exception);
        return new(code, code == CommandLine.Fault ? "fault" : "no program", lines[0])
        {
            Notes = [.. lines],
            Results = [new("program", "The file holds a program.", IsError: true, string.Join('\n', lines), new(name, 1, 0), name)],
        };
    }
}
