using System.Buffers.Binary;
using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Images.Inputs;

namespace RbpfSpec.Conformance;

/// <summary>The test files of bpf_conformance, <c>*.data</c>: sections that begin with a line <c>-- name</c>.</summary>
/// <remarks>
/// <c>asm</c> or <c>raw</c> is the program, <c>mem</c> the memory, <c>result</c> the value of r0; <c>error</c> means
/// that the program has to be refused or, where it reads <c>trap KIND at slot N</c>, to stop there; a file without either says
/// nothing about what comes out. Other sections are notes. <c>raw</c> holds 64-bit words, or bytes two digits each.
/// </remarks>
public static class DataFile
{
    /// <summary>Reads a file's text as one vector.</summary>
    /// <param name="name">The vector's name.</param>
    /// <param name="text">The whole file.</param>
    public static VectorText Read(string name, string text)
    {
        var all = Sections(text);
        if (Repeated(all) is { } again)
            return new VectorText.Malformed(again.Line - 1, $"the section '-- {again.Name}' stands here a second time; expected it once");
        var sections = all.DistinctBy(section => section.Name).ToDictionary(section => section.Name, StringComparer.Ordinal);
        var hasError = sections.TryGetValue("error", out var message);
        Expectation expectation = new Expectation.Refuses();
        if (sections.TryGetValue("result", out var result))
        {
            if (!Hex.TryNumber(result.Text.Trim(), out var r0))
                return new VectorText.Malformed(result.Line, $"the result is '{result.Text.Trim()}'; expected a number of up to 64 bits");
            expectation = new Expectation.Returns(r0);
        }
        else if (message?.Text.Trim() is { Length: > 0 } error && TryTrap(error) is { } trap)
        {
            expectation = trap;
        }

        Sequence<byte> memory = [];
        if (sections.TryGetValue("mem", out var bytes) && !Hex.TryBytes(bytes.Text, out memory))
            return new VectorText.Malformed(bytes.Line, "the memory is not bytes; expected two hexadecimal digits each");

        if (sections.TryGetValue("asm", out var asm))
        {
            // Blank lines before keep the assembler's line numbers those of the file.
            return Assembler.Parse(new string('\n', asm.Line - 1) + asm.Text, Syntax.Conformance) switch
            {
                Assembled.Success(var program, _, _) => Loaded(new VectorProgram.Code(Sequence.Of<byte>(program.ToBytes()))),
                Assembled.Failure(var errors) when Unsupported(errors) is { } reason => Loaded(new VectorProgram.Unsupported(reason)),
                Assembled.Failure(var errors) => new VectorText.Malformed(
                    errors[0].Line, $"column {errors[0].Column}: found {errors[0].Found}; expected {errors[0].Expected}"),
            };
        }

        if (!sections.TryGetValue("raw", out var raw))
            return new VectorText.Malformed(1, "there is no section '-- asm' and none '-- raw'; one of them is the program");
        return TryRaw(raw.Text, out var code)
            ? Loaded(new VectorProgram.Code(code))
            : new VectorText.Malformed(raw.Line, "the program is neither bytes (two hexadecimal digits each) nor 64-bit words (0x…)");

        VectorText.Loaded Loaded(VectorProgram program) =>
            new([new Vector(name, program, memory, expectation) { IsStated = hasError || result is not null }]);
    }

    // Other texts are messages of some machine, which say nothing to others.
    private static Expectation.Traps? TryTrap(string error) => error.Split(' ') is ["trap", var kind, "at", "slot", var slot]
        && Running.MachineWords.TrapOf(kind) is { } trap
        && ulong.TryParse(slot, NumberStyles.None, CultureInfo.InvariantCulture, out var pc)
            ? new(trap, pc)
            : null;

    private static string? Unsupported(Sequence<AssemblyError> errors) =>
        errors.All(error => error.Kind is AssemblyErrorKind.UnsupportedInstruction) ? errors[0].ToString() : null;

    private static bool TryRaw(string text, out Sequence<byte> code)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (Array.TrueForAll(words, word => word.Length == 2)) return Hex.TryBytes(text, out code);
        var bytes = new byte[words.Length * 8];
        code = [];
        for (var i = 0; i < words.Length; i++)
        {
            // Without its prefix a word could as well be a byte with a digit too few or too many.
            if (!words[i].StartsWith("0x", StringComparison.OrdinalIgnoreCase) || !Hex.TryNumber(words[i], out var slot)) return false;
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 8), slot);
        }

        code = Sequence.Of<byte>(bytes);
        return true;
    }

    private static Section? Repeated(List<Section> sections) => sections
        .Where(section => section.Name is "asm" or "raw" or "mem" or "result" or "error")
        .GroupBy(section => section.Name, StringComparer.Ordinal)
        .SelectMany(same => same.Skip(1))
        .FirstOrDefault();

    private static List<Section> Sections(string text)
    {
        List<Section> sections = [];
        var name = "";
        var start = 1;
        List<string> lines = [];
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (!line.StartsWith("-- ", StringComparison.Ordinal))
            {
                lines.Add(line.TrimEnd('\r'));
                continue;
            }

            sections.Add(new(name, start, string.Join('\n', lines)));
            name = line[3..].Trim();
            start = number + 1;
            lines.Clear();
        }

        sections.Add(new(name, start, string.Join('\n', lines)));
        return sections;
    }

    // What stands between one header and the next, with the line after its own header.
    private sealed record Section(string Name, int Line, string Text);
}
