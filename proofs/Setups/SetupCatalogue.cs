using RbpfSpec.Host;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Setups;

/// <summary>Makes arbitrary states, and the setups of every encoding in them.</summary>
public static class SetupCatalogue
{
    /// <summary>The variable of the flat memory that all regions of a setup are parts of, unless they have bytes of their own.</summary>
    public const string FlatMemory = "mem";

    /// <summary>The profiles that claims are made for.</summary>
    public static Sequence<Profile> Profiles => [Profile.Rbpf, Profile.Rfc9669];

    private static Profile Strictest { get; } = Profile.Rbpf with
    {
        Name = "strictest",
        LargeShift = LargeShift.Traps,
        SignedOverflow = SignedOverflow.Traps,
        Alignment = Alignment.Natural,
    };

    /// <summary>Every setup: every encoding in every profile, with two regions in one flat memory.</summary>
    public static IEnumerable<Setup> InEveryProfile(int regions = 2) =>
        from profile in Profiles
        from form in OperationTable.Forms
        from setup in Of(form, profile, regions)
        select setup;

    /// <summary>
    /// The setups of the profiles, and of each encoding that the strictest choice at every decision point can stop, with some
    /// regions.
    /// </summary>
    public static IEnumerable<Setup> WithStrictest(int regions) =>
    [
        .. InEveryProfile(regions),
        .. from form in OperationTable.Forms
           where form.Operation.Traps.Any(trap => trap is Trap.ShiftAmount or Trap.SignedOverflow or Trap.MemoryAlignment)
           from setup in Of(form, Strictest, regions)
           select setup,
    ];

    /// <summary>The setups of the profiles, and of each encoding that the strictest choice at every decision point can stop.</summary>
    public static Sequence<Setup> All => Made.Value;

    /// <summary>Those of <see cref="All"/> in which the rule does not trap whatever the values are.</summary>
    public static Sequence<Setup> ThatGoOn => GoingOn.Value;

    // Several families ask for them, and each rule runs to tell.
    private static Lazy<Sequence<Setup>> Made { get; } = new(() => [.. WithStrictest(2)]);

    private static Lazy<Sequence<Setup>> GoingOn { get; } = new(() => [.. All.Where(setup => !setup.AlwaysTraps)]);

    /// <summary>
    /// The setups of an encoding. A profile that does not have the encoding gets it granted, so that its rule is proved all
    /// the same; calls of helpers have a setup for each helper, local calls and returns one for each depth of frames.
    /// </summary>
    public static IEnumerable<Setup> Of(Form form, Profile profile, int regions)
    {
        var admitting = Admitting(form, profile);
        var state = Arbitrary(admitting, regions);
        var setup = new Setup(
            form, "", admitting, FieldsOf(form), state, [.. MemoryHypotheses(form, state.Memory), .. RegistersExist(form)]);
        return form.Operation switch
        {
            CallOperation.ByHelperId or CallOperation.ByBtfId => DefaultHost.StoreFunctions<TermWord>().Select(function => setup with
            {
                Variant = $"[{function.Declaration.Name}]",
                Fields = setup.Fields with { Immediate = TermWord.Constant(function.Declaration.Id, Width.Bits32) },
            }),
            CallOperation.Local or CallOperation.Exit => Enumerable.Range(0, profile.FrameLimit).Select(depth => setup with
            {
                Variant = $"[depth {depth}]",
                State = state with
                {
                    Frames = Sequence.Generate(depth, FrameAt),
                    Memory = state.Memory.WithRegions(
                        [.. state.Memory.Regions, .. Enumerable.Range(0, depth).Select(index => CalledFrame(admitting, index))]),
                },
            }),
            _ => [setup],
        };
    }

    /// <summary>A state in which everything is a variable.</summary>
    /// <param name="profile">Says which allowances are limited, and how large a frame is.</param>
    /// <param name="regions">The number of regions, all parts of one flat memory.</param>
    public static State<TermWord> Arbitrary(Profile profile, int regions)
    {
        var flat = Make.Variable(FlatMemory, Sort.Bytes);
        return new(
            Registers<TermWord>.Of([.. Enumerable.Range(0, Registers<TermWord>.Count).Select(number => Word($"r{number}"))]),
            Word("pc"),
            new RegionMemory<TermWord>(
                Sequence.Generate(regions, index => RegionOf($"region{index}", flat)),
                new(Word("stack.start"), TermWord.Constant((ulong)profile.FrameBytes, Width.Bits64), ArrayBytes.Variable("fresh"))),
            [],
            new(AllowanceOf(profile.BranchLimit, "branches"), AllowanceOf(profile.InstructionLimit, "instructions")),
            Host());
    }

    /// <summary>The fields of an encoding: variables where it holds a value or names a register; else zero, as rules see them.</summary>
    public static FieldWords<TermWord> FieldsOf(Form form)
    {
        return new(Of(Field.Destination), Of(Field.Source), Of(Field.Offset), Of(Field.Immediate), Of(Field.NextImmediate));

        TermWord Of(Field field) => form.Layout[field] switch
        {
            FieldUse.NamesRegister or FieldUse.HoldsValue => TermWord.Variable(field.Name(), field.Width()),
            FieldUse.Selects or FieldUse.Reserved => TermWord.Constant(0, field.Width()),
        };
    }

