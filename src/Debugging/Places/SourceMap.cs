using RbpfSpec.Images;

namespace RbpfSpec.Debugging.Places;

/// <summary>A line of a file.</summary>
/// <param name="File">The file, as the compiler named it.</param>
/// <param name="Line">The line, from 1.</param>
public sealed record SourcePlace(string File, int Line);

/// <summary>Which slots come from which lines of source, and the other way round.</summary>
public sealed class SourceMap
{
    private readonly Image image;

    // The first slot of each stretch of slots that come from one line.
    private readonly Sequence<(int Slot, SourcePlace Place)> stretches;

    /// <summary>That of a program.</summary>
    public SourceMap(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        this.image = image;
        List<(int Slot, SourcePlace Place)> found = [];
        SourcePlace? last = null;
        for (var i = 0; i < image.Lines.Count; i++)
        {
            // Of several lines at one slot the last holds.
            if (i + 1 < image.Lines.Count && image.Lines[i + 1].Slot == image.Lines[i].Slot) continue;
            var place = PlaceOf(image.Lines[i].Source);
            if (place is not null && place != last) found.Add((image.Lines[i].Slot, place));
            last = place;
        }

        stretches = found.ToSequence();
        Files = [.. found.Select(stretch => stretch.Place.File).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The files that the compiler named.</summary>
    public Sequence<string> Files { get; }

    /// <summary>The line that the instruction at a slot comes from; null if it is not known.</summary>
    public SourcePlace? At(ulong slot) => PlaceOf(image.SourceAt(slot));

    /// <summary>The slots at which a line begins; if it has none, those of the next line of the file that has some.</summary>
    /// <param name="file">The file, as the compiler named it.</param>
    /// <param name="line">The line, from 1.</param>
    /// <returns>The line that was taken, and its slots; no slots if no line from there on has any.</returns>
    public (int Line, Sequence<int> Slots) Slots(string file, int line)
    {
        var taken = stretches.Where(stretch => stretch.Place.File == file && stretch.Place.Line >= line)
            .Select(stretch => stretch.Place.Line).DefaultIfEmpty(0).Min();
        return taken == 0
            ? (line, [])
            : (taken, [.. from stretch in stretches
                          where stretch.Place.File == file && stretch.Place.Line == taken
                          select stretch.Slot]);
    }

    /// <summary>The lines of a file that have slots, ascending.</summary>
    public Sequence<int> Lines(string file) =>
    [
        .. stretches.Where(stretch => stretch.Place.File == file).Select(stretch => stretch.Place.Line).Distinct().Order(),
    ];

    /// <summary>The text of a file, as far as the object has it: lines that are not known are empty.</summary>
    public string Text(string file)
    {
        var known = image.Lines.Select(line => line.Source).OfType<SourceLine>()
            .Where(source => source.File == file && source.Text != "")
            .GroupBy(source => source.Line)
            .ToDictionary(group => group.Key, group => group.First().Text);
        if (known.Count == 0) return "";
        var last = Math.Min(known.Keys.Max(), MostLines);
        return string.Join('\n', Enumerable.Range(1, last).Select(line => known.GetValueOrDefault(line, "")));
    }

    /// <summary>The file that somebody means by a path; null if it is none of the program's.</summary>
    /// <remarks>
    /// The compiler's name may be relative, or that of a file on another computer: a file whose name is the end of the
    /// path is meant, else the only one whose last part is that of the path.
    /// </remarks>
    public string? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var asked = Parts(path);
        string[] alike = [.. Files.Where(file => Parts(file) is [.., var name] && asked is [.., var wanted] && name == wanted)];
        return Array.Find(alike, file => Parts(file).SequenceEqual(asked))
            ?? Array.Find(alike, file => Parts(file).AsSpan() is var parts && asked.AsSpan().EndsWith(parts))
            ?? (alike is [var only] ? only : null);
    }

    // A source of a hostile object might name any line.
    private const int MostLines = 200_000;

    private static SourcePlace? PlaceOf(SourceLine? source) => source is null ? null : new(source.File, source.Line);

    private static string[] Parts(string path) =>
        [.. path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".")];
}
