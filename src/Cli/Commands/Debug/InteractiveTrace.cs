using System.Text;
using RbpfSpec.Debugging.Views;
using RbpfSpec.Images.Variables;
using RbpfSpec.ProgramReports;

namespace RbpfSpec.Cli.Commands.Debug;

/// <summary><c>rbpf trace --interactive</c>: the terminal view, between a keyboard and a screen.</summary>
internal static class InteractiveTrace
{
    private const int StepsAtOnce = 20_000;

    // Control sequences of ECMA-48, and of xterm for the second screen.
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string RestOfLine = "\e[K";
    private const string RestOfScreen = "\e[J";

    /// <summary>Says so if there is no terminal.</summary>
    /// <exception cref="UsageException">Standard input or output is none.</exception>
    public static void RequireTerminal()
    {
        if (Console.IsInputRedirected)
            throw new UsageException("--interactive reads keys, but standard input is no terminal; expected one, or trace without it");
        if (Console.IsOutputRedirected)
            throw new UsageException("--interactive draws, but standard output is no terminal; expected one, or trace without it");
    }

    /// <summary>Shows a program until somebody leaves.</summary>
    public static int Run(Prepared prepared, string file)
    {
        var variables = file == "-" ? ProgramVariables.None
            : VariablesFile.Read(Files.Read(file, FileKind.Program), prepared.Image, out _);
        var view = new TraceView(prepared, Path.GetFileName(file), source => Text(file, source)) { Variables = variables };
        var (isInput, output) = (Console.TreatControlCAsInput, Console.Out);
        Console.TreatControlCAsInput = true;
        output.Write(Enter);
        try
        {
            while (!view.IsOver)
            {
                Draw(output, view);
                view = Next(view);
            }
        }
        finally
        {
            output.Write(Leave);
            output.Flush();
            Console.TreatControlCAsInput = isInput;
        }

        return CommandLine.Holds;
    }

    // While the program runs, a key stops it.
    private static TraceView Next(TraceView view)
    {
        if (!view.IsRunning) return Begun(view.After(ViewKeys.Of(Console.ReadKey(intercept: true))));
        while (view.IsRunning && !Console.KeyAvailable) view = view.Advance(StepsAtOnce);
        if (!view.IsRunning) return view;
        var command = ViewKeys.Of(Console.ReadKey(intercept: true));
        return command is ViewCommand.Quit ? view.After(command) : view.Stopped();
    }

    // A step is there before the next key is looked at, which may be another step.
    private static TraceView Begun(TraceView view) => view.Advance(StepsAtOnce);

    private static void Draw(TextWriter output, TraceView view)
    {
        var screen = new StringBuilder(Home);
        var lines = TraceScreen.Lines(view, Console.WindowWidth, Console.WindowHeight);
        for (var i = 0; i < lines.Count; i++) screen.Append(lines[i]).Append(RestOfLine).Append(i + 1 < lines.Count ? "\r\n" : "");
        output.Write(screen.Append(RestOfScreen));
        output.Flush();
    }

    private static string? Text(string program, string source)
    {
        try
        {
            return ProgramLauncher.Find(program, null, source) is { } path
                ? Encoding.UTF8.GetString(Files.Read(path, FileKind.Program)).ReplaceLineEndings("\n") : null;
        }
        catch (FileException)
        {
            // The object has its lines, too.
            return null;
        }
    }
}
