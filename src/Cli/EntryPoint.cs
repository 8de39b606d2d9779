namespace RbpfSpec.Cli;

/// <summary>Where the process begins.</summary>
/// <remarks>A class with a name of its own: the one that top-level statements would make hides the semantics' Program.</remarks>
public static class EntryPoint
{
    /// <summary>Runs the command line.</summary>
    /// <returns>0 holds, 1 trapped, rejected or refuted, 2 usage, 3 undecided.</returns>
    public static int Main(string[] args) =>

        // bpf_conformance starts a process for each test: what it asks for does without the command line library.
        PluginFastPath.Matches(args) ? PluginFastPath.Run(args) : CommandLine.Run(args);
}
