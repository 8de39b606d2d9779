using RbpfSpec.Specification.Lookup;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Tests.Lookup;

/// <summary>Questions as people ask them, with the places that answer: <c>questions.txt</c>.</summary>
internal static class Questions
{
    /// <summary>How many of the places found first are read.</summary>
    public const int First = 4;

    /// <summary>Each question with its places, any of which will do.</summary>
    public static IReadOnlyList<(string Text, IReadOnlyList<string> Places)> All { get; } =
    [
        .. from line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Specification.Tests", "Lookup", "questions.txt"))
           where line.Contains("=> ", StringComparison.Ordinal) && line[0] != '#'
           let at = line.LastIndexOf("=> ", StringComparison.Ordinal)
           select (line[..at].Trim(), (IReadOnlyList<string>)line[(at + 3)..].Split(" | ")),
    ];

    /// <summary>Whether a page and its anchor are one of some places; a place without an anchor is the whole page.</summary>
    public static bool IsOneOf(string page, IReadOnlyList<string> places) =>
        places.Any(place => page == place || page.StartsWith($"{place}#", StringComparison.Ordinal));

    /// <summary>The places that a subject shows, the first ones of a list.</summary>
    public static IEnumerable<string> PagesOf(Topic subject) => subject switch
    {
        Topic.Encodings(var forms, _) => forms.Select(form => form.Operation).Distinct()
            .Select(operation => $"{InstructionFamily.Of(operation).Path}#{OperationSection.Anchor(OperationSection.Title(operation))}"),
        Topic.OfFamily(var family) => [family.Path],
        Topic.OfTrap(var trap) => [$"50-traps.md#{OperationSection.Anchor($"trap/{trap.Trap}")}"],
        Topic.OfDeviation(var point) => [$"{DeviationPage.Path}#{OperationSection.Anchor(point.Deviation.Number)}"],
        Topic.OfHostDeviation(var deviation) => [$"{DeviationPage.Path}#{OperationSection.Anchor(deviation.Number)}"],
        Topic.OfDeviations => [DeviationPage.Path],
        Topic.OfRequirement(var requirement) =>
        [
            Repository.Book.Chapters.First(chapter => chapter.Requirements.Contains(requirement)).Page.Path
            + $"#{OperationSection.Anchor(requirement.Id)}",
        ],
        Topic.OfSection(var chapter, var heading) => [$"{chapter.Page.Path}#{OperationSection.Anchor(heading.Title)}"],
        Topic.OfHelpers(var helpers, _) => helpers.Select(HelperPage.AddressOf),
        Topic.Outside => ["60-validity.md#instructions-outside-rfc-9669"],
        Topic.Words(var hits, _) => hits.Take(First).Select(hit => hit.Page),
        Topic.Nothing => [],
    };
}
