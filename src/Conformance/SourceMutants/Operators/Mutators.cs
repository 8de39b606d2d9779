using RbpfSpec.Conformance.SourceMutants.Lexing;

namespace RbpfSpec.Conformance.SourceMutants.Operators;

/// <summary>The operators of mutation.</summary>
public static class Mutators
{
    /// <summary>The names of the operators, in the order in which they are tried.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["operator", "constant", "cast", "type", "field", "statement", "condition", "operand"];

    /// <summary>Every mutant of a file, in the order of its text; no two have the same text, and none has that of the file.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="text">Its text.</param>
    public static IReadOnlyList<SourceMutant> Of(string file, string text)
    {
        var source = new CSource(text);
        HashSet<string> seen = [text];
        return
        [
            .. Enumerable.Range(0, source.Tokens.Count)
                .SelectMany(index => OperatorMutator.At(source, index)
                    .Concat(ConstantMutator.At(source, index))
                    .Concat(TypeMutator.At(source, index))
                    .Concat(FieldMutator.At(source, index))
                    .Concat(StatementMutator.At(source, index))
                    .Concat(ConditionMutator.At(source, index)))
                .Select(edit => edit.Of(file, text))
                .Where(mutant => seen.Add(mutant.Text)),
        ];
    }
}
