using System.Globalization;
using RbpfSpec.Images;
using RbpfSpec.Images.Packing;
using RbpfSpec.Reports;

namespace RbpfSpec.ProgramReports;

/// <summary>The report on a program that was packed, or unpacked.</summary>
public static class PackingReport
{
    /// <summary>How small a program has become, in one line.</summary>
    public static string PackedLine(PackedProgram content, byte[] bytes, string coding) => string.Create(
        CultureInfo.InvariantCulture, $"{content.Content.Count} bytes in {bytes.Length}, {Saved(content, bytes):0.0} % saved: {coding}");

    /// <summary>The same, with the packed bytes, as a JSON object.</summary>
    public static string Packed(PackedProgram content, byte[] bytes, string coding) => JsonText.Object(writer =>
    {
        writer.WriteNumber("bytes", content.Content.Count);
        writer.WriteNumber("packed", bytes.Length);
        writer.WriteNumber("saved", Math.Round(Saved(content, bytes), 1));
        writer.WriteNumber("entry", content.Entry);
        writer.WriteString("coding", coding);
        writer.WriteString("hex", Convert.ToHexStringLower(bytes));
    });

    /// <summary>The program that was unpacked, in one line.</summary>
    public static string UnpackedLine(PackedProgram program, byte[] bytes) =>
        $"{Form(program)} of {program.Content.Count} bytes from {bytes.Length}"
        + (program.Entry is 0 ? "" : $"; it starts at slot {program.Entry}");

    /// <summary>The same, with its bytes, as a JSON object.</summary>
    public static string Unpacked(PackedProgram program, byte[] bytes) => JsonText.Object(writer =>
    {
        writer.WriteNumber("bytes", program.Content.Count);
        writer.WriteNumber("packed", bytes.Length);
        writer.WriteNumber("entry", program.Entry);
        writer.WriteString("form", Form(program));
        writer.WriteString("hex", Convert.ToHexStringLower(program.Content.AsSpan()));
    });

    private static string Form(PackedProgram program) => ImageFile.Recognise(program.Content.AsSpan()) switch
    {
        ImageFormat.Rbf => "an RBF container",
        ImageFormat.Elf => "an ELF object",
        ImageFormat.Raw or ImageFormat.Hex or ImageFormat.Packed => "a program",
    };

    private static double Saved(PackedProgram content, byte[] bytes) =>
        content.Content.IsEmpty ? 0 : 100 * (1 - (bytes.Length / (double)content.Content.Count));
}
