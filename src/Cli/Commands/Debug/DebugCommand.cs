using System.CommandLine;
using RbpfSpec.Debugging.Sessions;

namespace RbpfSpec.Cli.Commands.Debug;

/// <summary><c>rbpf debug</c>: a debugger for editors, which speak the Debug Adapter Protocol on standard input and output.</summary>
public static class DebugCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string?>("file")
        {
            Description = "The program that is debugged where the editor's 'launch' names none.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new ExampleCommand(
            "debug",
            "Debugs a program for an editor, by the Debug Adapter Protocol on standard input and output: stops at lines of source "
            + "(clang -g), instructions and traps, goes forwards and backwards, shows and sets registers and memory. "
            + "docs/debugging.md has how editors start it; 'trace --interactive' is the same in a terminal. "
            + "Exit code: 0 when the editor has left, 2 if its messages make no sense.",
            """printf 'Content-Length: 49\r\n\r\n{"seq":1,"type":"request","command":"initialize"}' | ./rbpf debug""");
        command.Arguments.Add(file);
        command.SetAction(parsed =>
        {
            // What cannot be read is told where it was named, before any editor asks.
            if (parsed.GetValue(file) is { } name) Files.Read(name, FileKind.Program);
            using var input = Console.OpenStandardInput();
            using var output = Console.OpenStandardOutput();
            var problem = SessionLoop.Serve(input, output, new ProgramLauncher(parsed.GetValue(file)).Load);
            return problem is null ? CommandLine.Holds : throw new UsageException($"protocol error: {problem}");
        });
        return command;
    }
}
