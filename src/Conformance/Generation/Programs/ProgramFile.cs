using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance.Generation.Programs;

/// <summary>
/// Reads programs that are written out: assembly text below a header that says what they are about and what they are given.
/// </summary>
/// <remarks>
/// <para>The header is lines that begin with <c>#</c>, up to the first that does not; each has a key, and what it says.
/// <c>Rule</c> and <c>Purpose</c> are those of <see cref="Scenario"/>; <c>Memory</c>, <c>Region</c>, <c>Helpers</c>, <c>Branches</c>,
/// <c>Instructions</c> may follow. After <c>Each</c> come a table's columns and, line by line, its rows: the file says one program
/// for each, in which what the row says stands for the column's name in braces.</para>
/// <para>The text between <c>.rept</c> with a number and <c>.endr</c> stands there as often as it says.</para>
/// </remarks>
internal sealed class ProgramFile
{
    private const string Keys = "Rule, Purpose, Memory, Region, Helpers, Branches, Instructions, or Each";

    private static readonly Regex Entry =
        Pattern("^# (?<key>Rule|Purpose|Memory|Region|Helpers|Branches|Instructions|Each): (?<value>.+)$");

    private static readonly Regex Reference = Pattern(@"\{(?<name>[^}]*)\}?");

    private static readonly Regex RegionText =
        Pattern("^(?<name>[^ ]+) (?<address>0x[0-9a-f]+) (?<permission>read|write|read-write)( (?<bytes>.+))?$");

    private static readonly Regex Part = Pattern(
        """(hex (?<hex>[0-9a-f]{2}( [0-9a-f]{2})*)|"(?<text>([^"\\]|\\[0n"\\]|\\x[0-9a-f]{2})*)"|(?<count>[0-9]{1,6}) bytes """
        + """(of (?<first>[0-9]{1,3})|from (?<first>[0-9]{1,3}) by (?<step>-?[0-9]{1,3})))(, |$)""");

    private static readonly Regex Character = Pattern(@"\\x..|\\.|.");

    private static readonly Regex Repetition = Pattern(@"^\.rept (?<times>[0-9]{1,5})$");

    private readonly string file;
    private readonly string[] columns = [];
    private readonly List<Row> rows = [];
    private readonly List<Line> header = [];
    private readonly List<Line> body = [];

    private ProgramFile(string file, string text)
    {
        this.file = file;
        var lines = text.Split('\n').Select((line, index) => new Line(index + 1, "", line.TrimEnd())).ToList();
        var length = lines.FindIndex(line => !line.Text.StartsWith('#'));
        foreach (var line in lines[..(length < 0 ? lines.Count : length)])
        {
            if (columns.Length > 0)
            {
                rows.Add(new(line.Number, Cells(line.Text[1..])));
                if (rows[^1].Values.Length != columns.Length || rows[^1].Values.Contains(""))
                {
                    throw Wrong(
                        line.Number,
                        $"a row of {rows[^1].Values.Length}",
                        $"a value for each of {string.Join(", ", columns)}, with | between");
                }
            }
            else if (Entry.Match(line.Text) is { Success: true } entry)
            {
                if (entry.Groups["key"].Value is "Each") columns = Cells(entry.Groups["value"].Value);
                else header.Add(new(line.Number, entry.Groups["key"].Value, entry.Groups["value"].Value));
            }
            else
            {
                throw Wrong(line.Number, $"\"{line.Text}\"", $"\"# Key: value\", where the key is {Keys}");
            }
        }

        if (columns.Length > 0 && rows.Count == 0) throw Wrong(header.Count + 1, "a table without rows", "a row below the columns");
        body = Repeated(lines[(length < 0 ? lines.Count : length)..]);
        foreach (var column in columns)
        {
            if (!header.Concat(body).Any(line => line.Text.Contains($"{{{column}}}", StringComparison.Ordinal)))
            {
                throw Wrong(
                    header.Count + 1,
                    $"the column {column}, which nothing refers to",
                    $"{{{column}}} in the header or the program");
            }
        }
    }

    /// <summary>The programs of a file.</summary>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InvalidOperationException">
    /// It is not of the format, or no program; the message says where, and what would be right.
    /// </exception>
    public static Sequence<Scenario> Read(string file, string text)
    {
        var read = new ProgramFile(file, text);
        return [.. (read.columns.Length == 0 ? [new Row(0, [])] : read.rows).Select(read.Scenario)];
    }

    private Scenario Scenario(Row row)
    {
        var stated = header.ConvertAll(line => Filled(line, row));
        var helpers = Stated("Helpers") is { } list
            ? list.Text.Split(", ").Select(id => Number(list with { Text = id }, uint.MaxValue)).ToList()
            : [];
        return new(Required("Rule"), Required("Purpose"), Instructions(body.ConvertAll(line => Filled(line, row))))
        {
            Memory = [.. stated.Where(line => line.Key is "Memory").SelectMany(line => Bytes(line, line.Text))],
            Setting = new()
            {
                Regions = [.. stated.Where(line => line.Key is "Region").Select(Region)],
                Helpers = [.. helpers.Select(id => (uint)id)],
                Branches = Stated("Branches") is { } branches ? Number(branches, ulong.MaxValue) : null,
                Instructions = Stated("Instructions") is { } instructions ? Number(instructions, ulong.MaxValue) : null,
            },
        };

        string Required(string key) => Stated(key)?.Text ?? throw Wrong(1, $"no {key}", $"\"# {key}: …\" in the header");

        Line? Stated(string key)
        {
            var all = stated.Where(line => line.Key == key).ToList();
            return all.Count > 1 ? throw Wrong(all[1].Number, $"{key} a second time", "it once") : all.FirstOrDefault();
        }
    }

