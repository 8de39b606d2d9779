using RbpfSpec.Conformance;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification;

/// <summary>The specification as people read it, with what holds it: vectors and obligations.</summary>
/// <param name="Chapters">The pages that were written by hand, in the order of their numbers.</param>
/// <param name="Vectors">The vectors of the committed suite, in its order.</param>
/// <param name="Obligations">The ids of all claims that are proved, in the order of the ledger.</param>
public sealed record Book(Sequence<Page> Chapters, Sequence<Vector> Vectors, Sequence<string> Obligations)
{
    /// <summary>Every page in reading order.</summary>
    public Sequence<Page> Pages => Chapters;

    /// <summary>Everything about one operation as Markdown, under a heading of the second level.</summary>
    public string SectionOf(Operation operation) =>
        $"## {operation.Mnemonic}\n\n{operation.Summary}\n\n{Vectors.Count(vector => operation.Forms.Any(form => form.Id == vector.Rule))} vectors.\n";
}