    /// <summary>That the fields of an encoding name registers that exist.</summary>
    public static IEnumerable<Term> RegistersExist(Form form) =>
        from field in (Sequence<Field>)[Field.Destination, Field.Source]
        where form.Layout[field] is FieldUse.NamesRegister
        select Make.Variable(field.Name(), 4).Below(Make.Constant(Registers<Word>.Count, 4));

    /// <summary>That no region wraps around, and no two overlap.</summary>
    public static IEnumerable<Term> WellFormed(Sequence<Region<TermWord>> regions)
    {
        for (var i = 0; i < regions.Count; i++)
        {
            yield return Fits(regions[i]);
            for (var j = 0; j < i; j++)
            {
                yield return IsEmpty(regions[i]) | IsEmpty(regions[j])
                    | (IsBefore(regions[i], regions[j]) | IsBefore(regions[j], regions[i]));
            }
        }
    }

    /// <summary>That a region does not wrap around: it is empty, or start &lt;= 2^64 - length.</summary>
    public static Term Fits(Region<TermWord> region) => IsEmpty(region)
        | !(Make.Constant(0, 64) - region.Length.Term).Below(region.Start.Term);

    // What never reaches memory needs no hypotheses about it.
    private static IEnumerable<Term> MemoryHypotheses(Form form, IMemory<TermWord> memory) =>
        form.Operation.Traps.Contains(Trap.MemoryAccess) ? WellFormed(memory.Regions) : [];

    private static Term IsEmpty(Region<TermWord> region) => region.Length.Term.EqualTo(0);

    private static Term IsBefore(Region<TermWord> left, Region<TermWord> right) => left.Start.Term.Below(right.Start.Term)
        & !(right.Start.Term - left.Start.Term).Below(left.Length.Term);

    private static Profile Admitting(Form form, Profile profile) => profile.Has(form.Group) && profile.Grants(form.Needs)
        ? profile
        : profile with
        {
            Name = $"{profile.Name}+platform",
            Groups = profile.Groups.Add(ConformanceGroup.Packet),
            PlatformEncodings =
            [
                PlatformEncoding.CallByBtfId, PlatformEncoding.Maps, PlatformEncoding.Variables, PlatformEncoding.CodeAddresses,
            ],
        };

    private static HostState<TermWord> Host()
    {
        var functions = DefaultHost.StoreFunctions<TermWord>();
        return new(
            functions,
            functions,
            new(
                Platform("map-by-fd"), Platform("map-by-index"), Platform("map-value"), Platform("variable-address"),
                    Platform("code-address"),
                new(Make.Apply("platform:packet-start", Sort.Of(64)))),
            new HostData<TermWord>(StoreOf("local"), StoreOf("global"), Word("now"), []));
    }

    // As many places as show every case: the key's own, a free one, and others.
    internal static Store<TermWord> StoreOf(string name) => new(Sequence.Generate(3, index => new StoreEntry<TermWord>(
        TermTruths.Of(Make.Variable($"{name}{index}.used", Sort.Truth)),
        TermWord.Variable($"{name}{index}.key", Width.Bits32),
        TermWord.Variable($"{name}{index}.value", Width.Bits32))));

    private static Func<TermWord, TermWord> Platform(string name) =>
        number => new(Make.Apply($"platform:{name}", Sort.Of(64), number.Term));

    private static TermWord Word(string name) => TermWord.Variable(name, Width.Bits64);

    private static Region<TermWord> RegionOf(string name, Term flat)
    {
        var start = Word($"{name}.start");
        return new(
            name,
            start,
            Word($"{name}.length"),
            TermTruths.Of(Make.Variable($"{name}.readable", Sort.Truth)),
            TermTruths.Of(Make.Variable($"{name}.writable", Sort.Truth)),
            new ArrayBytes(flat, start.Term));
    }

    private static Frame<TermWord> FrameAt(int index) =>
        new(Word($"frame{index}.return"), Sequence.Generate(5, saved => Word($"frame{index}.saved{saved}")));

    private static Region<TermWord> CalledFrame(Profile profile, int index) => new(
        "stack frame",
        Word($"frame{index}.start"),
        TermWord.Constant((ulong)profile.FrameBytes, Width.Bits64),
        Truth<TermWord>.Of(true),
        Truth<TermWord>.Of(true),
        ArrayBytes.Variable($"frame{index}.bytes"));

    private static Allowance<TermWord> AllowanceOf(Allowance<ulong> limit, string name) => limit switch
    {
        Allowance<ulong>.Unlimited => new Allowance<TermWord>.Unlimited(),
        Allowance<ulong>.Remaining => new Allowance<TermWord>.Remaining(Word(name)),
    };
}
