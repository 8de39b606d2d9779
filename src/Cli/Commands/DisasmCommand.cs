using System.CommandLine;
using RbpfSpec.Assembly;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf disasm</c>: a program as assembly text.</summary>
public static class DisasmCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var syntax = SyntaxOption.Create();
        var listing = new Option<bool>("--listing")
        {
            Description = "With slot numbers, bytes and labels, as llvm-objdump -d prints it.",
        };
        var command = new ExampleCommand(
            "disasm",
            "Prints a program as assembly text that 'rbpf asm' reads back.",
            "./rbpf disasm examples/increment.o",
            "./rbpf disasm examples/fletcher32.o --listing");
        program.AddTo(command);
        command.Options.Add(syntax);
        command.Options.Add(listing);
        command.Validators.Add(result =>
        {
            if (result.GetValue(listing) && result.GetValue(syntax) is Syntax.Conformance)
                result.AddError("--listing is in the syntax of llvm only");
        });
        command.SetAction(parsed =>
        {
            if (program.Load(parsed) is not { } image) return CommandLine.Fails;
            if (image.Program.Count % Slot.Size != 0)
            {
                Console.Error.WriteLine($"rbpf: {program.Name(parsed)}: the program has {image.Program.Count} bytes; expected a multiple of {Slot.Size}");
                return CommandLine.Fails;
            }

            var slots = Program.Of(image.Program.AsSpan());
            Console.Out.Write(parsed.GetValue(listing)
                ? Disassembler.Listing(slots, Symbols(image))
                : Disassembler.Text(slots, parsed.GetValue(syntax) ?? Syntax.Conformance));
            return CommandLine.Holds;
        });
        return command;
    }

    private static Semantics.Sequence<Assembly.Symbol> Symbols(Images.Image image) =>
        [.. image.Functions.Select(function => new Assembly.Symbol(function.Name, function.Slot)), .. image.Labels.Select(label => new Assembly.Symbol(label.Name, label.Slot))];
}
