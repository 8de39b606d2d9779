namespace RbpfSpec.Cli;

/// <summary>Where the process begins.</summary>
/// <remarks>A class with a name of its own: the one that top-level statements would make hides the semantics' Program.</remarks>
public static class EntryPoint
{
    /// <summary>Runs the command line.</summary>
    /// <returns>0 holds, 1 trapped, rejected or refuted, 2 usage or no program, 3 undecided, 70 a fault of ours.</returns>
    public static int Main(string[] args)
    {
        // What escapes on another thread would end the process with a stack trace.
        AppDomain.CurrentDomain.UnhandledException += (_, escaped) =>
            Environment.Exit(CommandLine.Report(escaped.ExceptionObject as Exception ?? new InvalidOperationException("no exception")));

        // bpf_conformance starts a process for each test: what it asks for does without the command line library.
        return CommandLine.Guarded(() => PluginFastPath.Matches(args) ? PluginFastPath.Run(args) : CommandLine.Run(args));
    }
}
