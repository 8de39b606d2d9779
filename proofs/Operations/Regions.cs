using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Operations;

/// <summary>The claims that the other families rely on: where an access lies, and that regions share no byte.</summary>
public static class Regions
{
    private static readonly TermWord Offset = TermWord.Variable("offset", Width.Bits64);
    private static readonly TermWord One = TermWord.Constant(1, Width.Bits64);
    private static readonly Region<TermWord> Left = SetupCatalogue.Arbitrary(Profile.Rbpf, 1).Memory.Regions[0];

    // Every address is the start of the region and some offset; so the solver need not undo the subtraction.
    private static TermWord Address => Left.Start + Offset;

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims => [Fits, .. Withins.Values, Touches, Disjoint];

    /// <summary>For each size of an access in bytes, that the machine's check of it is right.</summary>
    public static IReadOnlyDictionary<int, Claim> Withins { get; } = ((Sequence<ulong>)[1, 2, 4, 8])
        .ToDictionary(bytes => (int)bytes, Within);

    /// <summary>That every byte of an access within a region lies within it.</summary>
    public static Claim Touches { get; } = TouchesClaim;

    /// <summary>That no byte lies within two regions.</summary>
    public static Claim Disjoint { get; } = DisjointClaim;

    /// <summary>A setup in which <see cref="Disjoint"/> is known of the address that is accessed: solvers take long to find them.</summary>
    public static Setup WithLemmas(Setup setup) => setup.Form.Operation switch
    {
        MemoryOperation or AtomicOperation or PacketLoad => WithLemmas(setup, new(Traps.Address(setup))),
        CallOperation.ByHelperId or CallOperation.ByBtfId => WithLemmas(setup, setup.State.Registers[2]),
        _ => setup,
    };

    private static Setup WithLemmas(Setup setup, TermWord address) =>
        setup with { Hypotheses = [.. setup.Hypotheses, .. Apart(setup.State.Memory.Regions, address)] };

    /// <summary>
    /// The claims of this family about each byte of an access: it lies within the regions that the access lies within, and
    /// within no two.
    /// </summary>
    /// <param name="regions">The regions, which are well-formed.</param>
    /// <param name="address">The address of the first byte.</param>
    /// <param name="bytes">The number of bytes.</param>
    public static IEnumerable<Term> OfEachByte(Sequence<Region<TermWord>> regions, TermWord address, int bytes)
    {
        var count = TermWord.Constant((ulong)bytes, Width.Bits64);
        for (var place = 0; place < bytes; place++)
        {
            var at = address + TermWord.Constant((ulong)place, Width.Bits64);
            foreach (var apart in Apart(regions, at)) yield return apart;
            foreach (var region in regions) yield return region.Contains(address, count).Term.Implies(Holds(region, at).Term);
        }
    }

    /// <summary>
    /// The claims of this family and of <c>views/lies</c> about a byte from an address on, before the end of the region
    /// there.
    /// </summary>
    /// <param name="regions">The regions, which are well-formed.</param>
    /// <param name="address">The address.</param>
    /// <param name="distance">How far from there the byte is.</param>
    public static IEnumerable<Term> OfByteBeforeTheEnd(Sequence<Region<TermWord>> regions, TermWord address, TermWord distance) =>
    [
        .. Apart(regions, address),
        .. Apart(regions, address + distance),
        .. from region in regions
           let rest = region.Length - (address - region.Start)
           select (region.Contains(address, One) & TermWord.LessUnsigned(distance, rest)).Term.Implies(
               Holds(region, address + distance).Term),
    ];

    /// <summary>That a byte lies within no two regions.</summary>
    internal static IEnumerable<Term> Apart(Sequence<Region<TermWord>> regions, TermWord address) =>
        from left in Enumerable.Range(0, regions.Count)
        from right in Enumerable.Range(0, left)
        select (!(Holds(regions[left], address) & Holds(regions[right], address))).Term;

