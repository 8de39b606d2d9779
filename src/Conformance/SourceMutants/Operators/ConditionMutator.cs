using RbpfSpec.Conformance.SourceMutants.Lexing;

namespace RbpfSpec.Conformance.SourceMutants.Operators;

/// <summary>Conditions negated, always true, always false; and one side of <c>&amp;&amp;</c> or <c>||</c> left out.</summary>
internal static class ConditionMutator
{
    /// <summary>The changes of what begins at a token.</summary>
    public static IEnumerable<Edit> At(CSource source, int index)
    {
        var token = source.Tokens[index];
        if (token.Kind is CTokenKind.Word
            && token.Text is "if" or "while"
            && index + 1 < source.Tokens.Count
            && source.Partner(index + 1) > index + 2)
        {
            return Whole(source, index + 2, source.Partner(index + 1) - 1, isLoop: token.Text == "while");
        }

        if (token.IsWord("for")) return OfFor(source, index);
        if (token.Is("?")) return Whole(source, First(source, index, isOfAnd: false, isOfQuestion: true), index - 1, isLoop: false);
        return token.Is("&&") || token.Is("||") ? Operands(source, index) : [];
    }

    // A loop without end is no mutant that says anything.
    private static IEnumerable<Edit> Whole(CSource source, int first, int last, bool isLoop)
    {
        if (first > last) yield break;
        var (start, end) = (source.Tokens[first].Start, source.Tokens[last].End);
        yield return new("condition", start, end, $"!({source.Between(first, last)})");
        yield return new("condition", start, end, "0");
        if (!isLoop) yield return new("condition", start, end, "1");
    }

    private static IEnumerable<Edit> OfFor(CSource source, int index)
    {
        if (index + 1 == source.Tokens.Count || !source.Tokens[index + 1].Is("(") || source.Partner(index + 1) < 0) return [];
        var signs = Enumerable.Range(index + 2, source.Partner(index + 1) - index - 2)
            .Where(i => source.Tokens[i].Is(";") && source.Parentheses(i) == source.Parentheses(index) + 1).ToList();
        return signs.Count == 2 ? Whole(source, signs[0] + 1, signs[1] - 1, isLoop: true) : [];
    }

    private static IEnumerable<Edit> Operands(CSource source, int index)
    {
        var isAnd = source.Tokens[index].Is("&&");
        var (first, last) = (First(source, index, isAnd, isOfQuestion: false), Last(source, index, isAnd));
        if (first >= index || last <= index) yield break;
        yield return new("operand", source.Tokens[first].Start, source.Tokens[index + 1].Start, "");
        yield return new("operand", source.Tokens[index - 1].End, source.Tokens[last].End, "");
    }

    // The first token of the operand that ends before a sign.
    private static int First(CSource source, int index, bool isOfAnd, bool isOfQuestion)
    {
        var first = index;
        for (var i = index - 1; i >= 0; i--)
        {
            if (source.Tokens[i].Kind is CTokenKind.Sign && source.Tokens[i].Text is ")" or "]" or "}")
            {
                // A body of braces before a statement is no part of it.
                if (source.Tokens[i].Is("}") || source.Partner(i) < 0) break;
                first = i = source.Partner(i);
                continue;
            }

            if (Ends(source, i, isOfAnd, isOfQuestion)) break;
            first = i;
        }

        return first;
    }

    private static int Last(CSource source, int index, bool isOfAnd)
    {
        var last = index;
        for (var i = index + 1; i < source.Tokens.Count; i++)
        {
            if (source.Tokens[i].Kind is CTokenKind.Sign && source.Tokens[i].Text is "(" or "[")
            {
                if (source.Partner(i) < 0) break;
                last = i = source.Partner(i);
                continue;
            }

            if (Ends(source, i, isOfAnd, isOfQuestion: false)) break;
            last = i;
        }

        return last;
    }

    // Whether a token binds less than the sign whose operand is looked for.
    private static bool Ends(CSource source, int index, bool isOfAnd, bool isOfQuestion)
    {
        var token = source.Tokens[index];
        if (token.Kind is CTokenKind.Word) return token.Text is "return" or "case" or "else" or "do";
        if (token.Kind is not CTokenKind.Sign) return false;
        if (isOfQuestion && token.Text is "&&" or "||") return false;
        return token.Text
                is "("
                    or "["
                    or "{"
                    or ")"
                    or "]"
                    or "}"
                    or ";"
                    or ","
                    or "?"
                    or ":"
                    or "="
                    or "+="
                    or "-="
                    or "*="
                    or "/="
                    or "%="
                    or "&="
                    or "|="
                    or "^="
                    or "<<="
                    or ">>="
            || token.Text == "||" || (isOfAnd && token.Text == "&&");
    }
}
