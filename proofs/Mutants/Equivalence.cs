using System.Collections.Concurrent;
using RbpfSpec.Mutants;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Decides whether a mutant of a rule is equivalent: whether it does what the rule does, whatever the state.</summary>
/// <remarks>
/// Asked for registers that stand for all: two of no special meaning, one twice, r0 as either, and r10, which to memory
/// is a base like others. No region is 2^63 bytes long, and what an array holds beyond the bytes of its region is nobody's. A
/// call is asked of each helper that ships; of memcpy, for copies of 0, 1 and 3 bytes.
/// </remarks>
public static class Equivalence
{
    private static readonly (int Destination, int Source)[] Numbers = [(1, 2), (1, 1), (0, 2), (1, 0), (1, 10), (10, 2)];

    /// <summary>The fates of mutants that no vector finds, in their order.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="profile">The machine variant.</param>
    /// <param name="sessions">Sessions with a solver, one a thread.</param>
    /// <param name="limit">The time for one question.</param>
    /// <param name="ended">Told, on any thread, of each encoding whose mutants are all tried, with their fates.</param>
    public static Sequence<EquivalenceFate> Of(
        Sequence<RuleMutant> mutants,
        Profile profile,
        IReadOnlyList<ISolver> sessions,
        TimeSpan limit,
        Action<Form, Sequence<EquivalenceFate>>? ended = null)
    {
        ConcurrentDictionary<string, Reply> verdicts = [];
        ConcurrentDictionary<RuleMutant, EquivalenceFate> fates = new(ReferenceEqualityComparer.Instance);
        SolverPool.Run(
            [.. mutants.GroupBy(mutant => mutant.Form.Id)],
            [.. sessions.Select(session => new RememberingSolver(session, verdicts))],
            (session, ofForm) =>
            {
                var prover = new Prover(session, limit);
                var setups = Setups(ofForm.First().Form, profile).Select(setup => (setup, setup.Execute())).ToList();
                foreach (var mutant in ofForm) fates[mutant] = Of(mutant, setups, prover);
                ended?.Invoke(ofForm.First().Form, [.. ofForm.Select(mutant => fates[mutant])]);
                return ofForm;
            },
            CancellationToken.None);
        return mutants.Map(mutant => fates[mutant]);
    }

    private static EquivalenceFate Of(RuleMutant mutant, List<(Setup Setup, Effect Effect)> setups, Prover prover)
    {
        List<(Setup Setup, Term Agreement)> open = [];

        // Values tried by chance cost little: those of all setups come before the first question to the solver.
        foreach (var (setup, effect) in setups)
        {
            var mutated = setup.Of(mutant.Execute(setup.Execution));
            var agreement = effect.Agrees(mutated, isWithinRegions: true);
            var question = Difference(setup, agreement, []);
            if (question.IsContradictory) continue;
            if (question.Sample() is { } sample) return Shown(setup, sample);
            open.Add((setup, agreement));
        }

        foreach (var (setup, question) in open.SelectMany(
            each => Cases(each.Setup, each.Agreement).Select(question => (each.Setup, question))))
        {
            switch (prover.Search(question, isLikely: setup.Form.Operation is CallOperation))
            {
                case ModelSearch.Values(var model):
                    return Shown(setup, model);
                case ModelSearch.Undecided(var reason):
                    return new EquivalenceFate.Undecided(reason);
                case ModelSearch.Nothing:
                    break;
            }
        }

        return new EquivalenceFate.Equivalent(
            open.Count == 0 ? "simplification makes it the rule" : ReachesMemory(mutant.Form)
                ? "no state tells it from the rule in a byte that a region has" : "no state tells it from the rule");
    }

