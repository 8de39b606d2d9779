using System.Globalization;
using System.Text.Json;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Ranges.Certificates;

/// <summary>Reads the states of a certificate, in time in proportion to their text; whether they can be so the checker says.</summary>
internal static class StateReader
{
    /// <summary>The state; null if it makes no sense.</summary>
    public static AbstractState? Read(JsonElement element)
    {
        if (Words(element.GetProperty("registers")) is not { Count: Registers<Word>.Count } registers) return null;
        if (registers.Any(static word => word.Width != Width.Bits64)) return null;
        List<AbstractFrame> frames = [];
        foreach (var frame in element.GetProperty("frames").EnumerateArray())
        {
            if (Words(frame.GetProperty("saved")) is not { } saved || Cells(frame) is not { } cells) return null;
            if (saved.Any(static word => word.Width != Width.Bits64)) return null;
            frames.Add(new(frame.GetProperty("returnTo").GetInt32(), saved, cells));
        }

        List<Counter> counters = [];
        foreach (var text in Texts(element.GetProperty("rounds")))
        {
            if (Numbered(text) is not var (head, word) || word.Width != Width.Bits64) return null;
            counters.Add(new(head, word));
        }

        List<RelationSet.NumberedValue> values = [];
        HashSet<long> numbers = [];
        foreach (var text in Texts(element.GetProperty("values")))
        {
            if (WordText.Read(text) is not { Link: { Scale: 1, Offset: 0 } link } word || word.Width != Width.Bits64) return null;
            if (!numbers.Add(link.Value)) return null;
            values.Add(new(link.Value, word));
        }

        List<LinearForm> facts = [];
        foreach (var text in Texts(element.GetProperty("sums")))
        {
            if (WordText.ReadForm(text) is not { } fact) return null;
            facts.Add(fact);
        }

        return frames.Count == 0 ? null : new(registers, frames.ToSequence(), RelationSet.Of(values, facts), counters.ToSequence());
    }

    private static FrameCells? Cells(JsonElement frame)
    {
        List<FrameCells.Cell> cells = [];
        foreach (var text in Texts(frame.GetProperty("cells")))
        {
            if (Numbered(text) is not var (offset, word) || offset > ushort.MaxValue) return null;
            cells.Add(new(offset, word));
        }

        List<ulong> zeros = [];
        foreach (var text in (frame.GetProperty("zeros").GetString() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)) return null;
            zeros.Add(bits);
        }

        return FrameCells.Of(cells, zeros.ToArray());
    }

    private static (int Number, RangeWord Word)? Numbered(string? text)
    {
        var space = text?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        if (space < 0 || !int.TryParse(text![..space], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return WordText.Read(text[(space + 1)..]) is { } word ? (number, word) : null;
    }

    private static Sequence<RangeWord>? Words(JsonElement array)
    {
        List<RangeWord> words = [];
        foreach (var text in Texts(array))
        {
            if (WordText.Read(text) is not { } word) return null;
            words.Add(word);
        }

        return words.ToSequence();
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(static element => element.GetString());
}
