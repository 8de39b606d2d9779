using System.CommandLine;
using RbpfSpec.Assembly;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf asm</c>: assembly text to program bytes.</summary>
public static class AsmCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Assembly text in either syntax; '-' is standard input." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "A file for the program bytes; otherwise they are printed in hexadecimal, a slot a line.",
            HelpName = "file",
        };
        var syntax = SyntaxOption.Create();
        var command = new ExampleCommand(
            "asm",
            "Assembles text in the syntax of bpf_conformance or of LLVM. " + CommandLine.NoProgram,
            "printf 'mov %%r0, 7\\nexit\\n' | ./rbpf asm -",
            "printf 'r0 = 7\\nexit\\n' | ./rbpf asm - --output seven.bin")
        {
            file, output, syntax,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(file);
            var text = Files.ReadText(name, FileKind.Program);
            switch (Assembler.Parse(text, parsed.GetValue(syntax)))
            {
                case Assembled.Success success when parsed.GetValue(output) is { } target:
                    Files.Write(target, success.Program.ToBytes());
                    return CommandLine.Holds;
                case Assembled.Success success:
                    foreach (var slot in success.Program.Slots) Report.Line(slot.ToString());
                    return CommandLine.Holds;
                case Assembled.Failure failure:
                    throw new UsageException([.. ProgramText.Errors(failure).Select(error => $"{name}: {error}")]);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        });
        return command;
    }
}
