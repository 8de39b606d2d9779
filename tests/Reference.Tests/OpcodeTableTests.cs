using System.Globalization;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Reference.Tests;

/// <summary>The encodings that derive from the operations are those that were transcribed from RFC 9669 by hand.</summary>
public sealed class OpcodeTableTests
{
    /// <summary>Encodings in which the two differ, each with the reason. There are none.</summary>
    private static readonly IReadOnlyDictionary<string, string> Differences = new Dictionary<string, string>();

    private static readonly IReadOnlyList<Row> Transcribed =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "spec/reference/rfc9669-opcodes.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => new Row(
                Number(cells[0]), cells[1], Selector(cells[4]), Selector(cells[5]), Selector(cells[6]), cells[9], cells[10])),
    ];

    private static readonly IReadOnlyList<Row> Derived = [.. OperationTable.Forms.Select(RowOf)];

    [Fact]
    public void Every_transcribed_encoding_is_derived() =>
        Transcribed.Except(Derived).Select(row => row.ToString()).Except(Differences.Keys).ShouldBeEmpty();

    [Fact]
    public void Every_derived_encoding_is_transcribed() =>
        Derived.Except(Transcribed).Select(row => row.ToString()).Except(Differences.Keys).ShouldBeEmpty();

    [Fact]
    public void There_are_as_many_of_both() => Derived.Count.ShouldBe(Transcribed.Count);

    [Fact]
    public void Every_listed_difference_is_one() =>
        Differences.Keys.ShouldBeSubsetOf(Transcribed.Concat(Derived).Select(row => row.ToString()));

    private static Row RowOf(Form form) => new(
        form.Opcode,
        form.Class.ToString().ToUpperInvariant(),
        Selector(form, Field.Source),
        Selector(form, Field.Offset),
        Selector(form, Field.Immediate),
        form.Group.Name(),
        form.Operation.Source.Document == "RFC 9669" ? form.Operation.Source.Section : form.Operation.Source.ToString());

    // In the transcription an unused field has the one value 0, as a field that selects has its own.
    private static ulong? Selector(Form form, Field field) => form.Layout[field] switch
    {
        FieldUse.Selects(var value) => value,
        FieldUse.Reserved => 0,
        FieldUse.NamesRegister => null,
        FieldUse.HoldsValue => null,
    };

    private static ulong? Selector(string cell) => cell == "any" ? null : Number(cell);

    private static ulong Number(string cell) => cell.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.Parse(cell.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : ulong.Parse(cell, CultureInfo.InvariantCulture);

    private sealed record Row(
        ulong Opcode, string Class, ulong? Source, ulong? Offset, ulong? Immediate, string Group, string Clause)
    {
        public override string ToString() =>
            $"0x{Opcode:x2} {Class} {Text(Source)} {Text(Offset)} {Text(Immediate)} {Group} {Clause}";

        private static string Text(ulong? selector) =>
            selector is { } value ? value.ToString(CultureInfo.InvariantCulture) : "any";
    }
}
