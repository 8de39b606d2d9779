using System.Globalization;
using System.Net;
using System.Text;

namespace RbpfSpec.Benchmarks.Device;

/// <summary>Table II as bars: for each machine one, as long as it takes longer than native code.</summary>
public static class DeviceChart
{
    private const int Width = 720;
    private const int Left = 190;
    private const int Right = 60;
    private const int Bar = 24;
    private const int Top = 40;

    /// <summary>The chart as SVG.</summary>
    public static string Svg(DeviceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        List<(string Name, double Times, string Source)> bars =
            [.. table.Rows.Where(row => row.TimesNative is not null).Select(row => (row.Name, row.TimesNative ?? 0, row.Source))];
        var most = bars.Max(bar => bar.Times);
        var height = Top + (bars.Count * Bar) + 8;
        var svg = new StringBuilder();
        var description = string.Join("; ", bars.Select(bar => $"{bar.Name} {Number(bar.Times)}"));
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" role="img" aria-labelledby="title description"
              font-family="sans-serif" font-size="12">
            <title id="title">fletcher32 on a Cortex-M4, in units of native code</title>
            <desc id="description">{WebUtility.HtmlEncode(description)}</desc>
            <style>text{"{"}fill:#24292f{"}"}@media(prefers-color-scheme:dark){"{"}text{"{"}fill:#e6edf3{"}"}{"}"}</style>
            <text x="{Left}" y="20" font-size="14" font-weight="bold">times native code, shorter is better</text>

            """);
        foreach (var (place, bar) in bars.Index())
        {
            var y = Top + (place * Bar);
            var colour = bar.Source == "emulated" ? "#0072b2" : "#d55e00";
            var length = bar.Times / most * (Width - Left - Right);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="{Left - 8}" y="{y + 14}" text-anchor="end">{WebUtility.HtmlEncode(bar.Name)}</text>
                <rect x="{Left}" y="{y + 3}" width="{Number(length)}" height="{Bar - 8}" fill="{colour}"/>
                <text x="{Number(Left + length + 4)}" y="{y + 14}">{Number(bar.Times)}</text>

                """);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
