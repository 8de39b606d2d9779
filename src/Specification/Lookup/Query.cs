using System.Text.RegularExpressions;

namespace RbpfSpec.Specification.Lookup;

/// <summary>Words as search takes them, of what somebody asks and of what the specification says.</summary>
/// <remarks>The site's script has the same in JavaScript, from the same patterns; the tests hold the two against each other.</remarks>
internal static partial class Query
{
    /// <summary>Endings that do not tell words apart, the longest first, as a pattern of both languages.</summary>
    public const string Endings = "(?:izations|ization|ations|ation|nesses|ness|ings|ing|edly|ies|ied|ed|es|(?<!s)s|ly|e|y)$";

    /// <summary>
    /// The pattern of one word: an operator of assembly, or letters and digits, joined by a slash, a full stop or a hyphen.
    /// </summary>
    public const string Word = @"s?(?:<<|>>|[-+*\/%&|^<>=!])=|s[<>](?![a-z])|[a-z0-9_]+(?:[\/.-][a-z0-9_]+)*|<<|>>|[<>&]";

    private const int ShortestStem = 4;

    private static readonly char[] Joints = ['/', '.', '-', '_'];

    /// <summary>The words of a text in its order, each with the parts that it is joined of; none if it is whole.</summary>
    public static IEnumerable<(string Word, string[] Parts)> Groups(string text)
    {
        foreach (Match match in WordPattern().Matches(HumpPattern().Replace(text, "${end} ${start}").ToLowerInvariant()))
        {
            var word = match.Value;
            var isWord = char.IsAsciiLetterOrDigit(word[0]) || word[0] == '_';
            var parts = isWord ? word.Split(Joints, StringSplitOptions.RemoveEmptyEntries) : [];
            yield return (word, parts is [var only] && only == word ? [] : parts);
        }
    }

    /// <summary>The words of a text and their parts, without their endings.</summary>
    public static IEnumerable<string> Stems(string text) =>
        Groups(text).SelectMany(group => group.Parts.Prepend(group.Word)).Select(Stem);

    /// <summary>A word without its ending.</summary>
    public static string Stem(string word)
    {
        if (!LetterPattern().IsMatch(word)) return word;
        var stem = EndingPattern().Replace(word, "");
        if (stem.Length < ShortestStem) return word.Length >= ShortestStem && PluralPattern().IsMatch(word) ? word[..^1] : word;
        return stem != word && DoublePattern().IsMatch(stem) ? stem[..^1] : stem;
    }

    [GeneratedRegex(Word, RegexOptions.None, 1000)]
    private static partial Regex WordPattern();

    [GeneratedRegex("(?<end>[a-z])(?<start>[A-Z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HumpPattern();

    [GeneratedRegex("^[a-z]+$", RegexOptions.None, 1000)]
    private static partial Regex LetterPattern();

    [GeneratedRegex(Endings, RegexOptions.None, 1000)]
    private static partial Regex EndingPattern();

    [GeneratedRegex("[^s]s$", RegexOptions.None, 1000)]
    private static partial Regex PluralPattern();

    // mapped, stopping
    [GeneratedRegex(@"(?<letter>[bdgmnprt])\k<letter>$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DoublePattern();
}
