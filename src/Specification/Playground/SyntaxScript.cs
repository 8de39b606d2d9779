using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Assembly.Patterns;
using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using Notation = RbpfSpec.Assembly.Patterns.Notation;

namespace RbpfSpec.Specification.Playground;

/// <summary>How each encoding is written, in the two syntaxes that are printed, as data for the playground's assembler.</summary>
/// <remarks>A pattern is a text in which braces stand for the parts that vary: a letter for the sort, and what it needs.</remarks>
internal static class SyntaxScript
{
    /// <summary>The text of an object.</summary>
    public static string Of() => $$"""
        {
        operators: {{Data.Json(Tokenizer.Operators)}},
        callees: {{Data.Json(Callees)}},
        outside: {{Data.Json(OutsideRfc.All.Select(each => new[] { each.Word, each.Name, each.ToString(), each.Instead }))}},
        conformance: {{Patterns(Syntax.Conformance)}},
        llvm: {{Patterns(Syntax.Llvm)}},
        }
        """;

    private static IEnumerable<string> Callees => OperationTable.All.OfType<CallOperation>()
        .Select(operation => operation.Callee)
        .Where(callee => callee.Length > 0);

    private static string Patterns(Syntax syntax)
    {
        var lines = OperationTable.Forms.Select(form =>
            $"\"{form.Id}\": {Data.Json(Grammar.Patterns(form, syntax).Select(Text))}");
        return $"{{\n{string.Join(",\n", lines)}\n}}";
    }

    private static string Text(Pattern pattern) => string.Concat(pattern.Parts.Select(part => part switch
    {
        Part.Fixed(var text) => text,
        Part.Name(var field, var prefix) => $"{{r|{Data.NameOf(field)}|{prefix}}}",
        Part.Number(var field) => $"{{n|{Data.NameOf(field)}}}",
        Part.WideNumber(var notation, var hasHighHalf, _) => $"{{w|{Letter(notation)}|{(hasHighHalf ? 64 : 32)}}}",
        Part.Addend(var field, var plus, var minus, var zero) => $"{{a|{Data.NameOf(field)}|{plus}|{minus}|{zero}}}",
        Part.Distance(var field, _) => string.Create(CultureInfo.InvariantCulture, $"{{d|{Data.NameOf(field)}|{field.Width().Bits}}}"),
        Part.Callee(var field) => $"{{c|{Data.NameOf(field)}}}",
    }));

    private static string Letter(Notation notation) => notation switch
    {
        Notation.Hexadecimal => "x",
        Notation.Signed => "d",
        Notation.Unsigned => "u",
    };
}
