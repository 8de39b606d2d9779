using RbpfSpec.Conformance.SourceMutants.Lexing;

namespace RbpfSpec.Conformance.SourceMutants.Operators;

/// <summary>Statements left out: those of one expression, and jumps. Of declarations nothing is left out.</summary>
internal static class StatementMutator
{
    /// <summary>The changes of the statement that begins at a token, if one does.</summary>
    public static IEnumerable<Edit> At(CSource source, int index)
    {
        var token = source.Tokens[index];
        if (source.Braces(index) == 0 || source.Parentheses(index) != 0 || !IsStart(source, index) || !CanBegin(source, index)) yield break;
        var end = index;
        while (end < source.Tokens.Count && !source.Tokens[end].Is(";"))
        {
            if (source.Tokens[end].Is("}")) yield break;
            end =
                source.Tokens[end].Kind is CTokenKind.Sign && source.Tokens[end].Text is "(" or "[" or "{"
                    ? source.Partner(end) + 1
                    : end + 1;
            if (end == 0) yield break;
        }

        if (end < source.Tokens.Count && end > index) yield return new("statement", token.Start, source.Tokens[end].Start, "");
    }

    private static bool IsStart(CSource source, int index)
    {
        if (index == 0) return false;
        var before = source.Tokens[index - 1];
        if (before.Kind is CTokenKind.Word) return before.Text is "else" or "do";
        if (before.Kind is not CTokenKind.Sign) return false;
        if (before.Text is ";" or "{" or "}" || source.IsLabelColon(index - 1)) return true;
        return before.Text == ")"
            && source.Partner(index - 1) is > 0 and var open
            && source.Tokens[open - 1].Text is "if" or "for" or "while" or "switch";
    }

    private static bool CanBegin(CSource source, int index)
    {
        var token = source.Tokens[index];
        if (token.Kind is CTokenKind.Sign) return token.Text is "*" or "(" or "++" or "--";
        if (token.Kind is not CTokenKind.Word || CSource.IsType(token)) return false;
        if (CSource.IsKeyword(token)) return token.Text is "break" or "continue" or "return" or "goto";
        return index + 1 < source.Tokens.Count && !source.IsLabelColon(index + 1) && source.Tokens[index + 1].Kind is not CTokenKind.Word;
    }
}
