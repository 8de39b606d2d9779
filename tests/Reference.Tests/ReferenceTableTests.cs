using System.Globalization;

namespace RbpfSpec.Reference.Tests;

/// <summary>The transcription of RFC 9669's registry agrees with itself and with the RFC's encoding rules.</summary>
/// <remarks>Nothing here knows the specification's own tables: the transcription is there to check them.</remarks>
public sealed class ReferenceTableTests
{
    private static readonly string[] Columns =
    [
        "opcode", "class", "code_or_mode", "source_or_size", "src_reg", "offset", "imm",
        "name", "description", "group", "clause",
    ];

    // RFC 9669 §3.3.
    private static readonly string[] Classes = ["LD", "LDX", "ST", "STX", "ALU", "JMP", "JMP32", "ALU64"];

    // RFC 9669 §4.1, §4.3 and §5; the index is the value.
    private static readonly string[] ArithmeticCodes =
        ["ADD", "SUB", "MUL", "DIV", "OR", "AND", "LSH", "RSH", "NEG", "MOD", "XOR", "MOV", "ARSH", "END"];

    private static readonly string[] JumpCodes =
        ["JA", "JEQ", "JGT", "JGE", "JSET", "JNE", "JSGT", "JSGE", "CALL", "EXIT", "JLT", "JLE", "JSLT", "JSLE"];

    private static readonly string[] Modes = ["IMM", "ABS", "IND", "MEM", "MEMSX", "", "ATOMIC"];

    private static readonly string[] Sizes = ["W", "H", "B", "DW"];

