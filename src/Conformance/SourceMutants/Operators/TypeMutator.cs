using System.Globalization;
using System.Text.RegularExpressions;
using RbpfSpec.Conformance.SourceMutants.Lexing;

namespace RbpfSpec.Conformance.SourceMutants.Operators;

/// <summary>Integer types of another width or sign, in casts and declarations, and casts left out.</summary>
internal static partial class TypeMutator
{
    private const int MillisecondsAtMost = 1000;

    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["int"] = ["unsigned", "short"],
        ["unsigned"] = ["int"],
        ["long"] = ["int"],
        ["short"] = ["int"],
        ["char"] = ["int"],
        ["size_t"] = ["uint32_t"],
        ["uintptr_t"] = ["uint32_t"],
        ["intptr_t"] = ["int32_t"],
        ["ptrdiff_t"] = ["int32_t"],
    };

    /// <summary>The changes of a token.</summary>
    public static IEnumerable<Edit> At(CSource source, int index)
    {
        var token = source.Tokens[index];
        if (source.IsCastStart(index))
        {
            var end = source.Partner(index);

            // What keeps two words apart stays.
            var isBetweenWords =
                index > 0 && source.Tokens[index - 1].Kind is CTokenKind.Word && source.Tokens[index - 1].End == token.Start;
            yield return new("cast", token.Start, source.Tokens[end].End, isBetweenWords ? " " : "");
            yield break;
        }

        if (!CSource.IsType(token)
            || (index > 0 && CSource.IsType(source.Tokens[index - 1]) && source.Tokens[index - 1].Text is not ("const" or "volatile")))
        {
            yield break;
        }

        if (index + 1 == source.Tokens.Count || CSource.IsType(source.Tokens[index + 1])) yield break;
        var isCast = index > 0 && source.IsCastStart(index - 1);
        if (!isCast && source.Tokens[index + 1] is not { Kind: CTokenKind.Word } && !source.Tokens[index + 1].Is("*")) yield break;
        foreach (var other in OthersOf(token.Text)) yield return new(isCast ? "cast" : "type", token.Start, token.End, other);
    }

    /// <summary>The types that one may be taken for.</summary>
    public static IEnumerable<string> OthersOf(string type)
    {
        if (Others.TryGetValue(type, out var others)) return others;
        var match = Sized().Match(type);
        if (!match.Success) return [];
        var (name, width, end) = (
            match.Groups[1].Value,
            int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
            match.Groups[3].Value);
        var sign = name switch
        {
            "uint" => "int",
            "int" => "uint",
            "u" => "s",
            "__u" => "__s",
            "__s" => "__u",
            _ => "u",
        };
        return
        [
            $"{sign}{width}{end}",
            .. width > 8 ? (string[])[$"{name}{width / 2}{end}"] : [],
            .. width < 64 ? (string[])[$"{name}{width * 2}{end}"] : [],
        ];
    }

    [GeneratedRegex("^(?<sign>uint|int|(?:__)?[us]|i)(?<bits>8|16|32|64)(?<end>_t|)$", RegexOptions.ExplicitCapture, MillisecondsAtMost)]
    private static partial Regex Sized();
}
