using RbpfSpec.Host;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Host;

/// <summary>The claims that containers are apart: an instruction of one changes no byte of another, and a fault leaves nothing.</summary>
/// <remarks>
/// All regions of all containers are parts of one flat memory, wherever a device lays them, and share no byte. What holds of one
/// instruction holds of a run, instruction by instruction; and what a run leaves, <see cref="RunEnd"/> says.
/// </remarks>
public static class Containers
{
    private static readonly Region<TermWord> Other = new(
        "other",
        TermWord.Variable("other.start", Width.Bits64),
        TermWord.Variable("other.length", Width.Bits64),
        Truth<TermWord>.Of(true),
        Truth<TermWord>.Of(true),
        new ArrayBytes(Make.Variable(SetupCatalogue.FlatMemory, Sort.Bytes), TermWord.Variable("other.start", Width.Bits64).Term));

    private const ulong Room = 16;
    private const ulong Distance = 4096;

    private static readonly Term Behind = Make.Variable("suggested.behind", Sort.Truth);

    private static readonly HostData<TermWord> Before = DataOf("before", 1);
    private static readonly HostData<TermWord> After = DataOf("after", 2);

    /// <summary>One claim for every rule that writes memory.</summary>
    public static IEnumerable<Claim> Steps =>
        from form in OperationTable.Forms
        where form.Operation is MemoryOperation or AtomicOperation && Codes.MayWrite(form)
        from setup in SetupCatalogue.Of(form, Profile.Rbpf, 2)
        select Apart(setup);

    /// <summary>The claims about the end of a run.</summary>
    public static IEnumerable<Claim> Ends =>
    [
        OfEnd(
            "fault",
            "A run that a trap ended leaves stores, handles, sensors and response as they were before it, whatever it did to them.",
            isFault: true,
            Before,
            [
                new("a fault leaves the global store that the run had", left => left with { Global = After.Global }),
                new("a fault leaves the local store that the run had", left => left with { Local = After.Local }),
                new("a fault leaves a pair of the run in the global store", left => left with
                {
                    Global = left.Global.Put(After.Local.Entries[0].Key, After.Local.Entries[0].Value),
                }),
                new("a fault leaves the handles that the run found", left => left with
                {
                    Facilities = left.Facilities with { Handles = After.Facilities.Handles },
                }),
                new("a fault leaves the actuators that the run set", left => left with
                {
                    Facilities = left.Facilities with { Sensors = After.Facilities.Sensors },
                }),
            ]),
        OfEnd(
            "exit",
            "A run that ended by EXIT leaves stores, handles, sensors and response as it had them at its end.",
            isFault: false,
            After,
            [
                new("the values of the run are lost", _ => Before),
                new("the local store is taken for the global one", left => left with { Global = left.Local }),
                new("the response is lost", left => left with { Facilities = left.Facilities with { Reply = null } }),
            ]),
    ];

    private static Claim Apart(Setup setup)
    {
        var regions = setup.State.Memory.Regions;
        var (one, bytes) = (TermWord.Constant(1, Width.Bits64), setup.Form.Width.Bytes);
        var address = new TermWord(Traps.Address(setup));
        Sequence<TermWord> written = Sequence.Generate(bytes, place => address + TermWord.Constant((ulong)place, Width.Bits64));
        Sequence<Term> hypotheses =
        [
            .. SetupCatalogue.RegistersExist(setup.Form),
            .. Regions.OfEachByte([.. regions, Other], address, bytes),
        ];
        return new()
        {
            Id = $"host/apart/{setup.Id}",
            Sentence = "Unless it traps, the instruction changes no byte of another container, wherever the regions of both lie.",
            Source = Clause.Spec("Containers"),
            State = () => About(regions),
            Mutants =
            [
                new("the check takes regions for a byte longer", () => About(regions.Map(region => region with
                {
                    Length = region.Length + one,
                }))),
                new("the region of another container is granted, too", () => About(regions.Add(Other))),
                new("an access within either region is granted in the first", () => About(regions.With(0, Other with
                {
                    Name = regions[0].Name, Start = regions[0].Start, Length = regions[0].Length + Other.Length,
                    Bytes = regions[0].Bytes,
                }))),
            ],
            Lemmas = [Regions.Disjoint, Regions.Touches],
        };

        Proposition About(Sequence<Region<TermWord>> granted)
        {
            var effect = (setup with { State = setup.State with { Memory = setup.State.Memory.WithRegions(granted) } }).Execute();
            var parts = effect.After.Memory.Regions.Map(region => (
                region.Name,
                Same: ((ArrayBytes)region.Bytes).Array[StateTerms.Anywhere].EqualTo(((ArrayBytes)Other.Bytes).Array[StateTerms.Anywhere])));
            var isOthers = (StateTerms.Anywhere - Other.Start.Term).Below(Other.Length.Term);
            var isApart = effect.Trapped | isOthers.Implies(Make.All(parts.Select(part => part.Same)));
            return new(
                hypotheses,
                AnyPlace.Each(StateTerms.Anywhere, written.Map(at => at.Term), isApart),
                assignment => SetupReplay.Of(setup, effect with { Setup = setup }, assignment,
                [
                    $"another container has {(ulong)assignment.Evaluate(Other.Length.Term)} bytes at "
                    + $"0x{(ulong)assignment.Evaluate(Other.Start.Term):x}, and its bytes are written",
                ]))
            {
                // The first region ends before the last byte written, and the other one begins there; or it is written as a whole.
                Suggested =
                [
                    .. NearAccess.Of(setup),
                    (regions[0].Length.Term, Make.Constant(Room, 64)),
                    (regions[0].Start.Term, address.Term + Make.Choose(
                        Behind, Make.Constant((ulong)bytes - 1 - Room, 64), Make.Constant(Distance, 64))),
                    (regions[1].Length.Term, Make.Constant(Room, 64)),
                    (regions[1].Start.Term, address.Term + (2 * Distance)),
                    (regions[0].Writable.Term, Make.True),
                    (regions[0].Readable.Term, Make.True),
                    (Other.Start.Term, address.Term + Make.Choose(
                        Behind, Make.Constant((ulong)bytes - 1, 64), Make.Constant(0UL, 64))),
                    (Other.Length.Term, Make.Constant(Room, 64)),

                    // What a compare and exchange has to find, so that it writes.
                    .. setup.Form.Operation is AtomicOperation.CompareExchange
                        ? (Sequence<(Term, Term)>)
                        [
                            (setup.State.Registers[0].Term,
                                regions[0].Bytes.Read(address - regions[0].Start, setup.Form.Width).ZeroExtend(Width.Bits64).Term),
                        ]
                        : [],
                ],
            };
        }
    }

