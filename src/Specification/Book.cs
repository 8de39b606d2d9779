using System.IO.Enumeration;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Hosts;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Specification.Lookup;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Tables;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification;

/// <summary>The specification as people read it, with what holds it: vectors and claims.</summary>
/// <param name="Chapters">The pages that were written by hand, in the order of their numbers.</param>
/// <param name="Vectors">The vectors of the committed suite, in its order.</param>
/// <param name="Claims">The ids of all claims that are proved, in the order of the ledger.</param>
public sealed record Book(Sequence<Chapter> Chapters, Sequence<Vector> Vectors, Sequence<string> Claims)
{
    // Made when they are asked for: whoever looks something up reads a few lines of them, or none.
    private readonly Lazy<SearchIndex> searched = new(() => SearchIndex.Of(Chapters));

    private readonly Lazy<Sequence<Page>> ordered = new(() => Ordered(Chapters, Vectors, Claims));

    /// <summary>The vectors of packed programs, in the order of their file.</summary>
    public Sequence<PackingVector> PackingVectors { get; init; }

    /// <summary>The vectors of hosts, in the order of their file, which is made of them.</summary>
    public static Sequence<HostVector> HostVectors => HostSuite.All;

    /// <summary>Every page in reading order, the contents first.</summary>
    public Sequence<Page> Pages => ordered.Value;

    /// <summary>The index that answers questions about it.</summary>
    internal SearchIndex Index => searched.Value;

    /// <summary>Every requirement, in the order of the chapters.</summary>
    public IEnumerable<Requirement> Requirements => Chapters.SelectMany(chapter => chapter.Requirements);

    /// <summary>Everything about one operation as Markdown, under a heading of the second level.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="root">The way from the page to the folder <c>spec/</c>, such as <c>../</c>.</param>
    public string SectionOf(Operation operation, string root = "../") => OperationSection.Of(operation, Vectors, Claims, root);

    /// <summary>The vectors that a machine fails which breaks a requirement.</summary>
    public IEnumerable<Vector> VectorsOf(Requirement requirement) =>
        Vectors.Where(vector => requirement.Vectors.Any(selector => selector.Selects(vector)));

    /// <summary>The vectors of packed programs that a reader fails which breaks a requirement.</summary>
    public IEnumerable<PackingVector> PackingVectorsOf(Requirement requirement) =>
        PackingVectors.Where(vector => requirement.Vectors.Any(selector => selector.Selects(vector)));

    /// <summary>The vectors of hosts that a host fails which breaks a requirement.</summary>
    public static IEnumerable<HostVector> HostVectorsOf(Requirement requirement) =>
        HostVectors.Where(vector => requirement.Vectors.Any(selector => selector.Selects(vector)));

    /// <summary>The claims that hold a requirement.</summary>
    public IEnumerable<string> ClaimsOf(Requirement requirement) =>
        Claims.Where(id => requirement.Claims.Any(glob => FileSystemName.MatchesSimpleExpression(glob, id, ignoreCase: false)));

    /// <summary>The files that <c>rbpf generate</c> writes under <c>spec/</c>, with their texts.</summary>
    public IEnumerable<(string Path, string Text)> Generated()
    {
        foreach (var page in Pages)
        {
            if (page.IsGenerated) yield return (page.Path, page.Markdown);
        }

        yield return (OpcodeTable.Path, OpcodeTable.Create());
        yield return (IsaJson.Path, IsaJson.Create(this));
        yield return (IsaJson.SchemaPath, IsaJson.Schema());
        yield return (HostVectorFile.Path, HostVectorFile.Write(HostSuite.All));
        yield return (HostVectorFile.SchemaPath, HostVectorFile.Schema());
    }

    private static Sequence<Page> Ordered(Sequence<Chapter> chapters, Sequence<Vector> vectors, Sequence<string> claims)
    {
        Sequence<Page> pages =
        [
            .. chapters.Select(chapter => chapter.Page)
                .Concat(InstructionFamily.All.Select(family => FamilyPage.Create(family, vectors, claims)))
                .Concat(InstructionFamily.All.Select(family => HoldersPage.Create(family, vectors, claims)))
                .Append(DeviationPage.Create())
                .Append(HelperPage.Create())
                .OrderBy(page => page.Path.Split('/')[0], StringComparer.Ordinal),
        ];
        return [ContentsPage.Create(pages), .. pages];
    }
}
