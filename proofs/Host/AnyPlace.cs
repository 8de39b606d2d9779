using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Host;

/// <summary>Splits a sentence about any place into sentences about known ones, and about those that are none of them.</summary>
internal static class AnyPlace
{
    /// <summary>
    /// A sentence about any place, the same as it was: of the places that something is written to, each as it stands, so that
    /// what is known of it is found again; and of any other place.
    /// </summary>
    /// <param name="anywhere">The variable that stands for the place.</param>
    /// <param name="written">The places.</param>
    /// <param name="sentence">The sentence.</param>
    public static Term Each(Term anywhere, Sequence<Term> written, Term sentence) => Make.All(
    [
        .. written.Select(place => Dag.Substitute(
            sentence, new Dictionary<Term, Term>(ReferenceEqualityComparer.Instance) { [anywhere] = place })),
        Make.Any(written.Select(place => anywhere.EqualTo(place))) | sentence,
    ]);
}
