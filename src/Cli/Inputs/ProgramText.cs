using RbpfSpec.Images;

namespace RbpfSpec.Cli.Inputs;

/// <summary>Programs that came as text, and parts of those that came as objects.</summary>
public static class ProgramText
{
    private const int MostErrors = 100;

    /// <summary>The result of reading assembly: an image, or errors.</summary>
    public sealed record Read(Image? Image, IReadOnlyList<string> Errors);

    /// <summary>Assembles text in any dialect; of many errors the first hundred are told.</summary>
    public static Read Assemble(byte[] bytes, ImageOptions options) => AssemblyFile.Read(Files.Text(bytes), options) switch
    {
        AssemblyResult.Loaded(var image) => new(image, []),
        AssemblyResult.Malformed(var problems) => new(null, Errors(problems)),
    };

    /// <summary>The errors of assembly text, a line each, no more than a hundred.</summary>
    public static IReadOnlyList<string> Errors(Sequence<string> problems)
    {
        List<string> lines = [.. problems.Take(MostErrors).Select(Short)];
        if (problems.Count > MostErrors) lines.Add($"and {problems.Count - MostErrors} more errors");
        return lines;
    }

    /// <summary>Whether text that is neither hexadecimal nor without errors is more likely assembly: it has words.</summary>
    public static bool LooksLikeAssembly(ReadOnlySpan<byte> bytes)
    {
        foreach (var line in Files.Text(bytes).Split('\n'))
        {
            var text = line.AsSpan().Trim();
            if (text.IsEmpty || text[0] is '#' or ';' || text.StartsWith("//") || text.StartsWith("/*")) continue;
            var word = text[..(text.IndexOfAny(WordEnds) is >= 0 and var end ? end : text.Length)];
            return char.IsAsciiLetter(text[0]) && !text.Contains('{') && (text.Contains('%') || word.ContainsAnyExcept(Digits));
        }

        return false;
    }

    /// <summary>The part of an object that is asked for: whole sections, or functions.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static IReadOnlyList<CodeRange> Chosen(string name, Sequence<CodeSection> sections, string? section, string? function)
    {
        if (sections.IsEmpty) throw new UsageException($"{name}: the object has no instructions: no executable section with contents");
        List<CodeSection> chosen = [.. sections.Where(candidate => section is null || candidate.Name == section)];
        if (chosen.Count == 0)
        {
            throw new UsageException(
                $"{name}: there is no section '{section}' with instructions; there is {List(sections.Select(static one => one.Name))}");
        }

        if (function is null) return [.. chosen.Select(static one => new CodeRange(one, 0, one.Slots.Count / 8))];
        List<CodeRange> ranges =
        [
            .. chosen.SelectMany(static one => one.Functions, static (one, found) => (Section: one, Function: found))
                .Where(found => found.Function.Name == function)
                .Select(static found => CodeRange.Of(found.Section, found.Function)),
        ];
        return ranges.Count > 0
            ? ranges
            : throw new UsageException(
                $"{name}: there is no function '{function}'; there is "
                + $"{List(chosen.SelectMany(static one => one.Functions).Select(static one => one.Name))}");
    }

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly System.Buffers.SearchValues<char> WordEnds = System.Buffers.SearchValues.Create(" \t:");

    private static string List(IEnumerable<string> names)
    {
        const int most = 10;
        var all = names.ToList();
        var shown = string.Join(", ", all.Take(most).Select(Short));
        return all.Count switch
        {
            0 => "none",
            <= most => shown,
            _ => $"{shown} and {all.Count - most} more",
        };
    }

    // The tokens that errors quote may be as long as the file.
    private static string Short(string text)
    {
        const int longest = 400;
        return text.Length <= longest ? text : $"{text[..(longest / 2)]}…{text[^(longest / 2)..]}";
    }
}

/// <summary>Slots of a section to be printed.</summary>
/// <param name="Section">The section.</param>
/// <param name="First">The slot index of the first.</param>
/// <param name="End">The slot index behind the last.</param>
public sealed record CodeRange(CodeSection Section, int First, int End)
{
    /// <summary>A function's slots; one without a length ends where the next starts.</summary>
    public static CodeRange Of(CodeSection section, ImageFunction function)
    {
        var end = section.Slots.Count / 8;
        var next = section.Functions.Where(other => other.Slot > function.Slot)
            .Select(static other => other.Slot).DefaultIfEmpty(end).Min();
        return new(section, Math.Min(function.Slot, end), Math.Min(function.Slots > 0 ? function.Slot + function.Slots : next, end));
    }
}
