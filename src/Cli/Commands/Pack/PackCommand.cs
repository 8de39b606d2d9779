using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Images.Packing;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Commands.Pack;

/// <summary><c>rbpf pack</c>: a program as it goes over the air.</summary>
public static class PackCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var output = new TextOption(
            "--output", "file", "A file for the packed program; otherwise it is printed in hexadecimal.", "-o", "--out");
        var packing = new PackingOptions(
            "Writes heatshrink's stream of the program's bytes alone, without header and field packing, for devices that read no more.");
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "pack",
            "Packs a program, to some third of its bytes: fields that instructions do not use are left out, and what is left is coded as "
            + "heatshrink does. Every command that reads a program reads a packed one. " + CommandLine.NoProgram,
            "./rbpf pack examples/fletcher32.o",
            "printf 'mov %%r0, 7\\nexit\\n' | ./rbpf pack - --output seven.rbpk",
            "printf 'mov %%r0, 7\\nexit\\n' | ./rbpf pack - --plain --window 8,4 --output seven.hs");
        program.AddTo(command);
        command.Options.Add(output);
        packing.AddTo(command, isWindowOfPlainOnly: false);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var content = program.Packable(parsed);
            if (packing.IsPlain(parsed) && content.Entry != 0)
            {
                throw new UsageException(
                    $"{Escaped.Line(program.Name(parsed))}: the program starts at slot {content.Entry}, which a plain stream cannot say; "
                    + "pack it without --plain");
            }

            var window = packing.Window(parsed);
            var bytes = packing.IsPlain(parsed) ? Heatshrink.Encode(content.Content.AsSpan(), window) : content.Pack(window);
            var coding = packing.IsPlain(parsed) ? $"heatshrink {window} alone" : PackedProgram.Describe(bytes);
            if (parsed.GetValue(output) is { } file) Files.Write(file, bytes);
            if (parsed.GetValue(json)) Report.Line(PackingReport.Packed(content, bytes, coding));
            else if (parsed.GetValue(output) is not null) Report.Good(PackingReport.PackedLine(content, bytes, coding));
            else ByteText.Print(bytes, PackingReport.PackedLine(content, bytes, coding));
            return CommandLine.Holds;
        });
        return command;
    }
}
