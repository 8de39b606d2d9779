using System.CommandLine;
using RbpfSpec.Assembly;
using RbpfSpec.Assembly.Objects;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf asm</c>: assembly text to program bytes.</summary>
public static class AsmCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Assembly text; '-' is standard input." };
        var output = new TextOption(
            "--output", "file", "A file for the program bytes; otherwise they are printed in hexadecimal, a slot a line.", "-o");
        var asObject = new SwitchOption(
            "--object", "Writes an ELF object, as clang -c does: with data, functions and symbols. Needs --output.");
        var syntax = SyntaxOption.OfText();
        var command = new ExampleCommand(
            "asm",
            "Assembles text in the syntax of bpf_conformance, LLVM, GNU as, rbpf or sBPF, or pasted from objdump or Linux's verifier. "
            + CommandLine.NoProgram,
            "printf 'mov %%r0, 7\\nexit\\n' | ./rbpf asm -",
            "printf 'r0 = 7\\nexit\\n' | ./rbpf asm - --output seven.bin",
            "printf 'mov64 r0, 7\\nexit\\n' | ./rbpf asm - --syntax rbpf")
        {
            file, output, asObject, syntax,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(asObject) && result.GetValue(output) is null)
                result.AddError("--object needs --output, the file to write");
        });
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(file);
            var text = Files.ReadText(name, FileKind.Program);
            var dialect = parsed.GetValue(syntax) ?? Dialect.Auto;
            return parsed.GetValue(asObject)
                ? WriteObject(name, dialect, Assembler.ParseObject(text, dialect), parsed.GetRequiredValue(output)!)
                : WriteProgram(name, dialect, Assembler.Parse(text, dialect), parsed.GetValue(output));
        });
        return command;
    }

    private static int WriteProgram(string name, Dialect dialect, Assembled assembled, string? target)
    {
        switch (assembled)
        {
            case Assembled.Success success:
                Note(name, dialect, success.Dialects);
                if (target is not null) Files.Write(target, success.Program.ToBytes());
                else foreach (var slot in success.Program.Slots) Report.Line(slot.ToString());
                return CommandLine.Holds;
            case Assembled.Failure failure:
                throw Refusal(name, failure.Errors);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static int WriteObject(string name, Dialect dialect, AssembledObject assembled, string target)
    {
        switch (assembled)
        {
            case AssembledObject.Success success:
                Note(name, dialect, success.Dialects);
                Files.Write(target, ElfWriter.Write(success.Object));
                return CommandLine.Holds;
            case AssembledObject.Failure failure:
                throw Refusal(name, failure.Errors);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Note(string name, Dialect asked, Sequence<Dialect> read)
    {
        foreach (var note in AssemblyFile.Notes(asked, read)) CommandLine.Complain($"{Escaped.Line(name)}: note: {note}");
    }

    private static UsageException Refusal(string name, Sequence<AssemblyError> errors) =>
        new([.. ProgramFile.Errors(errors.Map(error => error.ToString())).Select(error => $"{Escaped.Line(name)}: {error}")]);
}
