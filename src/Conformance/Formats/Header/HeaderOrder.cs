using RbpfSpec.Conformance.Diagnosis;

namespace RbpfSpec.Conformance.Formats.Header;

/// <summary>The order in which a device runs vectors: first what the others are made of, so that a first failure says something.</summary>
internal static class HeaderOrder
{
    // An instruction is basic if more than one program in so many has it that is about something else.
    private const int Share = 50;

    /// <summary>
    /// First the vectors about basic instructions with no others in their programs, those with the fewest different ones
    /// first, and of these the shortest; then all others, as they were.
    /// </summary>
    public static IEnumerable<Vector> Of(IReadOnlyList<Vector> vectors)
    {
        List<(Vector Vector, HashSet<string> Rules)> made =
        [
            .. vectors.Select(vector => (vector, vector.Expectation is Expectation.Refuses ? [] : Traits.RulesIn(CodeOf(vector)))),
        ];
        var runs = made.Count(each => each.Rules.Count > 0);
        HashSet<string> basic =
        [
            .. made.SelectMany(each => each.Rules.Where(rule => rule != each.Vector.Rule))
                .CountBy(rule => rule).Where(counted => counted.Value > runs / Share).Select(counted => counted.Key),
        ];
        var isBasic = made.ToLookup(each =>
            each.Vector.Expectation is Expectation.Returns && basic.Contains(each.Vector.Rule) && each.Rules.IsSubsetOf(basic));
        return isBasic[true].OrderBy(each => each.Rules.Count).ThenBy(each => CodeOf(each.Vector).Count).Concat(isBasic[false])
            .Select(each => each.Vector);
    }

    private static Sequence<byte> CodeOf(Vector vector) => ((VectorProgram.Code)vector.Program).Bytes;
}
