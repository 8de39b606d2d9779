using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Lookup;

/// <summary>A place in the specification that has the words somebody looks for.</summary>
/// <param name="Id">What to look up to read it: a rule id, a mnemonic, a trap, a deviation.</param>
/// <param name="Line">What it says, in one line.</param>
/// <param name="Page">The page and the anchor, under <c>spec/</c>.</param>
public sealed record Hit(string Id, string Line, string Page)
{
    /// <summary>Every place that has all of some words, in the order of operations, traps, requirements, deviations.</summary>
    /// <param name="words">Lower case; a word stands for all that begin with it.</param>
    /// <param name="book">The specification.</param>
    public static IEnumerable<Hit> All(IReadOnlyList<string> words, Book book) =>
        from place in Places(book)
        where words.All(word => Has(place.Text, word))
        select place.Hit;

    private static IEnumerable<(Hit Hit, string Text)> Places(Book book)
    {
        foreach (var operation in OperationTable.All)
        {
            var title = OperationSection.Title(operation);
            var ids = string.Join(' ', operation.Forms.Select(form => form.Id));
            yield return Place(
                operation.Forms[0].Id,
                operation.Summary,
                $"{InstructionFamily.Of(operation).Path}#{OperationSection.Anchor(title)}",
                $"{title} {ids} {string.Join(' ', operation.Traps.Select(trap => TrapTable.Of(trap).Summary))}");
        }

        foreach (var trap in Enum.GetValues<Trap>().Select(TrapTable.Of))
            yield return Place(trap.Trap.ToString(), trap.Summary, $"50-traps.md#{OperationSection.Anchor($"trap/{trap.Trap}")}", string.Join(' ', trap.Codes));
        foreach (var chapter in book.Chapters)
        {
            foreach (var requirement in chapter.Requirements)
            {
                yield return Place(
                    requirement.Id,
                    PlainText.Of(requirement.Text),
                    $"{chapter.Page.Path}#{OperationSection.Anchor(requirement.Id)}",
                    chapter.Page.Title);
            }
        }

        foreach (var point in DecisionPoint.All)
        {
            yield return Place(
                point.Deviation.Number,
                $"{point.Name}: {point.Setting(Profile.Rbpf)}",
                $"{DeviationPage.Path}#{OperationSection.Anchor(point.Deviation.Number)}",
                $"{point.Question} {point.Deviation.Reason} {point.Setting(Profile.Rfc9669)}");
        }
    }

    private static (Hit Hit, string Text) Place(string id, string line, string page, string more) =>
        (new(id, line, page), $" {id} {line} {more}".ToLowerInvariant());

    // A word begins where no letter or digit stands before it.
    private static bool Has(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1])) return true;
        }

        return false;
    }
}
