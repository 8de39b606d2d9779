using RbpfSpec.Conformance.SourceMutants.Lexing;

namespace RbpfSpec.Conformance.SourceMutants.Operators;

/// <summary>Operators taken for others, and those before one operand left out.</summary>
internal static class OperatorMutator
{
    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["+"] = ["-"],
        ["-"] = ["+"],
        ["*"] = ["+", "/"],
        ["/"] = ["%", "*"],
        ["%"] = ["/"],
        ["&"] = ["|", "^"],
        ["|"] = ["&", "^"],
        ["^"] = ["&", "|"],
        ["<<"] = [">>"],
        [">>"] = ["<<"],
        ["&&"] = ["||"],
        ["||"] = ["&&"],
        ["=="] = ["!=", "<=", ">="],
        ["!="] = ["==", "<", ">"],
        ["<"] = ["<=", ">", ">=", "!="],
        ["<="] = ["<", ">=", ">", "=="],
        [">"] = [">=", "<", "<=", "!="],
        [">="] = [">", "<=", "<", "=="],
        ["+="] = ["-=", "="],
        ["-="] = ["+=", "="],
        ["*="] = ["+=", "="],
        ["/="] = ["%=", "="],
        ["%="] = ["/=", "="],
        ["&="] = ["|=", "^=", "="],
        ["|="] = ["&=", "^=", "="],
        ["^="] = ["&=", "|=", "="],
        ["<<="] = [">>=", "="],
        [">>="] = ["<<=", "="],
        ["++"] = ["--"],
        ["--"] = ["++"],
    };

    /// <summary>The changes of a token.</summary>
    public static IEnumerable<Edit> At(CSource source, int index)
    {
        var token = source.Tokens[index];
        if (token.Kind is not CTokenKind.Sign) yield break;
        var isBinary = source.IsBinary(index);
        if (!isBinary && token.Text is "!" or "~" or "-")
        {
            yield return new("operator", token.Start, token.End, "");
            yield break;
        }

        if (!isBinary && token.Text is "+" or "&" or "*") yield break;
        foreach (var other in Others.GetValueOrDefault(token.Text, [])) yield return new("operator", token.Start, token.End, other);
    }
}
