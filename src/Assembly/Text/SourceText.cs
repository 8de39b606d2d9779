using System.Text;

namespace RbpfSpec.Assembly.Text;

/// <summary>A text as lines without their comments; what stands after a comment keeps its column.</summary>
/// <remarks><c>#</c> and <c>//</c> start comments to the end of the line; <c>/* */</c> may go over several.</remarks>
internal static class SourceText
{
    /// <summary>The lines, and the line and column of a comment that nothing ends.</summary>
    public static (List<string> Lines, (int Line, int Column)? Unended) Lines(string text)
    {
        var lines = new List<string>();
        (int Line, int Column)? open = null;
        foreach (var line in text.Split('\n')) lines.Add(Clean(line, lines.Count + 1, ref open));
        return (lines, open);
    }

    private static string Clean(string line, int number, ref (int Line, int Column)? open)
    {
        if (open is null && line.AsSpan().IndexOfAny('#', '/') < 0) return line;
        var clean = new StringBuilder(line.Length);
        while (clean.Length < line.Length)
        {
            var rest = line.AsSpan(clean.Length);
            if (open is not null)
            {
                var end = rest.IndexOf("*/");
                if (end >= 0) open = null;
                clean.Append(' ', end < 0 ? rest.Length : end + 2);
            }
            else if (rest[0] is '"' or '\'' && Tokenizer.Closing(rest) is > 0 and var closing)
            {
                clean.Append(rest[..(closing + 1)]);
            }
            else if (rest[0] == '#' || rest.StartsWith("//"))
            {
                break;
            }
            else if (rest.StartsWith("/*"))
            {
                open = (number, clean.Length + 1);
                clean.Append("  ");
            }
            else
            {
                clean.Append(rest[0]);
            }
        }

        return clean.ToString();
    }
}
