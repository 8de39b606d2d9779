namespace RbpfSpec.Images;

/// <summary>Names in one line of a message, however many and long they are.</summary>
internal static class NameList
{
    private const int Most = 10;
    private const int Longest = 100;

    /// <summary>The first ten names, how many more there are, or "none".</summary>
    public static string Of(IEnumerable<string> names)
    {
        List<string> shown = [];
        var more = 0;
        foreach (var name in names)
        {
            if (shown.Count < Most) shown.Add(Short(name));
            else more++;
        }

        if (shown is []) return "none";
        return string.Join(", ", shown) + (more == 0 ? "" : $" and {more} more");
    }

    /// <summary>A name as messages show it: whole up to 100 characters.</summary>
    public static string Short(string name) => name.Length <= Longest ? name : name[..Longest] + "…";
}
