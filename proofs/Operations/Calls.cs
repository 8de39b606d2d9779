using RbpfSpec.Host;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Operations;

/// <summary>The claims about calls beyond where they go: frames, kept registers, and the helpers that are stated over any words.</summary>
public static class Calls
{
    private const ulong Failed = ulong.MaxValue;

    // Any place in memory: what holds of it holds of all.
    private static readonly Term Anywhere = Make.Variable("address", 64);

    /// <summary>One claim for every setup of a call and of a return from one.</summary>
    public static IEnumerable<RuleClaim> Claims =>
        from setup in SetupCatalogue.ThatGoOn.Where(setup => setup.Form.Operation is CallOperation).Select(Regions.WithLemmas)
        where !IsTheEnd(setup)
        select new RuleClaim(
            "calls",
            setup,
            Sentence(setup),
            setup.Form.Operation is CallOperation.Local or CallOperation.Exit ? Clause.Spec("stack") : Clause.Spec("helpers"),
            effect => (!effect.Trapped).Implies(Conclusion(effect)),
            Bugs(setup))
        {
            Lemmas = setup.Form.Operation is CallOperation.ByHelperId or CallOperation.ByBtfId ? [Regions.Disjoint] : [],
        };

    // EXIT outside a function ends the program; what then holds, the families of rules and of frames say.
    private static bool IsTheEnd(Setup setup) => setup.Form.Operation is CallOperation.Exit && setup.State.Frames.IsEmpty;

    private static string Sentence(Setup setup) => setup.Form.Operation switch
    {
        CallOperation.Local =>
            "A local call keeps r6 to r10 and the next slot, and gives the function a zeroed frame below the caller's, whose end is r10.",
        CallOperation.Exit => "A return takes the frame of the function away, and the next one starts where it started.",
        _ => setup.Variant switch
        {
            "[store_local]" or "[store_global]" =>
                "Storing a pair puts it in the place of its key, else in the first free one, and r0 is 0; "
                + "where there is neither, nothing changes and r0 is -1.",
            "[fetch_local]" or "[fetch_global]" =>
                "Fetching writes the key's value, or 0 if it has none, to the 4 bytes that r2 points to, and nothing else; r0 is 0.",
            "[now_ms]" => "r0 is the time of the run in milliseconds, modulo 2^32.",
            _ => throw new ArgumentException($"{setup.Id} has no claim about its helper", nameof(setup)),
        },
    };

    private static Term Conclusion(Effect effect) => effect.Setup.Form.Operation switch
    {
        CallOperation.Local => NewFrame(effect),
        CallOperation.Exit => effect.After.Memory.Stack.Start.Term.EqualTo(
            effect.Setup.State.Memory.Stack.Start.Term + effect.Setup.State.Memory.Stack.FrameBytes.Term),
        _ => effect.Setup.Variant switch
        {
            "[store_local]" => Stores(effect, host => host.Local) & Same(effect, host => host.Global),
            "[store_global]" => Stores(effect, host => host.Global) & Same(effect, host => host.Local),
            "[fetch_local]" => Fetches(effect, effect.Setup.State.Host.Local),
            "[fetch_global]" => Fetches(effect, effect.Setup.State.Host.Global),
            _ => Make.All(
                R0(effect).EqualTo(effect.Setup.State.Host.Milliseconds.Term.Bits(0, 32).ZeroExtended(64)),
                Same(effect, host => host.Local),
                Same(effect, host => host.Global)),
        },
    };

    private static Term NewFrame(Effect effect)
    {
        var (before, after) = (effect.Setup.State, effect.After);
        if (after.Frames.IsEmpty || after.Memory.Regions.IsEmpty) return Make.False;
        var (kept, region) = (after.Frames[^1], after.Memory.Regions[^1]);
        var start = before.Memory.Stack.Start.Term - before.Memory.Stack.FrameBytes.Term;
        return Make.All(
            kept.ReturnTo.Term.EqualTo(before.ProgramCounter.Term + 1),
            Make.Truth(kept.Saved.Count == 5),
            Make.All(kept.Saved.Select((word, index) => word.Term.EqualTo(before.Registers[6 + index].Term))),
            after.Registers[10].Term.EqualTo(before.Memory.Stack.Start.Term),
            after.Memory.Stack.Start.Term.EqualTo(start),
            region.Start.Term.EqualTo(start),
            region.Length.Term.EqualTo(before.Memory.Stack.FrameBytes.Term),
            region.Readable.Term,
            region.Writable.Term,
            ((ArrayBytes)region.Bytes).Array[Anywhere].EqualTo(((ArrayBytes)before.Memory.Stack.FreshFrame).Array[Anywhere]));
    }

