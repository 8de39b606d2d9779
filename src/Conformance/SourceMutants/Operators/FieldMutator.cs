using RbpfSpec.Conformance.SourceMutants.Lexing;

namespace RbpfSpec.Conformance.SourceMutants.Operators;

/// <summary>One field of an instruction taken for another: the registers for each other, and so the numbers.</summary>
internal static class FieldMutator
{
    private static readonly (string One, string Other)[] Pairs = [("dst", "src"), ("imm", "offset"), ("imm", "off")];

    /// <summary>The changes of a token.</summary>
    public static IEnumerable<Edit> At(CSource source, int index)
    {
        var token = source.Tokens[index];
        if (token.Kind is not CTokenKind.Word) return [];
        var isMember = index > 0 && (source.Tokens[index - 1].Is(".") || source.Tokens[index - 1].Is("->"));
        return Pairs.SelectMany(pair => (string[])[Swapped(token.Text, pair.One, pair.Other), Swapped(token.Text, pair.Other, pair.One)])
            .Where(other => other != token.Text && (isMember || IsOfRegisters(token.Text)))
            .Distinct()
            .Select(other => new Edit("field", token.Start, token.End, other));
    }

    private static bool IsOfRegisters(string name) =>
        name.Contains("dst", StringComparison.OrdinalIgnoreCase) || name.Contains("src", StringComparison.OrdinalIgnoreCase);

    // The name itself if it does not have the one. Registers are parts of names, numbers are whole ones.
    private static string Swapped(string name, string one, string other)
    {
        if (one is "dst" or "src")
        {
            return name.Replace(one, other, StringComparison.Ordinal)
                .Replace(one.ToUpperInvariant(), other.ToUpperInvariant(), StringComparison.Ordinal);
        }

        return name == one ? other : name;
    }
}
