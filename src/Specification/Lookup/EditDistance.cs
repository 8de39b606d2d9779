namespace RbpfSpec.Specification.Lookup;

/// <summary>How far words are apart: letters put in, left out, replaced, or two neighbours exchanged.</summary>
internal static class EditDistance
{
    /// <summary>The words at the least distance from one, if that is no more than a slip.</summary>
    /// <remarks>
    /// A slip is 1 of up to 5 letters, 2 of more; a word of fewer than 4 has none. Another first letter counts one more: few
    /// get that wrong.
    /// </remarks>
    public static IReadOnlyList<string> Nearest(string word, IEnumerable<string> others)
    {
        if (word.Length < 4 || !char.IsAsciiLetter(word[0])) return [];
        if (!word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')) return [];
        var least = word.Length < 6 ? 1 : 2;
        List<string> nearest = [];
        foreach (var other in others.Distinct())
        {
            if (other.Length == 0 || Math.Abs(other.Length - word.Length) > least) continue;
            var distance = Between(word, other) + (word[0] == other[0] ? 0 : 1);
            if (distance > least) continue;
            if (distance < least) nearest.Clear();
            least = distance;
            nearest.Add(other);
        }

        return nearest;
    }

    /// <summary>The distance of two words.</summary>
    public static int Between(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var distance = Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                var isExchange = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (isExchange) distance = Math.Min(distance, rows[i - 2, j - 2] + 1);
                rows[i, j] = distance;
            }
        }

        return rows[left.Length, right.Length];
    }
}
