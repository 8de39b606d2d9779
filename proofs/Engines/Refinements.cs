using RbpfSpec.Cil;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>Family 9: the compiled code of the fast machine does what the rules do.</summary>
public static class Refinements
{
    private static readonly Lazy<MachineLayout> Layout = new(() => new(CilAssembly.Of(typeof(PredecodedStep))));

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        .. EngineClaims.Select(claim => claim.ToClaim()),
        .. Sizes.Select(size => Reached[size]),
        .. Sizes.Select(size => Separate[size]),
        .. Quotients.Values,
    ];

    private static Sequence<int> Sizes => [1, 2, 4, 8];

    private static Dictionary<int, Claim> Reached { get; } = Sizes.ToDictionary(size => size, Reaches);

    private static Dictionary<int, Claim> Separate { get; } = Sizes.ToDictionary(size => size, Apart);

    private static Dictionary<Width, Claim> Quotients { get; } =
        ((Sequence<Width>)[Width.Bits32, Width.Bits64]).ToDictionary(width => width, ByMinusOne);

    // What RefinementSetup.Checks and RefinementSetup.Hypotheses take for granted.
    private static Sequence<Claim> LemmasOf(Form form) => form.Operation switch
    {
        MemoryOperation or AtomicOperation or PacketLoad => [Reached[form.Width.Bytes], Separate[form.Width.Bytes]],
        AluOperation.Division.DivideSigned or AluOperation.Division.ModuloSigned => [Quotients[form.Width]],
        _ => [],
    };

    /// <summary>The claim in one of the setups.</summary>
    internal static MachineClaim Of(string setup) => MachineClaim.Of(Setups.Single(other => other.Id == setup), Layout.Value);

    /// <summary>The claims about compiled code, which mutants of that code are put to.</summary>
    public static IEnumerable<EngineClaim> EngineClaims =>
    [
        .. from setup in Setups
           let machine = new Lazy<MachineClaim>(() => MachineClaim.Of(setup, Layout.Value))
           from engine in EngineClaim.Engines
           select new EngineClaim(
               $"refinement/{engine}/{setup.Id}",
               $"The compiled code of the {engine} engine does what the rule does, to everything, for all values, wherever regions lie.",
               engine,
               (code, _) => machine.Value.About(code))
           {
               Lemmas = LemmasOf(setup.Form),
           },
        .. from fused in FusedClaim.All(Layout.Value)
           from engine in EngineClaim.Engines
           select new EngineClaim(
               $"refinement/{engine}/fused/{fused.Superinstruction.Code}",
               $"The compiled code of the {engine} engine for the superinstruction does what its parts do one after the other.",
               engine,
               fused.About),
    ];

    private static TermWord Address => TermWord.Variable("address", Width.Bits64);

    private static Region<TermWord> RegionAt(int index) => SetupCatalogue.Arbitrary(Profile.Rbpf, 2).Memory.Regions[index];

    private static Claim Reaches(int bytes)
    {
        var region = RegionAt(0);
        return new()
        {
            Id = $"refinement/reach/{bytes}",
            Sentence = "An address is within the reach that the machine keeps for "
                + $"{bytes} bytes exactly if the region permits and contains the access.",
            Source = Clause.Spec("memory"),
            State = () => About(region),
            Mutants = [new(
                "a reach is one too long", () => About(region with { Length = region.Length + TermWord.Constant(1, Width.Bits64) }))],
        };

        Proposition About(Region<TermWord> checkedRegion)
        {
            var (reach, _) = RefinementSetup.ReachAndCheck(region, region.Readable, Address, bytes);
            var (_, check) = RefinementSetup.ReachAndCheck(checkedRegion, region.Readable, Address, bytes);
            return new([], reach.EqualTo(check), assignment => Show(assignment, region));
        }
    }

    private static Claim Apart(int bytes)
    {
        Sequence<Region<TermWord>> regions = [RegionAt(0), RegionAt(1)];
        return new()
        {
            Id = $"refinement/apart/{bytes}",
            Sentence = $"Where no byte lies within two regions, no access of {bytes} bytes does.",
            Source = Clause.Spec("memory"),
            State = () => About([.. Regions.Apart(regions, Address)]),
            Mutants = [new("regions may overlap", () => About([]))],
        };

        Proposition About(Sequence<Term> hypotheses) => new(
            hypotheses,
            Make.All(RefinementSetup.Apart(regions, Address, bytes)),
            assignment => Show(assignment, [.. regions]));
    }

    private static Claim ByMinusOne(Width width)
    {
        var dividend = TermWord.Variable("dividend", width);
        var divisor = TermWord.Constant(ulong.MaxValue, width);
        return new()
        {
            Id = $"refinement/by-minus-one/{width.Bits}",
            Sentence = $"At {width.Bits} bits a signed quotient by -1 is the negation, and the remainder zero.",
            Source = Clause.Rfc("4.1"),
            State = () => About(Make.All(
                RefinementSetup.ByMinusOne(Operator.DivideSigned, dividend.Term, divisor.Term),
                RefinementSetup.ByMinusOne(Operator.RemainderSigned, dividend.Term, divisor.Term))),
            Mutants = [new(
                "the quotient is not negated", () => About(TermWord.Same(TermWord.DivideSigned(dividend, divisor), dividend).Term))],
        };

        Proposition About(Term holds) =>
            new([], holds, assignment => new Replay.Shown([$"dividend {Concretise.Value(dividend, assignment)}"]));
    }

    private static Replay.Shown Show(Assignment assignment, params Sequence<Region<TermWord>> regions) => new(
    [
        $"an access at {Concretise.Value(Address, assignment)}",
        .. regions.Select(region =>
            $"'{region.Name}' at {Concretise.Value(region.Start, assignment)} of {Concretise.Value(region.Length, assignment)} bytes"),
    ]);

    private static IEnumerable<Setup> Setups =>
    [
        .. SetupCatalogue.WithStrictest(3).Where(IsOne),
        .. from form in OperationTable.Forms
           from setup in SetupCatalogue.Of(form, Profile.Rbpf, 3)
           where IsOne(setup)
           select Metered(setup),
    ];

    // The machine stops for any call of a helper alike.
    private static bool IsOne(Setup setup) => setup.Form.Operation is not (CallOperation.ByHelperId or CallOperation.ByBtfId)
        || setup.Variant.StartsWith("[fetch_local", StringComparison.Ordinal);

    private static Setup Metered(Setup setup) => setup with
    {
        Variant = $"{setup.Variant}[metered]",
        State = setup.State with
        {
            Budget = setup.State.Budget with
            {
                Instructions = new Allowance<TermWord>.Remaining(
                TermWord.Variable("instructions", Width.Bits64))
            },
        },
    };
}
