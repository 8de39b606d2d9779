using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Words;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Obligations;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Families;

/// <summary>What the other families take for granted of regions: where an access lies, and that regions share no byte.</summary>
public static class Regions
{
    private static readonly Memory<TermWord, TermBit> Memory = Stage.Arbitrary(Profile.Rbpf, 2).Memory;
    private static readonly TermWord Address = TermWord.Variable("access", Width.Bits64);
    private static readonly TermWord Touched = TermWord.Variable("touched", Width.Bits64);
    private static readonly TermWord One = TermWord.Constant(1, Width.Bits64);

    private static Region<TermWord, TermBit> Left => Memory.Regions[0];

    private static Region<TermWord, TermBit> Right => Memory.Regions[1];

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        .. ((Sequence<ulong>)[1, 2, 4, 8]).Select(Within),
        Touches,
        Disjoint,
    ];

    // The machine subtracts, the transcription adds in wider numbers; they agree in a region that does not wrap around.
    private static Claim Within(ulong bytes)
    {
        var count = TermWord.Constant(bytes, Width.Bits64);
        return new()
        {
            Id = $"regions/within-{bytes}",
            Sentence = $"The access check of {bytes} bytes says yes exactly where all of them lie in the region, in numbers that cannot wrap around.",
            Source = Clause.Spec("memory"),
            State = () => About(Left.Contains(Address, count)),
            Mutants =
            [
                new("the last access of a region is refused", () => About(Left.Contains(Address, count + One))),
                new("an access may end one byte beyond", () => About((Left with { Length = Left.Length + One }).Contains(Address, count))),
                new("numbers are compared as signed", () => About(
                    !TermWord.LessSigned(Left.Length, count) & !TermWord.LessSigned(Left.Length - count, Address - Left.Start))),
                new("the sum may wrap around", () => About(
                    !TermWord.LessUnsigned(Address, Left.Start) & !TermWord.LessUnsigned(Left.Start + Left.Length, Address + count))),
            ],
        };

        Obligation About(TermBit contains) => new(
            [.. Stage.WellFormed(Memory with { Regions = [Left] })],
            Make.Equal(
                contains.Term,
                Reference.Definitions.Call("access:within", Left.Start.Term, Left.Length.Term, Address.Term, count.Term)),
            assignment => Show(assignment, $"access of {bytes} bytes at {Concretise.Value(Address, assignment)}", Left));
    }

    // Offsets rather than addresses: the solver need not undo the subtraction.
    private static Claim Touches
    {
        get
        {
            var (offset, count) = (TermWord.Variable("offset", Width.Bits64), TermWord.Variable("count", Width.Bits64));
            var distance = TermWord.Variable("distance", Width.Bits64);
            return new()
            {
                Id = "regions/touches",
                Sentence = "Every byte of an access that lies within a region lies within it.",
                Source = Clause.Spec("memory"),
                State = () => About(TermWord.LessUnsigned(distance, count)),
                Mutants = [new("the byte after the last is taken for one of them", () => About(!TermWord.LessUnsigned(count, distance)))],
            };

            Obligation About(TermBit isTouched) => new(
                [],
                Make.Implies(
                    (Left.Contains(Left.Start + offset, count) & isTouched).Term,
                    TermWord.LessUnsigned(offset + distance, Left.Length).Term),
                assignment => Show(
                    assignment,
                    $"byte {Concretise.Value(distance, assignment)} of {Concretise.Value(count, assignment)} at offset {Concretise.Value(offset, assignment)}",
                    Left));
        }
    }

    private static Claim Disjoint
    {
        get
        {
            return new()
            {
                Id = "regions/disjoint",
                Sentence = "No byte lies within two regions.",
                Source = Clause.Spec("memory"),
                State = () => About([.. Stage.WellFormed(Memory)]),
                Mutants = [new("regions may overlap", () => About([.. Stage.WellFormed(Memory).Take(2)]))],
            };

            Obligation About(Sequence<Term> hypotheses) => new(
                hypotheses,
                (!(Holds(Left) & Holds(Right))).Term,
                assignment => Show(assignment, $"byte {Concretise.Value(Touched, assignment)}", Left, Right));
        }
    }

    private static TermBit Holds(Region<TermWord, TermBit> region) => TermWord.LessUnsigned(Touched - region.Start, region.Length);

    private static Replay.Shown Show(Assignment assignment, string what, params IEnumerable<Region<TermWord, TermBit>> regions) => new(
    [
        what,
        .. regions.Select(region =>
            $"'{region.Name}' at {Concretise.Value(region.Start, assignment)} of {Concretise.Value(region.Length, assignment)} bytes"),
    ]);
}
