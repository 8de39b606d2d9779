using System.Text;

namespace RbpfSpec.Images.Inputs;

/// <summary>The result of reading a file that holds a program in some form.</summary>
public abstract record ProgramReading
{
    private ProgramReading() { }

    /// <summary>The file holds a program.</summary>
    public sealed record Loaded(Image Image) : ProgramReading;

    /// <summary>The file holds none.</summary>
    /// <param name="Problems">What is wrong, a line each, at least one; the file's name is for the caller to add.</param>
    public sealed record Malformed(Sequence<string> Problems) : ProgramReading;
}

/// <summary>Reads programs in any form: as bytes, as images, or as assembly text.</summary>
public static class ProgramFile
{
    private const int MostErrors = 100;

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly System.Buffers.SearchValues<char> WordEnds = System.Buffers.SearchValues.Create(" \t:");

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name, which tells assembly and hexadecimal text where nothing else does.</param>
    /// <param name="bytes">Its contents.</param>
    /// <param name="asked">The form that it is in, or null to recognise it.</param>
    /// <param name="options">What its contents leave open, but for the form.</param>
    public static ProgramReading Read(string name, byte[] bytes, ProgramFormat? asked, ImageOptions options)
    {
        if (name is not ("" or "-")) options = options with { SourceName = name };
        if (asked is ProgramFormat.Asm || (asked is null && HasAssemblyName(name))) return Assembled(bytes, options);
        options = options with { Format = ImageFormatOf(asked) };
        var recognised = options.Format ?? ImageFile.Recognise(bytes);
        var result = ImageFile.Read(bytes, options);
        if (asked is null && recognised is ImageFormat.Hex && !HasHexName(name) && !IsHex(bytes))
        {
            // Text that is not hexadecimal is assembly, unless it looks like neither.
            var assembled = Assembled(bytes, options);
            if (assembled is ProgramReading.Loaded || LooksLikeAssembly(Text(bytes))) return assembled;
        }

        return result switch
        {
            ImageResult.Loaded(var image) => new ProgramReading.Loaded(image),
            ImageResult.Malformed(var problem) => new ProgramReading.Malformed([problem]),
        };
    }

    /// <summary>Whether a file is an object whose sections can be read, as its name, form and contents tell.</summary>
    public static bool IsObject(string name, byte[] bytes, ProgramFormat? asked) =>
        asked is ProgramFormat.Elf || (asked is null && !HasAssemblyName(name) && ImageFile.Recognise(bytes) is ImageFormat.Elf);

    /// <summary>The errors of assembly text, a line each, no more than a hundred.</summary>
    public static Sequence<string> Errors(Sequence<string> problems)
    {
        Sequence<string> lines = [.. problems.Take(MostErrors).Select(Short)];
        return problems.Count > MostErrors ? [.. lines, $"and {problems.Count - MostErrors} more errors"] : lines;
    }

    // The tokens that errors quote may be as long as the file.
    internal static string Short(string text)
    {
        const int longest = 400;
        return text.Length <= longest ? text : $"{text[..(longest / 2)]}…{text[^(longest / 2)..]}";
    }

    private static ProgramReading Assembled(byte[] bytes, ImageOptions options) => AssemblyFile.Read(Text(bytes), options) switch
    {
        AssemblyResult.Loaded(var image) => new ProgramReading.Loaded(image),
        AssemblyResult.Malformed(var problems) => new ProgramReading.Malformed(Errors(problems)),
    };

    // Whether text that is neither hexadecimal nor without errors is more likely assembly: it has words.
    private static bool LooksLikeAssembly(string all)
    {
        foreach (var line in all.Split('\n'))
        {
            var text = line.AsSpan().Trim();
            if (text.IsEmpty || text[0] is '#' or ';' || text.StartsWith("//") || text.StartsWith("/*")) continue;
            var word = text[..(text.IndexOfAny(WordEnds) is >= 0 and var end ? end : text.Length)];
            return char.IsAsciiLetter(text[0]) && !text.Contains('{') && (text.Contains('%') || word.ContainsAnyExcept(Digits));
        }

        return false;
    }

    private static bool IsHex(byte[] bytes) =>
        ImageFile.Read(bytes, new ImageOptions { Format = ImageFormat.Hex }) is ImageResult.Loaded;

    private static bool HasHexName(string name) => Path.GetExtension(name) is ".hex";

    private static bool HasAssemblyName(string name) => Path.GetExtension(name) is ".s" or ".S" or ".asm";

    // Without the byte order mark that some editors write.
    private static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);

    private static ImageFormat? ImageFormatOf(ProgramFormat? asked) => asked switch
    {
        ProgramFormat.Raw => ImageFormat.Raw,
        ProgramFormat.Hex => ImageFormat.Hex,
        ProgramFormat.Elf => ImageFormat.Elf,
        ProgramFormat.Rbf => ImageFormat.Rbf,
        ProgramFormat.Packed => ImageFormat.Packed,
        ProgramFormat.Asm or null => null,
    };
}