    // Of memory, first each byte of the access, then any other: solvers take long to find that a byte is one of them.
    private static IEnumerable<Question> Cases(Setup setup, Term agreement)
    {
        if (Written(setup) is not { } written) return [Difference(setup, agreement, [])];
        Sequence<Term> lemmas =
            [.. Accesses(setup).SelectMany(access => Regions.OfEachByte(setup.State.Memory.Regions, access.Address, access.Count))];
        Sequence<Term> bytes = Sequence.Generate(
            written.Count, place => (written.Address + TermWord.Constant((ulong)place, Width.Bits64)).Term);
        return
        [
            .. bytes.Select(at => Difference(
                setup, Dag.Substitute(
                    agreement, new Dictionary<Term, Term>(ReferenceEqualityComparer.Instance) { [StateTerms.Anywhere] = at }), lemmas)),
            Difference(setup, agreement, [.. lemmas, .. bytes.Map(at => StateTerms.Anywhere.DiffersFrom(at))]),
        ];
    }

    private static (TermWord Address, int Count)? Written(Setup setup) => setup.Form.Operation switch
    {
        MemoryOperation or AtomicOperation => Accesses(setup).Single(),
        CallOperation.ByHelperId or CallOperation.ByBtfId when Accesses(setup).ToList() is [var first, ..] => first,
        _ => null,
    };

    // Each access of a known number of bytes; of a call, those that it writes first.
    private static IEnumerable<(TermWord Address, int Count)> Accesses(Setup setup) => setup.Form.Operation switch
    {
        MemoryOperation or AtomicOperation => [(new(Traps.Address(setup)), setup.Form.Width.Bytes)],
        CallOperation.ByHelperId or CallOperation.ByBtfId => CallSetups.Accesses(setup),
        _ => [],
    };

    private static Question Difference(Setup setup, Term agreement, IEnumerable<Term> known) =>
        new Proposition(
            [.. setup.Hypotheses, .. Short(setup), .. Remainders.Bounds(agreement), .. known],
            agreement,
            _ => new Replay.NotShown("nothing is replayed")).Question(ClaimKind.Always);

    private static EquivalenceFate.Differs Shown(Setup setup, Assignment model) =>
        new(SetupReplay.Before(
            setup.Form, Concretise.Fields(setup.Fields, model), Concretise.State(setup.State, model, SetupReplay.Host(setup, model))));

    private static IEnumerable<Setup> Setups(Form form, Profile profile) =>
        from setup in SetupCatalogue.Of(form, profile, 2).Concat(CallSetups.Of(form, profile))
        from numbers in !HasRegisters(form) ? [(1, 2)] : ReachesMemory(form) ? [(1, 2), (1, 1), (1, 0)] : Numbers
        where !WritesFramePointer(form, numbers)
        select Regions.WithLemmas(setup.WithRegisters(numbers.Destination, numbers.Source));

    // There sums are addresses, and what does not know them as sums proves nothing.
    private static bool ReachesMemory(Form form) => form.Operation.Traps.Contains(Trap.MemoryAccess);

    private static bool HasRegisters(Form form) =>
        form.Layout.Destination is FieldUse.NamesRegister || form.Layout.Source is FieldUse.NamesRegister;

    // The preflight rejects it.
    private static bool WritesFramePointer(Form form, (int Destination, int Source) numbers) => form.Writes switch
    {
        WrittenRegister.Destination => numbers.Destination == Register.Last,
        WrittenRegister.Source => numbers.Source == Register.Last,
        WrittenRegister.R0 or WrittenRegister.None => false,
    };

    private static IEnumerable<Term> Short(Setup setup) =>
        setup.State.Memory.Regions.Select(region => !region.Length.Term.BelowSigned(Make.Constant(0, 64)));
}

/// <summary>The verdict on a mutant that no vector finds.</summary>
public abstract record EquivalenceFate
{
    private EquivalenceFate()
    {
    }

    /// <summary>It is equivalent to the rule.</summary>
    /// <param name="Reason">How that is known, in a few words that many share.</param>
    public sealed record Equivalent(string Reason) : EquivalenceFate;

    /// <summary>It is one.</summary>
    /// <param name="State">A state in which it shows.</param>
    public sealed record Differs(string State) : EquivalenceFate;

    /// <summary>Nothing is known; not a pass.</summary>
    public sealed record Undecided(string Reason) : EquivalenceFate;
}
