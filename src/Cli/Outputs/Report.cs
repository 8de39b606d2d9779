using RbpfSpec.Reports;
using Spectre.Console;

namespace RbpfSpec.Cli.Outputs;

/// <summary>Text for people: with colours and drawn tables on a terminal, plain lines and columns elsewhere.</summary>
public static class Report
{
    /// <summary>Standard output, for what writes reports and does not know where they go.</summary>
    public static ITextReport Terminal { get; } = new TerminalReport();

    private static bool IsTerminal => !Console.IsOutputRedirected;

    private static int Width => Math.Max(20, AnsiConsole.Profile.Width - 1);

    /// <summary>A heading.</summary>
    public static void Heading(string text) => Styled(text, "bold");

    /// <summary>A line of good news.</summary>
    public static void Good(string text) => Styled(text, "green");

    /// <summary>A line of bad news.</summary>
    public static void Bad(string text) => Styled(text, "red");

    /// <summary>A line.</summary>
    public static void Line(string text)
    {
        var shown = Escaped.Text(text);
        foreach (var line in IsTerminal ? Wrapping.Lines(shown, Width) : [shown]) Console.Out.WriteLine(line);
    }

    /// <summary>A table.</summary>
    public static void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [.. rows.Select(static row => (IReadOnlyList<string>)[.. row.Select(Escaped.Line)])];
        if (IsTerminal) Drawn(columns, all);
        else Plain(columns, all);
    }

    private static void Styled(string text, string style)
    {
        text = Escaped.Text(text);
        if (!IsTerminal)
        {
            Console.Out.WriteLine(text);
            return;
        }

        foreach (var line in Wrapping.Lines(text, Width)) AnsiConsole.MarkupLine($"[{style}]{Markup.Escape(line)}[/]");
    }

    private static void Drawn(IReadOnlyList<string> columns, List<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns) table.AddColumn(new TableColumn($"[bold]{Markup.Escape(column)}[/]"));
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    private static void Plain(IReadOnlyList<string> columns, List<IReadOnlyList<string>> rows)
    {
        var widths = columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Length).Max()).ToList();
        foreach (var row in rows.Prepend(columns))
        {
            Console.Out.WriteLine(
                string.Join("  ", row.Select((cell, i) => i == row.Count - 1 ? cell : cell.PadRight(widths[i]))).TrimEnd());
        }
    }

    private sealed class TerminalReport : ITextReport
    {
        public void Heading(string text) => Report.Heading(text);

        public void Good(string text) => Report.Good(text);

        public void Bad(string text) => Report.Bad(text);

        public void Line(string text) => Report.Line(text);

        public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) => Report.Table(columns, rows);
    }
}