    private static Claim Fits
    {
        get
        {
            var (start, length) = (Left.Start, Left.Length);
            return new()
            {
                Id = "regions/fits",
                Sentence = "What other claims suppose of a region says that it ends at 2^64 at the latest.",
                Source = Clause.Spec("memory"),
                State = () => About(SetupCatalogue.Fits(Left)),
                Mutants =
                [
                    new("a region may not reach the last address", () =>
                        About(TermWord.LessUnsigned(start, TermWord.Constant(0, Width.Bits64) - length).Term)),
                    new("an empty region ends at 0", () => About(
                        (!TermWord.LessUnsigned(TermWord.Constant(0, Width.Bits64) - length, start)).Term)),
                ],
            };

            Proposition About(Term fits) => new(
                [],
                fits.EqualTo(Reference.Definitions.Call("access:region", start.Term, length.Term)),
                assignment => Show(assignment, "a region", Left));
        }
    }

    // The machine subtracts, the transcription adds in wider numbers; they agree in a region that does not wrap around.
    private static Claim Within(ulong bytes)
    {
        var count = TermWord.Constant(bytes, Width.Bits64);
        return new()
        {
            Id = $"regions/within-{bytes}",
            Sentence = $"The access check of {bytes} bytes says yes exactly where all of them lie in the region, "
                + "in numbers that cannot wrap around.",
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

        Proposition About(Truth<TermWord> contains) => new(
            [Reference.Definitions.Call("access:region", Left.Start.Term, Left.Length.Term)],
            contains.Term.EqualTo(Reference.Definitions.Call("access:within", Left.Start.Term, Left.Length.Term, Address.Term, count.Term)),
            assignment => Show(assignment, $"access of {bytes} bytes at {Concretise.Value(Address, assignment)}", Left));
    }

    private static Claim TouchesClaim
    {
        get
        {
            var count = TermWord.Variable("count", Width.Bits64);
            var distance = TermWord.Variable("distance", Width.Bits64);
            return new()
            {
                Id = "regions/touches",
                Sentence = "Every byte of an access that lies within a region lies within it.",
                Source = Clause.Spec("memory"),
                State = () => About(TermWord.LessUnsigned(distance, count)),
                Mutants = [new("the byte after the last is taken for one of them", () => About(!TermWord.LessUnsigned(count, distance)))],
            };

            Proposition About(Truth<TermWord> isTouched) => new(
                [],
                (Left.Contains(Address, count) & isTouched).Term.Implies(TermWord.LessUnsigned(Offset + distance, Left.Length).Term),
                assignment => Show(
                    assignment,
                    $"byte {Concretise.Value(distance, assignment)} of {Concretise.Value(count, assignment)} at offset "
                    + $"{Concretise.Value(Offset, assignment)}",
                    Left));
        }
    }

    private static Claim DisjointClaim
    {
        get
        {
            var right = Left with
            {
                Name = "right",
                Start = Left.Start + TermWord.Variable("distance", Width.Bits64),
                Length = TermWord.Variable("right.length", Width.Bits64)
            };
            Sequence<Term> wellFormed = [.. SetupCatalogue.WellFormed([Left, right])];
            return new()
            {
                Id = "regions/disjoint",
                Sentence = "No byte lies within two regions.",
                Source = Clause.Spec("memory"),
                State = () => About(wellFormed),
                Mutants = [new("regions may overlap", () => About([SetupCatalogue.Fits(Left), SetupCatalogue.Fits(right)]))],
            };

            Proposition About(Sequence<Term> hypotheses) => new(
                hypotheses,
                Make.All(Apart([Left, right], Address)),
                assignment => Show(assignment, $"byte {Concretise.Value(Address, assignment)}", Left, right));
        }
    }

    private static Truth<TermWord> Holds(Region<TermWord> region, TermWord address) =>
        TermWord.LessUnsigned(address - region.Start, region.Length);

    private static Replay.Shown Show(Assignment assignment, string what, params IEnumerable<Region<TermWord>> regions) => new(
    [
        what,
        .. regions.Select(region =>
            $"'{region.Name}' at {Concretise.Value(region.Start, assignment)} of {Concretise.Value(region.Length, assignment)} bytes"),
    ]);
}
