using System.Buffers;
using System.Globalization;
using System.Text;

namespace RbpfSpec.Reports;

/// <summary>Text that others have chosen, such as names of files, so that it cannot break a line or speak to a terminal.</summary>
public static class Escaped
{
    private const string WideEnd = "\r\n";

    // C0, DEL and C1.
    private static readonly string Controls =
        string.Concat(Enumerable.Range(0, 0xa0).Select(static code => (char)code).Where(char.IsControl));

    private static readonly SearchValues<char> InLine = SearchValues.Create(Controls);
    private static readonly SearchValues<char> InText =
        SearchValues.Create(string.Concat(Controls.Where(static one => one is not ('\n' or '\t'))));

    /// <summary>Text that stays on one line: all control characters as escapes, such as <c>\n</c> and <c>\u001b</c>.</summary>
    public static string Line(string text) => Of(text, InLine);

    /// <summary>Text of lines: the same, but for the ends of lines, of one character or two, and tabs.</summary>
    public static string Text(string text) => Of(text, InText);

    private static string Of(string text, SearchValues<char> escaped)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan();
        var at = rest.IndexOfAny(escaped);
        if (at < 0) return text;
        var shown = new StringBuilder(text.Length + 16);
        for (; at >= 0; at = rest.IndexOfAny(escaped))
        {
            shown.Append(rest[..at]);
            if (rest[at..].StartsWith(WideEnd) && !escaped.Contains('\n')) shown.Append(rest[at]);
            else shown.Append(Escape(rest[at]));
            rest = rest[(at + 1)..];
        }

        return shown.Append(rest).ToString();
    }

    private static string Escape(char character) => character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
    };
}
