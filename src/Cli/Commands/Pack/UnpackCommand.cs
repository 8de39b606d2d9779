using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Images;
using RbpfSpec.Images.Packing;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Commands.Pack;

/// <summary><c>rbpf unpack</c>: what was packed, byte by byte.</summary>
public static class UnpackCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "A packed program, or the hexadecimal text of one; '-' is standard input.",
        };
        var output = new TextOption(
            "--output", "file", "A file for the program bytes, or the container or object that was packed; "
            + "otherwise they are printed in hexadecimal, a slot a line.", "-o", "--out");
        var packing = new PackingOptions(
            "The file is heatshrink's stream of a program's bytes alone, as published devices and their tools have it.");
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "unpack",
            "Unpacks a program to the bytes that were packed. " + CommandLine.NoProgram,
            "printf '7242504b 0410b700 0e95' | ./rbpf unpack -",
            "printf '7242504b 0410b700 0e95' | ./rbpf unpack - --output seven.bin")
        {
            file, output,
        };
        packing.AddTo(command, isWindowOfPlainOnly: true);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var name = parsed.GetRequiredValue(file);
            var bytes = Files.Read(name, FileKind.Program);
            var program = packing.IsPlain(parsed) ? Plain(name, bytes, packing.Window(parsed)) : Packed(name, bytes);
            var content = program.Content.AsSpan().ToArray();
            if (parsed.GetValue(output) is { } target) Files.Write(target, content);
            if (parsed.GetValue(json)) Report.Line(PackingReport.Unpacked(program, bytes));
            else if (parsed.GetValue(output) is not null) Report.Good(PackingReport.UnpackedLine(program, bytes));
            else ByteText.Print(content, PackingReport.UnpackedLine(program, bytes));
            return CommandLine.Holds;
        });
        return command;
    }

    private static PackedProgram Packed(string name, byte[] bytes) => PackedProgram.Read(bytes) switch
    {
        PackingResult.Loaded(var program) => program,
        PackingResult.Malformed(var problem) => throw new UsageException($"{Escaped.Line(name)}: {problem}"),
    };

    private static PackedProgram Plain(string name, byte[] bytes, HeatshrinkWindow window) =>
        Heatshrink.Decode(bytes, window) is { } content
            ? new(Sequence.Of<byte>(content))
            : throw new UsageException(
                $"{Escaped.Line(name)}: the stream says more than {ImageFile.MaximumSize} bytes, the most that a program may have");
}
