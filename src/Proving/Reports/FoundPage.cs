using System.Text;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proving.Reports;

/// <summary>The known bugs of other machines as Markdown.</summary>
public static class FoundPage
{
    /// <summary>The page.</summary>
    /// <param name="bugs">The bugs found.</param>
    /// <param name="notExpressed">The others.</param>
    public static string Text(IReadOnlyList<KnownBug> bugs, IReadOnlyList<NotExpressed> notExpressed)
    {
        var page = new StringBuilder();
        page.Append("# Bugs found\n\n");
        page.Append("Written by `./rbpf prove`; do not edit. ");
        page.Append("Each bug is one that others published or shipped, re-expressed here. ");
        page.Append("A solver finds it from the claim that the specified machine satisfies, "
            + "and the program it gives is run on the concrete machine.\n\n");
        if (bugs.Count == 0) return page.Append("None yet.\n").ToString();

        page.Append("| number | machine | what is wrong |\n|---|---|---|\n");
        foreach (var bug in bugs)
            page.Append("| ").AppendJoin(" | ", $"[{bug.Number}](#{Anchor(bug)})", Cell(bug.Machine), Cell(bug.Summary)).Append(" |\n");
        foreach (var bug in bugs)
        {
            page.Append("\n## ").Append(Title(bug)).Append("\n\n").Append(bug.Summary).Append(" (").Append(bug.Source)
                .Append(")\n\n```text\n");
            foreach (var line in bug.Program) page.Append(line).Append('\n');
            page.Append("```\n\n").Append(bug.Happens).Append('\n');
        }

        if (notExpressed.Count == 0) return page.ToString();
        page.Append("\n## Not expressed\n\nNo claim speaks of these.\n\n| number | what is wrong | why not |\n|---|---|---|\n");
        foreach (var bug in notExpressed)
            page.Append("| ").AppendJoin(" | ", bug.Number, Cell(bug.Summary), Cell(bug.Reason)).Append(" |\n");
        return page.ToString();
    }

    private static string Title(KnownBug bug) => $"{bug.Number}, {bug.Machine}";

    // As forges derive the anchor of a heading: small letters, digits, and dashes for spaces.
    private static string Anchor(KnownBug bug) => string.Concat(Title(bug).ToLowerInvariant()
        .Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')
        .Select(character => character == ' ' ? '-' : character));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