    private static Claim OfEnd(
        string id,
        string sentence,
        bool isFault,
        HostData<TermWord> expected,
        Sequence<(string Name, Func<HostData<TermWord>, HostData<TermWord>> Change)> bugs)
    {
        var state = SetupCatalogue.Arbitrary(Profile.Rbpf, 1);
        state = state with { Host = state.Host with { Data = After } };
        return new()
        {
            Id = $"host/{id}",
            Sentence = sentence,
            Source = Clause.Spec("Faults"),
            State = () => About(left => left),
            Mutants = [.. bugs.Select(bug => new Mutant(bug.Name, () => About(bug.Change)))],
        };

        Proposition About(Func<HostData<TermWord>, HostData<TermWord>> change)
        {
            var said = RunEnd.Left(Before, Ended(state));
            var parts = Compared(change(said), expected).ToSequence();
            return new([], Make.All(parts.Select(part => part.Same)), assignment =>
            {
                var concrete = Concretise.State(state, assignment, HostState<Word>.Bare);
                return RunEnd.Left((HostData<Word>)Value(Before, assignment), Ended(concrete)).Equals(Value(said, assignment))
                    ? new Replay.Shown(
                        [.. parts.Where(part => assignment.Evaluate(part.Same) == UInt128.Zero).Select(part => $"{part.What} is another")])
                    : new Replay.NotShown("a run on numbers leaves something else than one on terms");
            });
        }

        Outcome<T> Ended<T>(State<T> end)
            where T : IWord<T> => isFault ? new Outcome<T>.Trapped(Trap.MemoryAccess, end) : new Outcome<T>.Exited(end);
    }

    private static IHostData<Word> Value(HostData<TermWord> data, Assignment assignment) =>
        data.Map(word => Concretise.Value(word, assignment), truth => Concretise.Value(truth, assignment));

    private static IEnumerable<(string What, Term Same)> Compared(HostData<TermWord> left, HostData<TermWord> right) =>
    [
        .. Pairs("the local store", left.Local, right.Local),
        .. Pairs("the global store", left.Global, right.Global),
        ("the handles", Make.Truth(left.Facilities.Handles == right.Facilities.Handles)),
        ("the sensors", Make.Truth(left.Facilities.Sensors == right.Facilities.Sensors)),
        ("the response", Make.Truth(left.Facilities.Reply == right.Facilities.Reply)),
        ("the time of the next run", Make.Truth(left.Facilities.Wakeup == right.Facilities.Wakeup)),
    ];

    private static IEnumerable<(string What, Term Same)> Pairs(string name, Store<TermWord> left, Store<TermWord> right) =>
        left.Entries.Zip(right.Entries).Select((pair, index) => ($"{name}, place {index}", Make.All(
            pair.First.Used.Term.EqualTo(pair.Second.Used.Term),
            pair.First.Key.Term.EqualTo(pair.Second.Key.Term),
            pair.First.Value.Term.EqualTo(pair.Second.Value.Term))));

    private static HostData<TermWord> DataOf(string name, int number) => HostData<TermWord>.Empty with
    {
        Local = SetupCatalogue.StoreOf($"{name}.local"),
        Global = SetupCatalogue.StoreOf($"{name}.global"),
        Facilities = new(0, [new Sensor($"{name}", (byte)number, null)], new(Sequence.Generate(number, index => index)))
        {
            Reply = new(number),
            Wakeup = (ulong)number,
        },
    };
}
