namespace RbpfSpec.Semantics.Dialects;

public static partial class FemtoContainers
{
    private static Sequence<DialectDeviation> Checks =>
    [
        new DialectDeviation.CheckDeviation(
            "FC-1",
            Name,
            "The bound of a jump is compared before the implicit + 1, so a jump to one slot past the end is accepted.",
            Verifier)
        {
            Drops = ["jump/inside"],
            Adds = [new DistanceIsInside(Verifier)],
        },
    ];
}
