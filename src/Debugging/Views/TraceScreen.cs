using System.Globalization;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Debugging.Variables;
using RbpfSpec.Images.Variables;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;

namespace RbpfSpec.Debugging.Views;

/// <summary>The text of the terminal view: source and instructions on the left, registers and memory on the right.</summary>
public static class TraceScreen
{
    private const int LeastWidth = 40;
    private const int LeastHeight = 10;
    private const int LeastLeft = 10;
    private const int RowBytes = 8;
    private const string Hint = "left/right step  up/down line  c go  r back  b break  tab region  h help  q quit";

    /// <summary>The lines of a view, each as wide as the screen at most.</summary>
    /// <param name="view">The view.</param>
    /// <param name="width">How many columns there are.</param>
    /// <param name="height">How many lines there are.</param>
    public static Sequence<string> Lines(TraceView view, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(view);
        (width, height) = (Math.Max(width, LeastWidth), Math.Max(height, LeastHeight));
        var body = height - 3;
        var left = view.IsHelp ? ["keys", .. ViewKeys.Help] : Left(view, body);
        var right = Right(view, body);
        var middle = Math.Max(width - RightWidth - 3, LeastLeft);
        List<string> lines = [Cut(Title(view), width), Cut(Status(view), width)];
        for (var i = 0; i < body; i++)
        {
            var (first, second) = (i < left.Count ? left[i] : "", i < right.Count ? right[i] : "");
            lines.Add(Cut($"{Cut(first, middle).PadRight(middle)} | {second}", width).TrimEnd());
        }

        lines.Add(Cut(Hint, width));
        return lines.ToSequence();
    }

    /// <summary>How many rows a region has.</summary>
    internal static int RowsOf(Region<Word> region) => (int)((region.Length.Value + RowBytes - 1) / RowBytes);

    // The lines that the memory of a region takes at least, with its heading.
    private const int LeastMemory = 4;

    // A row of memory: address, bytes, text.
    private const int RightWidth = 12 + (RowBytes * 2) + 2 + RowBytes;

    private static string Title(TraceView view)
    {
        var place = view.Map.At(view.Timeline.Slot) is { } known
            ? $"{known.File[(known.File.LastIndexOf('/') + 1)..]}:{Text(known.Line)}" : "no line of source";
        var depth = view.Timeline.Depth == 0 ? "" : $", {Counted.Of(view.Timeline.Depth, "call")} deep";
        return $"{view.Name}  step {view.Timeline.Position.ToString(CultureInfo.InvariantCulture)}, slot "
            + $"{view.Timeline.Slot.ToString(CultureInfo.InvariantCulture)}{depth}, {place}";
    }

    private static string Status(TraceView view) => view.Timeline.End switch
    {
        _ when view.IsRunning => "running; any key stops it",
        null or Outcome<Word>.Next => view.Timeline.Position == 0 ? "at the start" : "",
        Outcome<Word>.Exited exited => $"ends with {Results.Text(exited.Result)}",
        Outcome<Word>.Trapped trapped => view.Timeline.Prepared.ReportOn(trapped).ToString(),
    };

    private static List<string> Left(TraceView view, int height)
    {
        var place = view.Map.At(view.Timeline.Slot);
        if (place is null || !view.Sources.TryGetValue(place.File, out var source)) return Instructions(view, height);
        var top = Around(place.Line - 1, source.Count, (height - 2) / 2)
            .Select(line => $"{(line == place.Line - 1 ? '>' : ' ')} {Text(line + 1),5}  {Plain(source[line])}");
        var lines = (List<string>)[$"source {place.File}", .. top];
        return [.. lines, "", .. Instructions(view, height - lines.Count - 1)];
    }

    private static List<string> Instructions(TraceView view, int height)
    {
        var all = view.Listing.Instructions;
        var here = view.Listing.LineOf(view.Timeline.Slot) - 1;
        return
        [
            "slots",
            .. from line in Around(Math.Max(here, 0), all.Count, height - 1)
               let mark = line == here ? '>' : ' '
               let stop = view.Breakpoints.Contains(all[line].Slot) ? '*' : ' '
               select $"{mark}{stop}{ProgramListing.Line(all[line])}",
        ];
    }

    private static List<string> Right(TraceView view, int height)
    {
        var state = view.Timeline.State;
        var before = view.Timeline.Back()?.State ?? state;
        List<string> lines = ["registers"];
        for (var i = 0; i < Registers<Word>.Count; i++)
        {
            var value = state.Registers[i];
            var mark = value == before.Registers[i] ? ' ' : '*';
            var region = MemoryView.RegionAt(state, value.Value) is { } known ? $" {known.Name}" : "";
            lines.Add($"{mark}r{Text(i),-3}{value}{region}");
        }

        lines.AddRange(VariablesOf(view, Math.Max(height - lines.Count - LeastMemory, 0)));
        if (state.Memory.Regions.Count == 0) return lines;
        var shown = state.Memory.Regions[view.Region];
        lines.Add("");
        lines.Add(AccessText.Region(shown));
        var last = Math.Min(RowsOf(shown), view.Row + Math.Max(height - lines.Count, 0));
        for (var row = view.Row; row < last; row++) lines.Add(MemoryRow(state, before, shown.Start.Value + (ulong)(row * RowBytes)));
        return lines;
    }

    // As many as leave room for some memory; those that are somewhere first.
    private static IEnumerable<string> VariablesOf(TraceView view, int most)
    {
        var locals = new Locals(view.Variables, view.Timeline.State, view.Timeline.Slot);
        var known = locals.All().OrderBy(static one => one.Value.Place is VariablePlace.Gone ? 1 : 0).Take(Math.Max(most - 2, 0)).ToList();
        return known.Count == 0 ? [] : ["", "variables", .. known.Select(one => $" {one.Name} = {CText.Of(locals, one.Value)}")];
    }

    private static string MemoryRow(State<Word> state, State<Word> before, ulong address)
    {
        var bytes = MemoryView.Read(state, address, RowBytes);
        var mark = bytes.AsSpan().SequenceEqual(MemoryView.Read(before, address, RowBytes)) ? ' ' : '*';
        var text = string.Concat(bytes.Select(static one => one is >= 0x20 and < 0x7f ? (char)one : '.'));
        return $"{mark}0x{address.ToString("x8", CultureInfo.InvariantCulture)} {Convert.ToHexStringLower(bytes)}  {text}";
    }

    // So many indices around one, as far as there are some.
    private static IEnumerable<int> Around(int middle, int count, int wanted)
    {
        var shown = Math.Clamp(wanted, 0, count);
        return Enumerable.Range(Math.Clamp(middle - (shown / 2), 0, count - shown), shown);
    }

    // A line of source in a cell: no tabs, and nothing that a terminal would obey.
    private static string Plain(string line) =>
        string.Concat(line.Replace("\t", "    ", StringComparison.Ordinal).Where(static character => !char.IsControl(character)));

    private static string Cut(string line, int width) => line.Length <= width ? line : line[..width];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
