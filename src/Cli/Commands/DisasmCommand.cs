using System.CommandLine;
using RbpfSpec.Assembly;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf disasm</c>: a file's instructions as assembly text.</summary>
/// <remarks>
/// Of an object each section of instructions is printed as it lies in the file, because to read instructions nothing
/// has to be resolved; <c>--linked</c> prints the program that would run.
/// </remarks>
public static class DisasmCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var syntax = SyntaxOption.Create();
        var listing = new SwitchOption("--listing", "With slot numbers, bytes, labels and relocations, as llvm-objdump -dr prints it.");
        var linked = new SwitchOption(
            "--linked", "Of an object, the program that would run: what the entry reaches, its references resolved.");
        var command = new ExampleCommand(
            "disasm",
            "Prints instructions as assembly text that 'rbpf asm' reads back; "
            + "of an object every section as it lies in the file, relocations as comments. "
            + CommandLine.NoProgram,
            "./rbpf disasm examples/increment.o",
            "./rbpf disasm examples/fletcher32.o --listing",
            "./rbpf disasm examples/greeting.o --linked --syntax llvm");
        program.AddTo(command);
        command.Options.Add(syntax);
        command.Options.Add(listing);
        command.Options.Add(linked);
        command.Validators.Add(result =>
        {
            if (syntax.IsWrongIn(result)) return;
            if (result.GetValue(listing) && result.GetValue(syntax) is Syntax.Conformance)
                result.AddError("--listing is in the syntax of llvm only");
        });
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(syntax) ?? Syntax.Conformance;
            if (!parsed.GetValue(linked) && program.Sections(parsed) is { } sections)
            {
                foreach (var section in sections)
                {
                    Console.Out.Write(parsed.GetValue(listing)
                        ? SectionText.Listing(section, sections.Count == 1)
                        : SectionText.Assembly(section, chosen));
                }

                return CommandLine.Holds;
            }

            var image = program.Load(parsed);
            if (image.Program.Count % Slot.Size != 0)
            {
                throw new UsageException(
                    $"{Escaped.Line(program.Name(parsed))}: the program has {image.Program.Count} bytes; "
                    + $"expected a multiple of {Slot.Size}");
            }

            var slots = Program.Of(image.Program.AsSpan());
            Console.Out.Write(parsed.GetValue(listing) ? Disassembler.Listing(slots, Symbols(image)) : SectionText.Assembly(slots, chosen));
            return CommandLine.Holds;
        });
        return command;
    }

    private static Sequence<Assembly.Symbol> Symbols(Image image) =>
        [.. image.Functions.Select(function => new Assembly.Symbol(function.Name, function.Slot)),
            .. image.Labels.Select(label => new Assembly.Symbol(label.Name, label.Slot))];
}