    private static readonly string[] DivisionAndMultiplication = ["MUL", "DIV", "SDIV", "MOD", "SMOD"];

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "spec/reference/rfc9669-opcodes.tsv"));

    private static readonly Row[] Rows = [.. Lines.Skip(1).Select(line => new Row(line))];

    [Fact]
    public void Every_line_has_every_column()
    {
        Lines[0].Split('\t').ShouldBe(Columns);
        Lines.Where(line => line.Split('\t') is not { Length: 11 } cells || cells.Any(string.IsNullOrWhiteSpace))
            .ShouldBeEmpty();
    }

    [Fact]
    public void There_are_170_encodings_of_125_opcode_bytes()
    {
        Rows.Length.ShouldBe(170);
        Rows.Select(row => row.Opcode).Distinct().Count().ShouldBe(125);
        Rows.Select(row => row.Opcode).ShouldBeInOrder();
    }

    [Fact]
    public void No_instruction_fits_two_rows() =>
        (from one in Rows
         from other in Rows
         where !ReferenceEquals(one, other) && one.Overlaps(other)
         select $"{one} and {other}").ShouldBeEmpty();

    [Theory]
    [InlineData("base32", 67)]
    [InlineData("base64", 57)]
    [InlineData("divmul32", 10)]
    [InlineData("divmul64", 10)]
    [InlineData("atomic32", 10)]
    [InlineData("atomic64", 10)]
    [InlineData("packet", 6)]
    public void Each_group_has_its_encodings(string group, int count) =>
        Rows.Count(row => row.Group == group).ShouldBe(count);

    [Fact]
    public void The_opcode_byte_is_made_of_class_code_and_source_or_mode_and_size() =>
        Rows.Where(row => row.Opcode != Compose(row)).ShouldBeEmpty();

    [Fact]
    public void The_name_is_that_of_the_code_or_mode() => Rows.Where(row => !IsNamedRight(row)).ShouldBeEmpty();

    [Fact]
    public void Fields_that_an_encoding_does_not_use_are_zero() =>
        Rows.Where(row => !HasRightFields(row)).ShouldBeEmpty();

    // The exception is in spec/reference/README.md.
    [Fact]
    public void Groups_follow_from_the_text_of_the_RFC_but_for_EXIT() =>
        Rows.Where(row => row.Group != GroupByText(row)).ShouldHaveSingleItem().Name.ShouldBe("EXIT");

    [Fact]
    public void The_clause_is_the_section_that_defines_the_encoding() =>
        Rows.Where(row => row.Clause != Section(row)).ShouldBeEmpty();

    private static int Compose(Row row) => Array.IndexOf(Classes, row.Class) | (row.IsLoadOrStore
        ? (row.CodeOrMode << 5) | (Array.IndexOf(Sizes, row.SourceOrSize) << 3)
        : (row.CodeOrMode << 4) | (row.SourceOrSize is "X" or "TO_BE" ? 8 : 0));

    private static bool IsNamedRight(Row row) => row.Class switch
    {
        "ALU" or "ALU64" => ArithmeticCodes[row.CodeOrMode] == (row.Name, row.Offset) switch
        {
            ("SDIV", "1") => "DIV",
            ("SMOD", "1") => "MOD",
            ("MOVSX", "8" or "16") => "MOV",
            ("MOVSX", "32") when row.Class is "ALU64" => "MOV",
            (var name, "0") => name,
            _ => "none",
        },
        "JMP" or "JMP32" => JumpCodes[row.CodeOrMode] == row.Name,
        _ when Modes[row.CodeOrMode] is "ATOMIC" => row.Immediate == row.Name switch
        {
            "ADD" => "0x00",
            "ADD | FETCH" => "0x01",
            "OR" => "0x40",
            "OR | FETCH" => "0x41",
            "AND" => "0x50",
            "AND | FETCH" => "0x51",
            "XOR" => "0xa0",
            "XOR | FETCH" => "0xa1",
            "XCHG" => "0xe1",
            "CMPXCHG" => "0xf1",
            _ => "none",
        },
        _ => Modes[row.CodeOrMode] == row.Name,
    };

    private static bool HasRightFields(Row row) => (row.Source, row.Offset, row.Immediate) == row.Name switch
    {
        "NEG" or "EXIT" => ("0x0", "0", "0x00"),
        "END" => ("0x0", "0", row.Immediate is "0x10" or "0x20" or "0x40" ? row.Immediate : "a width"),
        "JA" => row.Class is "JMP" ? ("0x0", "any", "0x00") : ("0x0", "0", "any"),
        "CALL" => (row.Source is "0x0" or "0x1" or "0x2" ? row.Source : "a kind", "0", "any"),
        "IMM" => (row.Source is not "any" ? row.Source : "a subtype", "0", "any"),
        "ABS" => ("0x0", "0", "any"),
        "IND" => ("any", "0", "any"),
        "MEMSX" => ("any", "any", "0x00"),
        "MEM" => row.Class is "ST" ? ("0x0", "any", "any") : ("any", "any", "0x00"),
        _ when row.IsLoadOrStore => ("any", "any", row.Immediate),
        _ => (row.SourceOrSize is "X" ? "any" : "0x0",
            row.Class is "JMP" or "JMP32" ? "any" : row.Offset,
            row.SourceOrSize is "X" ? "0x00" : "any"),
    };

    private static string GroupByText(Row row) => row switch
    {
        { Name: "ABS" or "IND" } => "packet",
        { Class: "STX", CodeOrMode: 6, SourceOrSize: "W" } => "atomic32",
        { Class: "STX", CodeOrMode: 6 } => "atomic64",
        { Class: "ALU" } when DivisionAndMultiplication.Contains(row.Name) => "divmul32",
        { Class: "ALU64" } when DivisionAndMultiplication.Contains(row.Name) => "divmul64",
        { Name: "END", Immediate: "0x40" } => "base64",
        { Name: "END" or "CALL" or "JA" } => "base32",
        { Class: "ALU64" or "JMP" } or { SourceOrSize: "DW" } => "base64",
        _ => "base32",
    };

    private static string Section(Row row) => row switch
    {
        { Name: "END" } => "4.2",
        { Name: "CALL", Source: "0x1" } => "4.3.2",
        { Name: "CALL" } => "4.3.1",
        { Class: "ALU" or "ALU64" } => "4.1",
        { Class: "JMP" or "JMP32" } => "4.3",
        { Name: "MEM" } => "5.1",
        { Name: "MEMSX" } => "5.2",
        { Name: "IMM" } => "5.4",
        { Name: "ABS" or "IND" } => "5.5",
        _ => "5.3",
    };

    private sealed class Row(string line)
    {
        private readonly string[] cells = line.Split('\t');

        public int Opcode => Hexadecimal(cells[0]);

        public string Class => cells[1];

        public int CodeOrMode => Hexadecimal(cells[2]);

        public string SourceOrSize => cells[3];

        public string Source => cells[4];

        public string Offset => cells[5];

        public string Immediate => cells[6];

        public string Name => cells[7];

        public string Group => cells[9];

        public string Clause => cells[10];

        public bool IsLoadOrStore => Class is "LD" or "LDX" or "ST" or "STX";

        public bool Overlaps(Row other) =>
            Opcode == other.Opcode
            && Meet(Source, other.Source)
            && Meet(Offset, other.Offset)
            && Meet(Immediate, other.Immediate);

        public override string ToString() => string.Join(' ', cells);

        private static bool Meet(string one, string other) => one == other || one == "any" || other == "any";

        private static int Hexadecimal(string cell) =>
            int.Parse(cell.AsSpan("0x".Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
