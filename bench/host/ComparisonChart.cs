using System.Globalization;
using System.Net;
using System.Text;

namespace RbpfSpec.Bench.Host;

/// <summary>The times of the checksum as bars, as long as the logarithm of their ratio to native code.</summary>
internal static class ComparisonChart
{
    private const int Width = 720;
    private const int Left = 190;
    private const int Bar = 18;
    private const int Top = 48;

    /// <summary>The chart as SVG; the first row is native code.</summary>
    public static string Svg(IReadOnlyList<Row> rows)
    {
        var native = rows[0].Fletcher!.Value;
        var bars = rows.Where(row => row.Fletcher is not null).Select(row => (row.Name, Ratio: row.Fletcher!.Value / native))
            .OrderBy(bar => bar.Ratio).ToList();
        var decades = Math.Ceiling(Math.Log10(bars[^1].Ratio));
        var height = Top + (bars.Count * Bar) + 28;
        double At(double ratio) => Left + (Math.Max(0, Math.Log10(ratio)) / decades * (Width - Left - 50));
        var svg = new StringBuilder();
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" role=\"img\" "
            + "aria-labelledby=\"title description\" font-family=\"sans-serif\" font-size=\"12\">");
        Line("<title id=\"title\">Time of a checksum on each engine, in units of native code</title>");
        Line($"<desc id=\"description\">{Text(string.Join("; ", bars.Select(bar => $"{bar.Name} {Number(bar.Ratio)}")))}</desc>");
        Line("<style>text{fill:#24292f}.grid{stroke:#8c959f;stroke-opacity:.5}"
            + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>");
        Line($"<text x=\"{Left}\" y=\"20\" font-size=\"14\" font-weight=\"bold\">fletcher32: times as long as native code, "
            + "shorter is better</text>");
        for (var decade = 0; decade <= decades; decade++)
        {
            var x = Number(At(Math.Pow(10, decade)));
            Line($"<line class=\"grid\" x1=\"{x}\" y1=\"{Top - 8}\" x2=\"{x}\" y2=\"{height - 22}\"/>"
                + $"<text x=\"{x}\" y=\"{height - 6}\" text-anchor=\"middle\">{Math.Pow(10, decade)}</text>");
        }

        for (var i = 0; i < bars.Count; i++)
        {
            var (name, ratio) = bars[i];
            var y = Top + (i * Bar);
            var colour = name.StartsWith("rBPF", StringComparison.Ordinal) ? "#d55e00" : "#0072b2";
            Line($"<text x=\"{Left - 8}\" y=\"{y + 12}\" text-anchor=\"end\">{Text(name)}</text>"
                + $"<rect x=\"{Left}\" y=\"{y + 2}\" width=\"{Number(At(ratio) - Left)}\" height=\"{Bar - 4}\" fill=\"{colour}\"/>"
                + $"<text x=\"{Number(At(ratio) + 4)}\" y=\"{y + 13}\">{Number(ratio)}</text>");
        }

        Line("</svg>");
        return svg.ToString();

        void Line(string text) => svg.Append(text).Append('\n');
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
