using System.Globalization;
using RbpfSpec.Semantics;

namespace RbpfSpec.Symbolic.Obligations;

/// <summary>Which claims are meant.</summary>
/// <param name="Patterns">Ids, in which <c>*</c> stands for any text and <c>?</c> for any character; none for all claims.</param>
/// <param name="Shard">The part of them that is meant; null for all.</param>
public sealed record Selection(Sequence<string> Patterns, Shard? Shard)
{
    // How many ids are named to somebody who asked for one that does not exist.
    private const int Suggestions = 3;

    /// <summary>All claims.</summary>
    public static Selection Everything { get; } = new([], null);

    /// <summary>Whether it leaves out no claim.</summary>
    public bool IsEverything => Patterns.IsEmpty && Shard is null;

    /// <summary>The claims that are meant, in their order.</summary>
    public Selected From(IReadOnlyList<Claim> claims)
    {
        foreach (var pattern in claims.Count == 0 ? [] : Patterns)
        {
            if (!claims.Any(claim => Matches(pattern, claim.Id))) return new Selected.Nothing(NoSuch(pattern, claims));
        }

        var meant = claims.Where(claim => Patterns.IsEmpty || Patterns.Any(pattern => Matches(pattern, claim.Id)));
        var chosen = (Shard is { } shard ? meant.Where((_, index) => shard.Has(index)) : meant).ToSequence();
        return chosen.IsEmpty
            ? new Selected.Nothing(claims.Count == 0 ? "there is no claim at all" : $"shard {Shard} has no claim")
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

    private static string NoSuch(string pattern, IReadOnlyList<Claim> claims)
    {
        var wanted = pattern.Replace("*", "", StringComparison.Ordinal);
        var nearest = claims.Select(claim => claim.Id)
            .OrderBy(id => Distance(wanted, id))
            .ThenBy(id => id, StringComparer.Ordinal)
            .Take(Suggestions);
        return $"no claim's id matches '{pattern}'; the nearest are {string.Join(", ", nearest)}";
    }

    // How many characters must be added, removed or replaced; those that a star may stand for are cheap.
    private static int Distance(string wanted, string id)
    {
        const int Changed = 4;
        var row = new int[id.Length + 1];
        for (var j = 0; j <= id.Length; j++) row[j] = j;
        for (var i = 0; i < wanted.Length; i++)
        {
            var diagonal = row[0];
            row[0] += Changed;
            for (var j = 0; j < id.Length; j++)
            {
                var replaced = diagonal + (wanted[i] == id[j] ? 0 : Changed);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j + 1] + Changed, row[j] + 1));
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

/// <summary>What a selection comes to.</summary>
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
