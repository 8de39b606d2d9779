using RbpfSpec.Host;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Operations;

/// <summary>Family 5: every byte read or written lies in a region that grants it.</summary>
/// <remarks>
/// Three regions anywhere, of any size. What no region grants for reading holds poison: two runs whose poison differs
/// must not differ in anything. What no region grants for writing notes that it was written: it must not be.
/// </remarks>
public static class Isolation
{
    private const int RegionCount = 3;

    /// <summary>One claim for every rule that reaches memory, and for arbitrary helpers with each kind of argument.</summary>
    public static IEnumerable<RuleClaim> Claims =>
        from profile in SetupCatalogue.Profiles
        from form in OperationTable.Forms
        where form.Operation.Traps.Contains(Trap.MemoryAccess)
        from setup in Setups(form, profile)
        select new RuleClaim(
            "isolation",
            setup,
            "Unless it traps, the instruction reads only bytes that a region grants for reading and writes only bytes that a region grants "
            + "for writing, wherever three regions lie and whatever their sizes.",
            Clause.Spec("memory"),
            effect => IsIsolated(setup, effect),
            Bugs(setup))
        {
            Explain = Explain,
            Lemmas = [Regions.Touches],
        };

    private static Sequence<Setup> Setups(Form form, Profile profile)
    {
        Sequence<Setup> setups = [.. SetupCatalogue.Of(form, profile, RegionCount).Select(Poisoned)];
        return form.Operation is CallOperation.ByHelperId
            ? [.. setups, .. ArbitraryKinds.Select(kind => Calling(setups[0], kind.Name, kind.Kind))]
            : setups;
    }

    private static Setup Poisoned(Setup setup) => setup with { State = Poison(setup.State, "poison") };

    private static State<TermWord> Poison(State<TermWord> state, string name) => state with
    {
        Memory = state.Memory.WithRegions(state.Memory.Regions.Map(region => region with { Bytes = PoisonedBytes.Of(region, name) })),
    };

    private static IEnumerable<string> Explain(Effect effect, Assignment assignment)
    {
        foreach (var region in effect.After.Memory.Regions.Where(
            region => assignment.Evaluate(((PoisonedBytes)region.Bytes).Escaped) == UInt128.One))
        {
            yield return $"through region '{region.Name}' it writes a byte that the region does not grant for writing";
        }

        var other = new Dictionary<Term, Term> { [Make.Variable("poison", Sort.Bytes)] = Make.Variable("other", Sort.Bytes) };
        foreach (var term in effect.Traps.Select(trap => trap.When).Concat(Observed(effect)))
        {
            var (one, two) = (assignment.Evaluate(term), assignment.Evaluate(Dag.Substitute(term, other)));
            if (one == two) continue;
            yield return "what it comes to depends on a byte that no region grants for reading: "
                + $"{ComparedValue.Hex(one)} or {ComparedValue.Hex(two)}";
            break;
        }
    }

    private static Term IsIsolated(Setup setup, Effect effect)
    {
        // The same effect with other poison: the terms of the first, that variable replaced.
        var other = new Dictionary<Term, Term> { [Make.Variable("poison", Sort.Bytes)] = Make.Variable("other", Sort.Bytes) };
        var escapes = effect.After.Memory.Regions.Select(region => ((PoisonedBytes)region.Bytes).Escaped);
        var observed = Observed(effect).ToList();
        return Make.All(
            Make.All(effect.Traps.Select(trap => trap.When.EqualTo(Dag.Substitute(trap.When, other)))),
            (!effect.Trapped).Implies(!Make.Any(escapes) & Make.All(observed.Select(term => term.EqualTo(Dag.Substitute(term, other))))));
    }

    // Everything of the state after that the rule may have changed; of memory, any one byte of each region.
    private static IEnumerable<Term> Observed(Effect effect)
    {
        var state = effect.After;
        var anywhere = Make.Variable("anywhere", 64);
        return
        [
            .. Enumerable.Range(0, Register.Last + 1).Select(number => state.Registers[number].Term),
            state.ProgramCounter.Term,
            .. state.Memory.Regions.Select(region => ((PoisonedBytes)region.Bytes).Array[anywhere]),
            .. state.Host.Local.Entries.Concat(state.Host.Global.Entries)
                .SelectMany(entry => (Term[])[entry.Used.Term, entry.Key.Term, entry.Value.Term]),
        ];
    }

