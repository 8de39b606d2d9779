using RbpfSpec.Host.Helpers;
using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Host;

/// <summary>The claims about what is granted: what is not cannot be called, and the helpers that a program calls are all listed.</summary>
public static class Grants
{
    private const int SlotCount = 4;
    private const uint Unknown = 0x7777;

    // CALL by a static id: opcode, both registers and the offset, as the low half of the slot.
    private const ulong CallBits = 0x85;
    private const ulong WideOpcode = 0x18;

    private static readonly Form Call = OperationTable.Forms.Single(form => form.Operation is CallOperation.ByHelperId);

    private static readonly Sequence<uint> Ids = HelperCatalogue.Ids;

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims => [Preflights, Calls, Listed];

    // None, all, and all but one.
    private static IEnumerable<Sequence<uint>> Sets => [[], Ids, .. Ids.Select(Without)];

    private static Sequence<uint> Without(uint id) => Ids.Where(other => other != id).ToSequence();

    private static Claim Preflights
    {
        get
        {
            var granted = Preflight.Checks.OfType<FunctionIsGranted>().ToSequence<Check>();
            return new()
            {
                Id = "host/granted/preflight",
                Sentence = "A call of any id is rejected by the preflight exactly where the id is not among those granted: none, all "
                    + "helpers of a device, or all but any one.",
                Source = Clause.Spec("Containers"),
                State = () => About(grants => grants, []),
                Mutants =
                [
                    new("the check is left out", () => About(grants => grants, granted)),
                    new("0x01 is granted to all", () => About(grants => [.. grants, 1], [])),
                    new("the last one granted is not", () => About(grants => grants.IsEmpty ? grants : grants.WithoutLast(), [])),
                    new("what is granted to one is granted to all", () => About(_ => Ids, [])),
                ],
            };

            Proposition About(Func<Sequence<uint>, Sequence<uint>> change, Sequence<Check> leftOut)
            {
                var sites = Sets.Select(set => (Set: set, Site: AnyProgram.SiteOf(
                    AnyProgram.SlotOf(Call.Opcode), Admission.Of(Profile.Rbpf, change(set))))).ToSequence();
                var slot = sites[0].Site.Slot;
                return new(
                    [Decoder.Matches(Call, slot).Term],
                    Make.All(sites.Select(site => Make.Any(granted.Where(check => !leftOut.Contains(check))
                        .Select(check => check.Violated(site.Site).Term)).EqualTo(!IsAmong(slot.Immediate.Term, site.Set)))),
                    assignment => Show(slot.Immediate, sites, assignment));
            }

            Replay Show(TermWord immediate, Sequence<(Sequence<uint> Set, Site<TermWord> Site)> sites, Assignment assignment)
            {
                var replays = sites.Select(site => PreflightReplay.OfSite(site.Site, [], assignment));
                if (replays.OfType<Replay.NotShown>().FirstOrDefault() is { } notShown) return notShown;
                var id = (uint)assignment.Evaluate(immediate.Term);
                return new Replay.Shown(
                [
                    $"call 0x{id:x}",
                    .. sites.Where(site => granted.All(check => !Concretise.Value(check.Violated(site.Site), assignment).Value)
                            != site.Set.Contains(id))
                        .Select(site => $"of the grants {string.Join(' ', site.Set.Select(one => $"{one:x2}"))}, "
                            + $"0x{id:x} {(site.Set.Contains(id) ? "is one" : "is none")}")
                        .Take(1),
                ]);
            }
        }
    }

    private static Claim Calls
    {
        get
        {
            return new()
            {
                Id = "host/granted/call",
                Sentence = "A call of a helper that is not granted traps and changes nothing, though the device has it.",
                Source = Clause.Spec("Containers"),
                State = () => About(HelperCatalogue.Of),
                Mutants =
                [
                    new("all helpers of the device are there", () => About(_ => HelperCatalogue.All)),
                    new("a helper is found by the low 4 bits of its id", () => About(ids => HelperCatalogue.All
                        .Where(function => ids.Any(id => (id & 15) == (function.Declaration.Id & 15))).ToSequence())),
                    new("one more is granted", () => About(ids => HelperCatalogue.Of([.. ids, 0x33]))),
                ],
            };

            static Proposition About(Func<Sequence<uint>, Sequence<HelperFunction<Word>>> find)
            {
                var setup = SetupCatalogue.Of(Call, Profile.Rbpf, 1).First();
                List<(uint Id, Term Refused)> calls = [];
                foreach (var id in Ids.Add(Unknown))
                {
                    // What a helper does there does not matter.
                    var functions = find(Without(id)).Map(function => new HelperFunction<TermWord>(
                        function.Declaration, call => new(TermWord.Variable("result", Width.Bits64), call.State, [])));
                    var effect = (setup with
                    {
                        Fields = setup.Fields with { Immediate = TermWord.Constant(id, Width.Bits32) },
                        State = setup.State with { Host = setup.State.Host with { Helpers = functions } },
                    }).Execute();
                    calls.Add((id, effect.TrapsBy(Trap.UnknownHelper)));
                }

                return new([], Make.All(calls.Select(call => call.Refused)), assignment => new Replay.Shown(
                [
                    .. calls.Where(call => assignment.Evaluate(call.Refused) == UInt128.Zero).Select(call => $"0x{call.Id:x} is called"),
                ]));
            }
        }
    }

