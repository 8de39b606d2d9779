using System.Globalization;
using System.Net;
using System.Text;

namespace RbpfSpec.Benchmarks;

/// <summary>A table as bars: for each workload one a machine, as long as the logarithm of its ratio to native code.</summary>
public static class BenchChart
{
    private const int Width = 720;
    private const int Left = 130;
    private const int Right = 60;
    private const int Bar = 14;
    private const int Gap = 12;
    private const int Top = 64;

    // Told apart by those who see few colours, on a dark page as on a light one; further machines begin again.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"];

    /// <summary>The chart as SVG.</summary>
    /// <exception cref="BenchmarkException">There is no native code to compare with.</exception>
    public static string Svg(BenchTable table)
    {
        if (table.Measured[0].Native is null)
        {
            throw new BenchmarkException("--chart shows ratios to native code, and there is no C compiler: gcc or cc");
        }

        var groups = table.Measured
            .Select(measurement => (measurement.Workload.Name, Ratios: Ratios(table, machine => BenchTable.Ratio(measurement, machine))))
            .Append((Name: "geometric mean", Ratios: Ratios(table, table.Mean)))
            .ToList();
        var height = Top + (groups.Count * ((table.Machines.Count * Bar) + Gap)) + 24;
        var decades = Math.Log10(groups.SelectMany(group => group.Ratios).Max(ratio => Math.Max(ratio ?? 0, 10)));
        var svg = new StringBuilder();
        Line(
            svg,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" """
            + """aria-labelledby="title description" font-family="sans-serif" font-size="12">""");
        Line(svg, "<title id=\"title\">Time of each workload, in units of native code</title>");
        Line(svg, $"<desc id=\"description\">{WebUtility.HtmlEncode(Description(table, groups))}</desc>");
        Line(
            svg,
            "<style>text{fill:#24292f}.grid{stroke:#8c959f;stroke-opacity:.5}"
            + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>");
        Line(
            svg,
            $"""<text x="{Left}" y="20" font-size="14" font-weight="bold">"""
            + "times as long as what gcc -O2 makes of the same C, shorter is better</text>");
        for (var i = 0; i < table.Machines.Count; i++)
        {
            var x = Left + (i * 130);
            Line(
                svg,
                $"""<rect x="{x}" y="30" width="12" height="12" fill="{Colour(i)}"/>"""
                + $"""<text x="{x + 18}" y="40">{WebUtility.HtmlEncode(table.Machines[i])}</text>""");
        }

        for (var decade = 0; decade <= decades; decade++)
        {
            foreach (var part in new[] { 1, 2, 5 })
            {
                var value = part * Math.Pow(10, decade);
                if (Math.Log10(value) > decades) continue;
                var x = Number(Position(value, decades));
                Line(
                    svg,
                    $"""<line class="grid" x1="{x}" y1="{Top - 6}" x2="{x}" y2="{height - 20}"/>"""
                    + $"""<text x="{x}" y="{height - 6}" text-anchor="middle">{value}</text>""");
            }
        }

        var y = Top;
        foreach (var (name, ratios) in groups)
        {
            Line(svg, $"""<text x="{Left - 8}" y="{y + (ratios.Count * Bar / 2) + 4}" text-anchor="end">{name}</text>""");
            for (var i = 0; i < ratios.Count; i++, y += Bar)
            {
                if (ratios[i] is not { } ratio) continue;
                var end = Math.Max(Left, Position(ratio, decades));
                Line(
                    svg,
                    $"""<rect x="{Left}" y="{y + 1}" width="{Number(end - Left)}" height="{Bar - 2}" fill="{Colour(i)}"/>"""
                    + $"""<text x="{Number(end + 4)}" y="{y + 11}">{BenchTable.Number(ratio)}</text>""");
            }

            y += Gap;
        }

        Line(svg, "</svg>");
        return svg.ToString();
    }

    private static string Description(BenchTable table, List<(string Name, List<double?> Ratios)> groups) =>
        string.Join("; ", groups.Select(group =>
        {
            var ratios = group.Ratios.Select((ratio, i) =>
                $"{table.Machines[i]} {(ratio is { } known ? BenchTable.Number(known) : "-")}");
            return $"{group.Name}: {string.Join(", ", ratios)}";
        }));

    private static List<double?> Ratios(BenchTable table, Func<int, double?> ratio) =>
        [.. Enumerable.Range(0, table.Machines.Count).Select(ratio)];

    private static double Position(double ratio, double decades) => Left + (Math.Log10(ratio) / decades * (Width - Left - Right));

    private static string Colour(int machine) => Colours[machine % Colours.Length];

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder svg, string line) => svg.Append(line).Append('\n');
}