    private static Sequence<(string Name, ArgumentKind Kind)> ArbitraryKinds =>
    [
        ("reads 4", new ArgumentKind.Readable(new ByteCount.Fixed(4))),
        ("writes 8", new ArgumentKind.Writable(new ByteCount.Fixed(8))),
        ("reads r3", new ArgumentKind.Readable(new ByteCount.InArgument(3))),
        ("writes r3", new ArgumentKind.Writable(new ByteCount.InArgument(3))),
        ("reads the rest", new ArgumentKind.Readable(new ByteCount.RestOfRegion())),
        ("writes the rest", new ArgumentKind.Writable(new ByteCount.RestOfRegion())),
    ];

    // A helper that reads anywhere, and writes anything anywhere, through the views that it was given.
    private static HelperFunction<T> Arbitrary<T>(string name, ArgumentKind kind, Func<string, Width, T> value)
        where T : IWord<T> => new(
            new(0x7f, $"any helper that {name}", "Does anything.", [new ArgumentKind.Value(), kind, new ArgumentKind.Value()]),
            call => new(
                call.Views[1].Read(value("helper.reads", Width.Bits64), Width.Bits8).ZeroExtend(Width.Bits64),
                call.State,
                [
                    .. from argument in (Sequence<int>)[1, 2, 3]
                       from width in (Sequence<Width>)[Width.Bits8, Width.Bits64]
                       select new ViewWrite<T>(
                           argument, value($"helper.writes{argument}", Width.Bits64), value($"helper.value{width.Bits}", width)),
                ]));

    private static Setup Calling(Setup setup, string name, ArgumentKind kind)
    {
        var function = Arbitrary<TermWord>(name, kind, TermWord.Variable);
        return setup with
        {
            Variant = $"[{function.Declaration.Name}]",
            Fields = setup.Fields with { Immediate = TermWord.Constant(function.Declaration.Id, Width.Bits32) },
            State = setup.State with { Host = setup.State.Host with { Helpers = [function] } },
            Helpers = assignment =>
            [
                Arbitrary<Word>(name, kind, (variable, width) => Concretise.Value(TermWord.Variable(variable, width), assignment)),
            ],
        };
    }

    // The access check is asked about other regions than there are: what it then grants is not theirs to grant.
    private static Sequence<SetupMutant> Bugs(Setup setup)
    {
        return setup.Form.Operation is CallOperation && setup.Form.Operation.Execute(setup.Execution).Guards.IsEmpty
            ? [Mutated("every call writes to the first region", region => region, writes: true)]
            :
            [
                Mutated("the check takes regions for one byte longer", region => region with
                {
                    Length = region.Length + TermWord.Constant(1, Width.Bits64),
                }),
                Mutated("the check ignores permissions", region =>
                    region with { Readable = Truth<TermWord>.Of(true), Writable = Truth<TermWord>.Of(true) }),
            ];

        SetupMutant Mutated(
            string name, Func<Region<TermWord>, Region<TermWord>> change, bool writes = false) => new(name, () =>
        {
            var memory = setup.State.Memory;
            var mutated = setup with { State = setup.State with { Memory = memory.WithRegions(memory.Regions.Map(change)) } };
            var effect = mutated.Execute();
            return writes ? Writing(effect) : effect;
        });
    }

    private static Effect Writing(Effect effect)
    {
        var memory = effect.After.Memory;
        var first = memory.Regions[0];
        var written = first.Bytes.Write(TermWord.Constant(0, Width.Bits64), TermWord.Constant(0, Width.Bits8), Truth<TermWord>.Of(true));
        return effect with
        {
            Outcome = new Outcome<TermWord>.Next(effect.After with
            {
                Memory = memory.WithRegions(memory.Regions.With(0, first with { Bytes = written })),
            }),
        };
    }
}