    private Line Filled(Line line, Row row)
    {
        var text = line.Text;
        foreach (var (column, value) in columns.Zip(row.Values)) text = text.Replace($"{{{column}}}", value, StringComparison.Ordinal);
        if (Reference.Match(line.Text) is { Success: true } reference && !columns.Contains(reference.Groups["name"].Value))
        {
            throw Wrong(
                line.Number, reference.Value,
                columns.Length == 0 ? "no braces, as there is no table" : $"one of {string.Join(", ", columns)}");
        }

        return line with { Text = text };
    }

    private MemoryRegion Region(Line line)
    {
        if (RegionText.Match(line.Text) is not { Success: true } region)
            throw Wrong(line.Number, $"\"{line.Text}\"", "a name, 0x with an address, read, write or read-write, and bytes");
        var permission = region.Groups["permission"].Value switch
        {
            "read" => Permission.Read,
            "write" => Permission.Write,
            _ => Permission.ReadWrite,
        };
        var bytes = region.Groups["bytes"];
        return new(
            region.Groups["name"].Value,
            Number(line with { Text = region.Groups["address"].Value }, ulong.MaxValue),
            permission,
            bytes.Success ? Bytes(line, bytes.Value) : []);
    }

    private Sequence<byte> Bytes(Line line, string text)
    {
        List<byte> bytes = [];
        for (var at = 0; at < text.Length;)
        {
            var part = Part.Match(text, at);
            if (!part.Success || part.Index != at)
            {
                throw Wrong(
                    line.Number,
                    $"\"{text[at..]}\"",
                    "hex and bytes of two digits, a text in quotes, \"N bytes of B\", or \"N bytes from B by STEP\", with commas between");
            }

            if (part.Groups["hex"].Success)
                bytes.AddRange(Convert.FromHexString(part.Groups["hex"].Value.Replace(" ", "", StringComparison.Ordinal)));
            else if (part.Groups["text"].Success) bytes.AddRange(Unescaped(part.Groups["text"].Value));
            else bytes.AddRange(Series(Of("count"), Of("first"), part.Groups["step"].Success ? Of("step") : 0));
            at += part.Length;

            int Of(string group) => int.Parse(part.Groups[group].Value, CultureInfo.InvariantCulture);
        }

        return bytes.ToSequence();
    }

    private static IEnumerable<byte> Series(int count, int first, int step) =>
        Enumerable.Range(0, count).Select(index => unchecked((byte)(first + (index * step))));

    private static IEnumerable<byte> Unescaped(string text) => Character.Matches(text).Select(match => match.Value switch
    {
        "\\0" => (byte)0,
        "\\n" => (byte)'\n',
        ['\\', 'x', .. var digits] => byte.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        ['\\', var character] => (byte)character,
        var character => (byte)character[0],
    });

    private ulong Number(Line line, ulong most)
    {
        var isHexadecimal = line.Text.StartsWith("0x", StringComparison.Ordinal);
        var isNumber = isHexadecimal
            ? ulong.TryParse(line.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : ulong.TryParse(line.Text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return isNumber && number <= most ? number : throw Wrong(line.Number, $"\"{line.Text}\"", $"a number up to {most}");
    }

    private Sequence<Instruction> Instructions(List<Line> lines)
    {
        var text = string.Join('\n', lines.Select(line => line.Text));
        if (Assembler.Parse(text, Syntax.Conformance) is not Assembled.Success(var program, _, var lineOf))
        {
            var error = ((Assembled.Failure)Assembler.Parse(text, Syntax.Conformance)).Errors[0];
            throw Wrong(lines[error.Line - 1].Number, error.Found, error.Expected);
        }

        List<Instruction> instructions = [];
        for (var slot = 0; slot < program.Length; slot += instructions[^1].Form.Layout.Slots)
        {
            if (Preflight.Decode(program, slot) is not Decoded.Valid(var instruction))
                throw Wrong(lines[lineOf[slot] - 1].Number, "no valid instruction", "one that has an encoding");
            instructions.Add(instruction);
        }

        return instructions.ToSequence();
    }

    private List<Line> Repeated(List<Line> lines)
    {
        List<Line> all = [];
        for (var at = 0; at < lines.Count; at++)
        {
            if (Repetition.Match(lines[at].Text) is not { Success: true } start)
            {
                all.Add(lines[at]);
                continue;
            }

            var end = lines.FindIndex(at, line => line.Text is ".endr");
            if (end < 0) throw Wrong(lines[at].Number, ".rept without an end", ".endr below it");
            var times = int.Parse(start.Groups["times"].Value, CultureInfo.InvariantCulture);
            all.AddRange(Enumerable.Repeat(lines[(at + 1)..end], times).SelectMany(block => block));
            at = end;
        }

        return all;
    }

    private static string[] Cells(string row) => [.. row.Split(" | ").Select(cell => cell.Trim())];

    private InvalidOperationException Wrong(int line, string found, string expected) =>
        new($"{file}, line {line}: found {found}; expected {expected}");

    // No text can make one slow.
    private static Regex Pattern([StringSyntax(StringSyntaxAttribute.Regex)] string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private sealed record Line(int Number, string Key, string Text);

    private sealed record Row(int Number, string[] Values);
}