    private static Term Stores(Effect effect, Func<HostState<TermWord>, Store<TermWord>> store)
    {
        var (key, value) = (Low(effect.Setup.State.Registers[1]), Low(effect.Setup.State.Registers[2]));
        var (before, after) = (store(effect.Setup.State.Host).Entries, store(effect.After.Host).Entries);
        var present = Make.Any(before.Select(entry => Holds(entry, key)));
        var free = Make.Any(before.Select(entry => !entry.Used.Term));
        return Make.All(
            R0(effect).EqualTo(Make.Choose(present | free, Make.Constant(0, 64), Make.Constant(Failed, 64))),
            Make.Truth(before.Count == after.Count),
            Make.All(before.Zip(after).Select((places, index) =>
            {
                var isFirstFree = !places.First.Used.Term & Make.All(before.Take(index).Select(earlier => earlier.Used.Term));
                return Make.Choose(
                    Holds(places.First, key) | (!present & isFirstFree),
                    Make.All(places.Second.Used.Term, places.Second.Key.Term.EqualTo(key), places.Second.Value.Term.EqualTo(value)),
                    Make.All(
                        places.Second.Used.Term.EqualTo(places.First.Used.Term),
                        places.Second.Key.Term.EqualTo(places.First.Key.Term),
                        places.Second.Value.Term.EqualTo(places.First.Value.Term)));
            })));
    }

    // The value goes to the region that grants writing there; that the other regions do not hold the bytes is claimed in regions/disjoint.
    private static Term Fetches(Effect effect, Store<TermWord> store)
    {
        var setup = effect.Setup;
        var (key, address) = (Low(setup.State.Registers[1]), setup.State.Registers[2]);
        var value = store.Entries.Aggregate(
            Make.Constant(0, 32), (earlier, entry) => Make.Choose(Holds(entry, key), entry.Value.Term, earlier));
        return Make.All(
            R0(effect).EqualTo(0),
            Make.All(setup.State.Memory.Regions.Zip(effect.After.Memory.Regions, (before, after) => Make.Equal(
                ((ArrayBytes)after.Bytes).Array[Anywhere],
                Make.Choose(
                    before.Grants(address, TermWord.Constant(4, Width.Bits64), Access.ReadWrite).Term,
                    ByteOf(value, address.Term, ((ArrayBytes)before.Bytes).Array[Anywhere]),
                    ((ArrayBytes)before.Bytes).Array[Anywhere])))),
            Same(effect, host => host.Local),
            Same(effect, host => host.Global));
    }

    // The byte anywhere once four bytes are at an address, the lowest first.
    private static Term ByteOf(Term value, Term address, Term otherwise) =>
        Enumerable.Range(0, 4).Aggregate(otherwise, (rest, index) => Make.Choose(
        Anywhere.EqualTo(address + Make.Constant((ulong)index, 64)), value.Bits(8 * index, 8), rest));

    private static Term Same(Effect effect, Func<HostState<TermWord>, Store<TermWord>> store) =>
        Make.Truth(store(effect.After.Host) == store(effect.Setup.State.Host));

    private static Term Holds(StoreEntry<TermWord> entry, Term key) => entry.Used.Term & entry.Key.Term.EqualTo(key);

    private static Term Low(TermWord word) => word.Term.Bits(0, 32);

    private static Term R0(Effect effect) => effect.After.Registers[0].Term;

    private static Sequence<SetupMutant> Bugs(Setup setup) =>
    [
        new("the frames of the stack stay where they are, and r0 is one more", () =>
        {
            var effect = setup.Execute();
            var state = effect.After;
            return effect with
            {
                Outcome = new Outcome<TermWord>.Next(state with
                {
                    Registers = state.Registers.With(0, state.Registers[0] + TermWord.Constant(1, Width.Bits64)),
                    Memory = state.Memory.WithStack(setup.State.Memory.Stack),
                }),
            };
        }),
    ];
}
