using System.Globalization;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Certificates;

/// <summary>Abstract words and sums as short texts: width, start, span, value, mask, and number, scale, offset of the link.</summary>
internal static class WordText
{
    public static string Write(RangeWord word)
    {
        var (bits, arc) = (word.Values.Bits, word.Values.Arc);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{word.Width.Bits} {arc.Start.Value:x} {arc.Span.Value:x} {bits.Value.Value:x} {bits.Mask.Value:x}");
        return word.Link is { } link
            ? string.Create(CultureInfo.InvariantCulture, $"{text} {link.Value:x} {link.Scale:x} {link.Offset:x}")
            : text;
    }

    /// <summary>The word of a text; null if it is none.</summary>
    public static RangeWord? Read(string? text)
    {
        var parts = text?.Split(' ') ?? [];
        if (parts.Length is not (5 or 8)) return null;
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
        if (size is not (8 or 16 or 32 or 64)) return null;
        var width = Width.Of(size);
        var numbers = new ulong[parts.Length - 1];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!ulong.TryParse(parts[i + 1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out numbers[i])) return null;
            if (i < 4 && numbers[i] > width.Mask) return null;
        }

        var tnum = new Tnum<Word>(Word.Wrap(numbers[2], width), Word.Wrap(numbers[3], width));
        if (!tnum.IsWellFormed.Value) return null;
        var values = new ValueRange<Word>(tnum, new(Word.Wrap(numbers[0], width), Word.Wrap(numbers[1], width)));
        if (parts.Length == 5) return RangeWord.Of(values);
        if (numbers[4] > long.MaxValue) return null;
        return RangeWord.Of(values).With(new Link((long)numbers[4], numbers[5], numbers[6]));
    }

    public static string Write(LinearForm form) => string.Join(
        ' ',
        form.Terms.ToArray().Select(static term => string.Create(CultureInfo.InvariantCulture, $"{term.Factor}*{term.Value:x}"))
            .Append(form.Constant.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The sum of a text; null if it is none.</summary>
    public static LinearForm? ReadForm(string? text)
    {
        // Factors beyond this are none that an analysis finds; sums of them could not be computed.
        var most = Int128.One << 80;
        var parts = text?.Split(' ') ?? [];
        if (parts.Length is 0 or > 64 || !TryNumber(parts[^1], out var constant)) return null;
        List<LinearForm.Term> terms = [];
        foreach (var part in parts.AsSpan()[..^1])
        {
            var star = part.IndexOf('*', StringComparison.Ordinal);
            if (star < 0 || !TryNumber(part[..star], out var factor) || factor == 0) return null;
            var number = part[(star + 1)..];
            if (!long.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return null;
            if (value < 0 || terms.Exists(term => term.Value == value)) return null;
            terms.Add(LinearForm.TermOf(value, factor));
        }

        return LinearForm.Of(terms, constant);

        bool TryNumber(string digits, out Int128 number) =>
            Int128.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && number < most && number > -most;
    }
}
