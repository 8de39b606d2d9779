using System.Globalization;

namespace RbpfSpec.Proving.Claims;

/// <summary>Which claims are meant.</summary>
/// <param name="Patterns">Ids, in which <c>*</c> stands for any text and <c>?</c> for any character; none for all claims.</param>
/// <param name="Shard">The part of them that is meant; null for all.</param>
public sealed record Selection(Sequence<string> Patterns, Shard? Shard)
{
    // How many ids are named to somebody who asked for one that does not exist.
    private const int Suggestions = 3;

    /// <summary>How many claims of each family are meant at most, spread evenly over it; null for all.</summary>
    public int? Sample { get; init; }

    /// <summary>All claims.</summary>
    public static Selection Everything { get; } = new([], null);

    /// <summary>Whether it leaves out no claim.</summary>
    public bool IsEverything => Patterns.IsEmpty && Shard is null && Sample is null;

    /// <summary>The claims that are meant, in their order.</summary>
    public Selected From(IReadOnlyList<Claim> claims)
    {
        foreach (var pattern in claims.Count == 0 ? [] : Patterns)
        {
            if (!claims.Any(claim => Matches(pattern, claim.Id))) return new Selected.Nothing(NoSuch(pattern, claims));
        }

        var meant = claims.Where(claim => Patterns.IsEmpty || Patterns.Any(pattern => Matches(pattern, claim.Id)));
        if (Sample is { } most) meant = Sampled(meant, most);
        var chosen = (Shard is { } shard ? meant.Where((_, index) => shard.Has(index)) : meant).ToSequence();
        return chosen.IsEmpty
            ? new Selected.Nothing(
                claims.Count == 0 ? "there is no claim at all"
                : Sample < 1 ? $"a sample of {Sample} has no claim"
                : $"shard {Shard} has no claim")
            : new Selected.Claims(chosen);
    }

    /// <summary>Whether an id is of the form that a pattern gives.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> id)
    {
        // After a mismatch only the last star needs to take one character more.
        var (at, star, tried) = (0, -1, 0);
        var position = 0;
        while (position < id.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                tried = position;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == id[position]))
            {
                at++;
                position++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                position = ++tried;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }

    private static IEnumerable<Claim> Sampled(IEnumerable<Claim> claims, int most)
    {
        var all = claims.ToList();
        HashSet<Claim> chosen = new(ReferenceEqualityComparer.Instance);
        foreach (var family in all.GroupBy(claim => claim.Family, StringComparer.Ordinal).Select(family => family.ToList()))
        {
            // Of each of so many parts, as equal as can be, the first.
            long parts = Math.Min(most, family.Count);
            for (var part = 0; part < parts; part++) chosen.Add(family[(int)(part * family.Count / parts)]);
        }

        return all.Where(chosen.Contains);
    }

    private static string NoSuch(string pattern, IReadOnlyList<Claim> claims)
    {
        var nearest = claims.Select(claim => (claim.Id, Distance: Distance(pattern, claim.Id)))
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Id, StringComparer.Ordinal)
            .ToList();

        // What would have to be written anew is not near.
        var literal = pattern.Count(character => character is not ('*' or '?'));
        var near = nearest.TakeWhile(one => one.Distance <= Math.Max(1, 2 * literal / 5))
            .Where(one => one.Distance <= nearest[0].Distance + 1).Take(Suggestions);
        var suggestion = string.Join(", ", near.Select(one => one.Id));
        return suggestion.Length > 0
            ? $"no claim's id matches '{pattern}'; the nearest are {suggestion}; 'rbpf prove --list' lists them all"
            : $"no claim's id matches '{pattern}', and none is near; 'rbpf prove --list' lists them all, of the families "
                + string.Join(", ", claims.Select(claim => claim.Family).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    // How many characters of a pattern must be added, removed or replaced until it matches. A star stands for any text as it
    // does, and what follows an @ in an id, the profile, may be left out.
    private static int Distance(ReadOnlySpan<char> pattern, string id)
    {
        var whole = Edits(pattern, id);
        var end = id.IndexOf('@', StringComparison.Ordinal);
        return end < 0 || pattern.Contains('@') ? whole : Math.Min(whole, Edits(pattern, id.AsSpan(0, end)));
    }

    private static int Edits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> id)
    {
        var row = new int[id.Length + 1];
        for (var j = 0; j <= id.Length; j++) row[j] = j;
        foreach (var wanted in pattern)
        {
            var diagonal = row[0];
            row[0] += wanted == '*' ? 0 : 1;
            for (var j = 0; j < id.Length; j++)
            {
                var above = row[j + 1];
                row[j + 1] = wanted == '*'
                    ? Math.Min(above, row[j])
                    : Math.Min(diagonal + (wanted == '?' || wanted == id[j] ? 0 : 1), Math.Min(above, row[j]) + 1);
                diagonal = above;
            }
        }

        return row[^1];
    }
}

/// <summary>One of some parts of the claims that together are all of them, each claim in one part.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Count">Of how many.</param>
public sealed record Shard(int Number, int Count)
{
    /// <summary>Reads <c>2/5</c>; null if the text is not a part of some parts.</summary>
    public static Shard? Parse(string text) =>
        text.Split('/') is [var number, var count]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var which)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var of)
        && which >= 1 && which <= of
            ? new(which, of)
            : null;

    /// <summary>Whether the claim at a zero-based position belongs to it. Neighbours cost alike, so they go to different parts.</summary>
    public bool Has(int index) => index % Count == Number - 1;

    /// <summary>As it is written: <c>2/5</c>.</summary>
    public override string ToString() => $"{Number}/{Count}";
}

/// <summary>The result of a selection.</summary>
public abstract record Selected
{
    private Selected()
    {
    }

    /// <summary>Claims, at least one.</summary>
    public sealed record Claims(Sequence<Claim> All) : Selected;

    /// <summary>No claim.</summary>
    /// <param name="Problem">Why, with the nearest ids.</param>
    public sealed record Nothing(string Problem) : Selected;
}
