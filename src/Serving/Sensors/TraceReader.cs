using System.Globalization;
using System.Text.Json;

namespace RbpfSpec.Serving.Sensors;

/// <summary>Reads traces: comma-separated values, or JSON, an object a line.</summary>
/// <remarks>
/// A line has <c>t_ms,sensor,val0,val1,val2,unit,scale</c>, as an object the same as properties. Values that are missing at the end
/// leave fewer dimensions, down to none; <c>fail</c> in the place of the first one says that reading fails. Unit and scale are 0
/// where they are missing. Empty lines, those after a <c>#</c>, and a first line with the names of the columns, or of the first
/// ones, say nothing.
/// </remarks>
public static class TraceReader
{
    private const string Header = "t_ms,sensor,val0,val1,val2,unit,scale";

    private const string Fails = "fail";

    private static readonly string[] Names = Header.Split(',');

    /// <summary>The lines of a trace; null if one makes no sense.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="problem">The number of the line, what is wrong and what would be right; empty if nothing is.</param>
    public static Sequence<TraceLine>? Read(IEnumerable<string> lines, out string problem)
    {
        ArgumentNullException.ThrowIfNull(lines);
        problem = "";
        List<TraceLine> read = [];
        var number = 0;
        foreach (var text in lines)
        {
            number++;
            var line = text.Trim();
            if (line == "" || line.StartsWith('#') || (read.Count == 0 && IsHeader(line))) continue;
            var cells = line.StartsWith('{') ? Properties(line, out problem) : Columns(line, out problem);
            var next = cells is null ? null : Line(cells, out problem);
            if (next is not null && read.Count > 0 && next.Milliseconds < read[^1].Milliseconds)
                problem = $"t_ms {next.Milliseconds} comes after {read[^1].Milliseconds}; expected the order of time";
            if (problem != "")
            {
                problem = $"line {number}: {problem}";
                return null;
            }

            read.Add(next!);
        }

        if (read.Count == 0) problem = $"there is no value in it; expected lines of {Header}";
        return read.Count == 0 ? null : read.ToSequence();
    }

    private static bool IsHeader(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries) is { Length: > 1 } cells && Names.Take(cells.Length).SequenceEqual(cells);

    private static string[]? Columns(string line, out string problem)
    {
        var cells = line.Split(',');
        problem = cells.Length is < 2 or > 7 ? $"{cells.Length} columns; expected {Header}" : "";
        if (problem != "") return null;
        return [.. cells.Select(cell => cell.Trim()), .. Enumerable.Repeat("", Names.Length - cells.Length)];
    }

    private static string[]? Properties(string line, out string problem)
    {
        problem = "";
        var cells = new string[Names.Length];
        Array.Fill(cells, "");
        try
        {
            using var json = JsonDocument.Parse(line);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                var at = Array.IndexOf(Names, property.Name);
                if (at < 0) problem = $"the property '{property.Name}' says nothing here; expected {Header}";
                else if (cells[at] != "") problem = $"the property '{property.Name}' comes twice";
                if (problem != "") return null;
                cells[at] = property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            }

            return cells;
        }
        catch (JsonException)
        {
            problem = $"no object of JSON; expected one such as {{\"t_ms\":0,\"sensor\":\"temperature\",\"val0\":2716}}";
            return null;
        }
    }

    private static TraceLine? Line(string[] cells, out string problem)
    {
        if (!ulong.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var time) || time > ulong.MaxValue / 1000)
        {
            problem = $"t_ms '{cells[0]}'; expected a whole number of milliseconds";
            return null;
        }

        problem = cells[1] == "" || cells[1].Any(char.IsControl) ? $"sensor '{cells[1]}'; expected a name" : "";
        var unit = Number(5, byte.MinValue, byte.MaxValue, ref problem);
        var scale = Number(6, sbyte.MinValue, sbyte.MaxValue, ref problem);
        var values = cells.AsSpan(2, 3);
        if (values[0] == Fails)
        {
            if (values[1] != "" || values[2] != "") problem = "a value after 'fail'; expected none";
            return problem == "" ? new(time, cells[1], null) : null;
        }

        var dimensions = values[2] != "" ? 3 : values[1] != "" ? 2 : values[0] != "" ? 1 : 0;
        short[] numbers = [0, 0, 0];
        for (var i = 0; i < dimensions; i++)
        {
            if (values[i] == "" && problem == "") problem = $"val{i} is missing, and one after it is there";
            numbers[i] = (short)Number(i + 2, short.MinValue, short.MaxValue, ref problem);
        }

        return problem == ""
            ? new(time, cells[1], new(dimensions, numbers[0], numbers[1], numbers[2], (byte)unit, (sbyte)scale))
            : null;

        int Number(int at, int least, int most, ref string problem)
        {
            if (cells[at] == "") return 0;
            if (int.TryParse(cells[at], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most)
            {
                return number;
            }

            var word = at == 2 ? ", or fail" : "";
            if (problem == "") problem = $"{Names[at]} '{cells[at]}'; expected a whole number from {least} to {most}{word}";
            return 0;
        }
    }
}
