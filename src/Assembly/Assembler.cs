using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Assembly;

/// <summary>Programs from assembly text.</summary>
/// <remarks>
/// A line holds labels (<c>name:</c>), then an instruction or <c>.slot</c> with the 64-bit little-endian number of any
/// slot; <c>#</c> starts a comment. Numbers are decimal or hexadecimal; one of 32 bits may be signed or unsigned. As in
/// bpf_conformance, the label <c>exit</c> is the first EXIT instruction where the text defines no other.
/// </remarks>
public static class Assembler
{
    /// <summary>Reads a text; never throws because of it.</summary>
    /// <param name="text">The lines, ended by line feeds.</param>
    /// <param name="syntax">The syntax; without one, each line may be in either.</param>
    public static Assembled Parse(string text, Syntax? syntax = null)
    {
        var grammar = Grammar.Of(syntax);
        Sequence<Line> lines = [.. from line in text.Split('\n') select LineParser.Parse(line, grammar)];
        var labels = new LabelTable(lines);
        var errors = new List<AssemblyError>(labels.Duplicates);
        var slots = new List<Slot>();
        var sources = new List<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            var encoded = Encode(lines[i].Statement, new(i + 1, slots.Count, labels));
            slots.AddRange(encoded.Slots);
            sources.AddRange(Enumerable.Repeat(i + 1, encoded.Slots.Count));
            errors.AddRange(encoded.Errors);
        }

        return errors.Count > 0
            ? new Assembled.Failure([.. from error in errors orderby error.Line, error.Column select error])
            : new Assembled.Success(new(slots.ToSequence()), labels.Symbols, sources.ToSequence());
    }

    private static Encoded Encode(Statement statement, Place place) => statement switch
    {
        Statement.Empty => new([], []),
        Statement.Parsed parsed => Encode(parsed, place),
        Statement.Wrong(var column, var found, var expected) =>
            place.Wrong(AssemblyErrorKind.Syntax, column, found, expected),
    };

    private static Encoded Encode(Statement.Parsed parsed, Place place) => parsed.Meaning switch
    {
        Meaning.Encodes(var form) => parsed.Target is { } label
            ? Resolve(form, parsed.Values, label, place)
            : Encoded.Of(form, parsed.Values),
        Meaning.IsSlot => new([new(parsed.Values.Wide)], []),
        Meaning.Unsupported(var found, var expected) =>
            place.Wrong(AssemblyErrorKind.UnsupportedInstruction, parsed.Start.Column, found, expected),
    };

    private static Encoded Resolve(Form form, FieldValues values, Token label, Place place)
    {
        if (place.Labels.Find(label.Text) is not { } target)
        {
            return place.Wrong(
                AssemblyErrorKind.UndefinedLabel,
                label.Column,
                $"{label.Found}, which no line defines",
                "a defined label");
        }

        var field = form.Displacement[0];
        var distance = target - (place.Slot + form.Layout.Slots);
        var farthest = (long)(field.Width().Mask() >> 1);
        return distance <= farthest && distance >= -farthest - 1
            ? Encoded.Of(form, values.With(field, distance))
            : place.Wrong(
                AssemblyErrorKind.DistanceOutOfRange,
                label.Column,
                $"{label.Found} at a distance of {PartPrinter.Distance(distance)} slots",
                $"a distance from {-farthest - 1} to +{farthest}");
    }

    /// <summary>What one line comes to; a line that is wrong counts as one slot.</summary>
    private sealed record Encoded(Sequence<Slot> Slots, Sequence<AssemblyError> Errors)
    {
        public static Encoded Of(Form form, FieldValues values) =>
            new(Encoder.Encode(values.ToInstruction(form)), []);
    }

    /// <summary>Where a line stands in the text, counted from 1, and in the program.</summary>
    private sealed record Place(int Line, int Slot, LabelTable Labels)
    {
        public Encoded Wrong(AssemblyErrorKind kind, int column, string found, string expected) =>
            new([default], [new(kind, Line, column, found, expected)]);
    }
}
