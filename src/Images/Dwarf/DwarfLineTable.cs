using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Dwarf;

/// <summary>The line table of DWARF, <c>.debug_line</c> of an object: programs that yield lines as they run.</summary>
/// <remarks>
/// DWARF 5 §6.2, and versions 2 to 4, in their form of 32 bits, little-endian. Objects are not linked: an address is
/// a place of a section, as the relocation at it tells. Time is linear in the length of the table; there are at most
/// <see cref="MostLines"/> lines.
/// </remarks>
internal sealed class DwarfLineTable
{
    /// <summary>The most lines that a table may have.</summary>
    public const int MostLines = 1_000_000;

    private const int LengthSize = 4;
    private const uint LongForm = 0xffff_fff0;

    private readonly byte[] table;
    private readonly DwarfNames names;
    private readonly Func<ulong, (int Section, ulong Offset)?> placeAt;
    private readonly List<DwarfLine> lines = [];

    private DwarfLineTable(byte[] table, DwarfNames names, Func<ulong, (int Section, ulong Offset)?> placeAt) =>
        (this.table, this.names, this.placeAt) = (table, names, placeAt);

    /// <summary>Reads a table.</summary>
    /// <param name="table">The bytes of <c>.debug_line</c>.</param>
    /// <param name="lineStrings">The bytes of <c>.debug_line_str</c>.</param>
    /// <param name="strings">The bytes of <c>.debug_str</c>.</param>
    /// <param name="placeAt">The place that the address at an offset of the table means; null if it means none.</param>
    /// <param name="lines">The lines, in ascending order of section and offset.</param>
    /// <param name="problem">Why there are none, one sentence without the end.</param>
    public static bool TryRead(
        byte[] table,
        byte[] lineStrings,
        byte[] strings,
        Func<ulong, (int Section, ulong Offset)?> placeAt,
        [NotNullWhen(true)] out DwarfLine[]? lines,
        [NotNullWhen(false)] out string? problem)
    {
        lines = null;
        var reader = new DwarfLineTable(table, new(new(table), new(lineStrings), new(strings)), placeAt);
        problem = reader.Read();
        if (problem is not null)
        {
            problem = $".debug_line {problem}";
            return false;
        }

        // Where one stretch ends and another begins, what begins holds.
        lines =
        [
            .. reader.lines
                .OrderBy(static line => line.Section).ThenBy(static line => line.Offset).ThenBy(static line => line.IsEnd ? 0 : 1),
        ];
        return true;
    }

    private string? Read()
    {
        for (var start = 0; start < table.Length;)
        {
            var cursor = new DwarfCursor(table.AsSpan(start));
            var length = cursor.Word();
            if (cursor.HasFailed) return "ends within the length of a unit";
            if (length >= LongForm) return "has a unit of 64-bit DWARF; expected 32-bit DWARF";
            if (length > (uint)(table.Length - start - LengthSize))
                return $"has a unit of {length} bytes, but {table.Length - start - LengthSize} are left";
            if (ReadUnit(start + LengthSize, (int)length) is { } problem) return problem;
            start += LengthSize + (int)length;
        }

        return null;
    }

    private string? ReadUnit(int start, int length)
    {
        var cursor = new DwarfCursor(table.AsSpan(start, length));
        var version = cursor.Half();
        if (version is < 2 or > 5) return $"has a unit of version {version}; expected 2 to 5";
        if (version >= 5) cursor.Take(2);
        var rest = cursor.Word();
        var body = cursor.Position + (long)rest;
        if (cursor.HasFailed || body > length) return "has a header that is longer than its unit";
        var step = cursor.Byte();
        if (version >= 4) cursor.Byte();
        cursor.Byte();
        var (lineBase, lineRange, opcodeBase) = ((sbyte)cursor.Byte(), cursor.Byte(), cursor.Byte());
        if (lineRange == 0 || opcodeBase == 0) return "has a header without a range of lines, or without opcodes";
        var operands = cursor.Take((ulong)opcodeBase - 1).ToArray();
        if (DwarfFiles.Read(ref cursor, version, names, start, out var problem) is not { } files) return problem;
        return Run(start + (int)body, start + length, new(step, lineBase, lineRange, opcodeBase, operands, files));
    }

    private string? Run(int start, int end, DwarfUnit unit)
    {
        var cursor = new DwarfCursor(table.AsSpan(start, end - start));
        var row = DwarfRow.First;
        while (!cursor.IsAtEnd && !cursor.HasFailed)
        {
            var opcode = cursor.Byte();
            if (opcode >= unit.OpcodeBase)
            {
                var adjusted = opcode - unit.OpcodeBase;
                row = row.Moved((ulong)(adjusted / unit.LineRange) * unit.Step) with
                {
                    Line = unchecked(row.Line + unit.LineBase + (adjusted % unit.LineRange)),
                };
                Add(row, unit, isEnd: false);
            }
            else if (opcode == 0)
            {
                row = Extended(ref cursor, start, row, unit);
            }
            else
            {
                row = Standard(ref cursor, opcode, row, unit);
            }

            if (lines.Count > MostLines) return $"has more than {MostLines} lines";
        }

        return cursor.HasFailed ? "ends within an instruction" : null;
    }

    private DwarfRow Extended(ref DwarfCursor cursor, int start, DwarfRow row, DwarfUnit unit)
    {
        var length = cursor.Unsigned();
        var place = (ulong)(start + cursor.Position) + 1;
        var content = cursor.Take(length);
        switch (content)
        {
            case [1, ..]:
                Add(row, unit, isEnd: true);
                return DwarfRow.First;
            case [2, ..]:
                return row with { Place = placeAt(place) };
            default:
                return row;
        }
    }

    private DwarfRow Standard(ref DwarfCursor cursor, byte opcode, DwarfRow row, DwarfUnit unit)
    {
        switch (opcode)
        {
            case 1:
                Add(row, unit, isEnd: false);
                return row;
            case 2:
                return row.Moved(unchecked(cursor.Unsigned() * unit.Step));
            case 3:
                return row with { Line = unchecked(row.Line + cursor.Signed()) };
            case 4:
                return row with { File = cursor.Unsigned() };
            case 5:
                return row with { Column = cursor.Unsigned() };
            case 8:
                return row.Moved((ulong)((255 - unit.OpcodeBase) / unit.LineRange) * unit.Step);
            case 9:
                return row.Moved(cursor.Half());
            default:
                for (var i = 0; i < unit.Operands[opcode - 1]; i++) cursor.Unsigned();
                return row;
        }
    }

    private void Add(DwarfRow row, DwarfUnit unit, bool isEnd)
    {
        if (row.Place is not var (section, offset)) return;

        // Line 0 is that of instructions which the compiler made up.
        var source = !isEnd && row.Line is > 0 and <= int.MaxValue && unit.Files.PathOf(row.File) is { } path
            ? new SourceLine(path, (int)row.Line, (int)Math.Min(row.Column, int.MaxValue), "") : null;
        lines.Add(new(section, offset, isEnd, source));
    }

    private sealed record DwarfUnit(byte Step, sbyte LineBase, byte LineRange, byte OpcodeBase, byte[] Operands, DwarfFiles Files);

    private readonly record struct DwarfRow((int Section, ulong Offset)? Place, ulong File, long Line, ulong Column)
    {
        public static DwarfRow First { get; } = new(null, 1, 1, 0);

        public DwarfRow Moved(ulong bytes) =>
            Place is var (section, offset) ? this with { Place = (section, unchecked(offset + bytes)) } : this;
    }
}
