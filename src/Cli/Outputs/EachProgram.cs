using System.Collections.Concurrent;
using System.CommandLine;
using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Outputs;

/// <summary>Does the same with each program of a command line, several at a time, and tells it in their order.</summary>
/// <param name="tool">The name of the command.</param>
/// <param name="input">The programs.</param>
/// <param name="json">Whether JSON is asked for.</param>
public sealed class EachProgram(string tool, ProgramsInput input, Option<bool> json)
{
    private readonly SarifFile sarif = new(tool);
    private readonly TextOption summary = new(
        "--summary", "file", "Writes a table of the programs and their verdicts, in Markdown, too, as summaries of CI jobs show it.");

    /// <summary>Adds the options for reports to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(json);
        sarif.AddTo(command);
        command.Options.Add(summary);
    }

    /// <summary>Finds out about each program, tells it, and writes the reports that are asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="find">What is done with the file of a name; it may be called on several threads at once.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="FileException">A report cannot be written.</exception>
    public int Run(ParseResult parsed, Func<string, ProgramFinding> find)
    {
        var names = input.Names(parsed);
        Apart(parsed, names);
        return input.IsOne(parsed) ? One(parsed, names[0], find) : Several(parsed, names, find);
    }

    // A report would take the place of a program, or of the other report.
    private void Apart(ParseResult parsed, IReadOnlyList<string> names)
    {
        HashSet<string> taken = [.. names.Where(static name => name is not ("-" or "")).Select(Path.GetFullPath)];
        foreach (var (option, file) in new[] { ("--sarif", sarif.Named(parsed)), ("--summary", parsed.GetValue(summary)) })
        {
            if (file is not (null or "") && !taken.Add(Path.GetFullPath(file)))
                throw new UsageException($"{option} '{file}' is a program, or the other report; expected a file of its own");
        }
    }

    private int One(ParseResult parsed, string name, Func<string, ProgramFinding> find)
    {
        ProgramFinding found;
        try
        {
            found = find(name);
        }
        catch (Exception exception)
        {
            // Who asked for a table has one; what is wrong is told as ever.
            Write(parsed, [(name, ProgramFinding.Of(name, exception))]);
            throw;
        }

        Write(parsed, [(name, found)]);
        Complain(found);
        if (parsed.GetValue(json) && found.Json is { } write) Report.Line(JsonText.Object(write));
        else if (!parsed.GetValue(json)) found.Text?.Invoke(Report.Terminal);
        return found.Code;
    }

    private int Several(ParseResult parsed, IReadOnlyList<string> names, Func<string, ProgramFinding> find)
    {
        List<(string Name, ProgramFinding Found)> all = [];
        var work = Partitioner.Create(names, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(name => (name, Met(name, find)));
        foreach (var (name, found) in work)
        {
            all.Add((name, found));
            Complain(found);
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(writer => Write(writer, name, found)));
            else if (found.Text is { } text) Tell(name, text);
        }

        if (!parsed.GetValue(json))
        {
            Report.Table(["program", "verdict", ""], all.Select(static one => (string[])[one.Name, one.Found.Verdict, one.Found.Detail]));
            Report.Line(Tally(all));
        }

        Write(parsed, all);
        return all.Select(static one => one.Found.Code).MaxBy(Weight);
    }

    private static ProgramFinding Met(string name, Func<string, ProgramFinding> find)
    {
        try
        {
            return find(name);
        }
        catch (Exception exception)
        {
            // One that is none must not hide what is said of the others.
            return ProgramFinding.Of(name, exception);
        }
    }

    private static void Tell(string name, Action<ITextReport> text)
    {
        Report.Heading(Escaped.Line(name));
        text(Report.Terminal);
        Report.Line("");
    }

    private static void Complain(ProgramFinding found)
    {
        foreach (var note in found.Notes) CommandLine.Complain(note);
    }

    private static void Write(System.Text.Json.Utf8JsonWriter writer, string name, ProgramFinding found)
    {
        writer.WriteString("program", name);
        writer.WriteNumber("exitCode", found.Code);
        if (found.Json is { } write) write(writer);
        else writer.WriteString("error", string.Join('\n', found.Notes));
    }

    private void Write(ParseResult parsed, IReadOnlyList<(string Name, ProgramFinding Found)> all)
    {
        sarif.Write(parsed, all.SelectMany(static one => one.Found.Results));
        if (parsed.GetValue(summary) is not { } file) return;
        var text = new StringBuilder("| program | verdict | |\n|---|---|---|\n");
        foreach (var (name, found) in all)
        {
            var verdict = found.Code is CommandLine.Holds or CommandLine.Undecided ? found.Verdict : $"**{found.Verdict}**";
            var detail = Cell(found.Detail.ReplaceLineEndings(" ")).Replace("<", "&lt;", StringComparison.Ordinal);
            text.Append($"| {Code(name)} | {verdict} | {detail} |\n");
        }

        Files.Write(file, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Cell(string text) => Escaped.Line(text).Replace("|", "\\|", StringComparison.Ordinal);

    // A name that has a backtick stands between two.
    private static string Code(string name) => name.Contains('`', StringComparison.Ordinal) ? $"`` {Cell(name)} ``" : $"`{Cell(name)}`";

    private static string Tally(List<(string Name, ProgramFinding Found)> all)
    {
        var counts = all.GroupBy(static one => one.Found.Verdict).OrderBy(static group => Weight(group.First().Found.Code))
            .Select(static group => $"{group.Count()} {group.Key}");
        return $"{Counted.Of(all.Count, "program")}: {string.Join(", ", counts)}";
    }

    // What is known to be wrong is worse than what is not known; what could not be looked at is worse than both.
    private static int Weight(int code) => code switch
    {
        CommandLine.Holds => 0,
        CommandLine.Undecided => 1,
        CommandLine.Fails => 2,
        CommandLine.Usage => 3,
        _ => 4,
    };
}
