using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Debugging.Sessions;
using RbpfSpec.Images.Variables;

namespace RbpfSpec.Cli.Commands.Debug;

/// <summary>Loads what a client of the debugger launches, as <c>run</c> does with the same on its command line.</summary>
/// <param name="usual">The program that is launched if the client names none; null if there is none either.</param>
public sealed class ProgramLauncher(string? usual)
{
    /// <summary>The program, or why there is none.</summary>
    public LaunchResult Load(Launch launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        if ((launch.Program ?? usual) is not ({ Length: > 0 } and var named))
            return new LaunchResult.Refused(["'program' is missing; expected the file of a program, here or after 'rbpf debug'"]);
        if (named == "-") return new LaunchResult.Refused(["'program' is -, but standard input has the messages; expected a file"]);
        var file = launch.Program is null ? named : At(launch.Folder, named);
        var command = new Command("launch");
        var input = new RunInput();
        input.AddTo(command);
        var parsed = command.Parse([.. Words(launch), "--", file], new() { ResponseFileTokenReplacer = null });
        if (parsed.Errors is [var error, ..]) return new LaunchResult.Refused([error.Message]);
        try
        {
            var prepared = input.Prepare(parsed, out var problems);
            if (prepared is null) return new LaunchResult.Refused(problems);
            var variables = VariablesFile.Read(Files.Read(file, FileKind.Program), prepared.Image, out var note);
            return new LaunchResult.Ready(
                prepared,
                Path.GetFileName(file),
                source => Find(file, launch.Folder, source),
                note is null ? prepared.Image.Notes : [.. prepared.Image.Notes, note])
            {
                Variables = variables,
            };
        }
        catch (UsageException exception)
        {
            return new LaunchResult.Refused(exception.Lines.ToSequence());
        }
        catch (FileException exception)
        {
            return new LaunchResult.Refused([exception.Message]);
        }
    }

    private static IEnumerable<string> Words(Launch launch)
    {
        IEnumerable<(string Option, string? Value)> texts =
        [
            ("--memory", launch.Context), ("--memory-file", launch.ContextFile is { } file ? At(launch.Folder, file) : null),
            ("--profile", launch.Profile), ("--section", launch.Section), ("--function", launch.Function), ("--format", launch.Format),
            ("--helpers", launch.Helpers), ("--budget", Text(launch.Budget)), ("--instructions", Text(launch.Instructions)),
            ("--now", Text(launch.Now)), .. launch.Regions.Map(region => ("--region", (string?)region)),
        ];
        return from text in texts where text.Value is not (null or "") select $"{text.Option}={text.Value}";
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The path of a file of source; null if there is none.</summary>
    /// <remarks>A file that is named without its folder may be in that of the object, or in that of the client.</remarks>
    /// <param name="program">The file of the object.</param>
    /// <param name="folder">The client's folder; null for none.</param>
    /// <param name="source">The file, as the compiler named it.</param>
    internal static string? Find(string program, string? folder, string source)
    {
        IEnumerable<string> places = [Path.GetDirectoryName(Path.GetFullPath(program)) ?? "", folder ?? "", Environment.CurrentDirectory];
        return places.Where(static place => place != "").Select(place => Path.GetFullPath(source, Path.GetFullPath(place)))
            .FirstOrDefault(static path => File.Exists(path));
    }

    private static string At(string? folder, string file) => folder is null or "" ? file : Path.Combine(folder, file);
}