    private static Claim Listed
    {
        get
        {
            var slots = AnySlots;
            return new()
            {
                Id = "host/imports",
                Sentence = "Of any four slots in a row from the start of a program, those listed as calls of helpers are the ones in which "
                    + "an instruction starts whose low half is that of CALL by a static id: the second slot of a wide instruction is none.",
                Source = Clause.Spec("Containers"),
                State = () => About((taken, profile) => Imports.Calls(taken, profile)),
                Mutants =
                [
                    new("the second slot of a wide instruction counts", () => About((taken, profile) =>
                        taken.Map(slot => Imports.Calls<TermWord>([slot], profile)[0]))),
                    new("the slot after a wide instruction is passed over, too", () => About((taken, profile) => Imports
                        .Calls(taken, profile)
                        .Select((call, index) => index < 2 ? call : call & !IsWide(taken[index - 2])).ToSequence())),
                    new("a call of a function of the program counts", () => About((taken, profile) => Imports.Calls(
                        taken.Map(slot => slot with { Source = slot.Source & TermWord.Constant(14, Width.Bits4) }), profile))),
                    new("reserved fields do not count", () => About((taken, profile) => Imports.Calls(
                        taken.Map(slot => slot with { Offset = TermWord.Constant(0, Width.Bits16) }), profile))),
                    new("the last slot is left out", () => About((taken, profile) =>
                        Imports.Calls(taken, profile).With(SlotCount - 1, Truth<TermWord>.Of(false)))),
                ],
            };

            Proposition About(Func<Sequence<Slot<TermWord>>, Profile, Sequence<Truth<TermWord>>> list)
            {
                List<(string Profile, int Slot, Term Listed, Term Should)> places = [];
                foreach (var profile in SetupCatalogue.Profiles)
                {
                    var listed = list(slots.Map(Slot<TermWord>.Of), profile);
                    var starts = Make.True;
                    for (var i = 0; i < SlotCount; i++)
                    {
                        var bits = slots[i].Term;
                        places.Add((profile.Name, i, listed[i].Term, starts & bits.Bits(0, 32).EqualTo(CallBits)));
                        starts = !(starts & bits.Bits(0, 8).EqualTo(WideOpcode));
                    }
                }

                return new(
                    [],
                    Make.All(places.Select(place => place.Listed.EqualTo(place.Should))),
                    assignment => !IsSaid(assignment)
                        ? new Replay.NotShown("on numbers others are listed than on terms")
                        : new Replay.Shown(
                    [
                        .. slots.Select((slot, index) => $"slot {index}: 0x{Concretise.Value(slot, assignment).Value:x16}"),
                        .. places.Where(place => assignment.Evaluate(place.Listed) != assignment.Evaluate(place.Should))
                            .Select(place => $"slot {place.Slot} under {place.Profile}: "
                                + (assignment.Evaluate(place.Should) == UInt128.One ? "a call, and not listed" : "listed, and no call")),
                    ]))
                {
                    // Wide instructions and calls.
                    Suggested =
                    [
                        .. slots.Select((slot, index) => (slot.Term, Make.Concatenate(
                            Make.Variable($"any{index}", 32),
                            Make.Choose(
                                Make.Variable($"wide{index}", Sort.Truth),
                                Make.Constant(WideOpcode, 32),
                                Make.Constant(CallBits, 32)
                                    + Make.Concatenate(Make.Variable($"other{index}", 2), Make.Constant(0UL, 12)).ZeroExtended(32))))),
                    ],
                };
            }
        }
    }

    private static Sequence<TermWord> AnySlots { get; } =
        Sequence.Generate(SlotCount, index => TermWord.Variable($"slot{index}", Width.Bits64));

    // Whether what is listed on numbers is what the terms say.
    private static bool IsSaid(Assignment assignment) => SetupCatalogue.Profiles.All(profile => Imports
        .Calls(AnySlots.Map(slot => Slot<Word>.Of(Concretise.Value(slot, assignment))), profile)
        .SequenceEqual(Imports.Calls(AnySlots.Map(Slot<TermWord>.Of), profile).Select(call => Concretise.Value(call, assignment))));

    private static Truth<TermWord> IsWide(Slot<TermWord> slot) =>
        TermWord.Same(slot.Opcode, TermWord.Constant(WideOpcode, Width.Bits8));

    private static Term IsAmong(Term id, Sequence<uint> ids) => Make.Any(ids.Select(one => id.EqualTo(one)));
}
