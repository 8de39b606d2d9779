using RbpfSpec.Host;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Proofs.Operations;
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

/// <summary>The claims about the helpers of a device: what a call may change, whatever the helper does.</summary>
/// <remarks>
/// The body of the helper is arbitrary: it writes and copies anything anywhere, and leaves the host in any state. What its
/// declaration and its parts do not grant stays as it was; so the claim holds of the body that the helper has.
/// </remarks>
public static class Helpers
{
    private const ulong FewBytes = 8;
    private const ulong Copied = 2;

    private static readonly Store<TermWord> OtherLocal = SetupCatalogue.StoreOf("helper.local");
    private static readonly Store<TermWord> OtherGlobal = SetupCatalogue.StoreOf("helper.global");

    // Unlike those before it in each part.
    private static readonly Facilities OtherFacilities = new(1, [new Sensor("other", 1, null)], new([0]))
    {
        Reply = new(1),
        Wakeup = 1,
    };

    private static readonly Sequence<string> OtherOutput = ["printed"];

    /// <summary>One claim for every helper of the catalogue, and another for each that can copy from argument to argument.</summary>
    public static IEnumerable<RuleClaim> Claims =>
        from helper in HelperCatalogue.Declarations
        from copies in (Sequence<bool>)[false, true]
        where !copies || helper.Arguments.Count(kind => kind is not ArgumentKind.Value) > 1
        select Claim(helper, copies);

    /// <summary>That each byte of a write that lies within a view is one of the view.</summary>
    public static Claim Lies { get; } = LiesClaim;

    private static Setup Any { get; } = SetupCatalogue.Of(
        OperationTable.Forms.Single(form => form.Operation is CallOperation.ByHelperId), Profile.Rbpf, 2).First();

    private static RuleClaim Claim(Helper helper, bool copies)
    {
        var parts = HelperCatalogue.PartsOf(helper.Id);
        var setup = Calling(helper, parts, copies);
        setup = setup with { Hypotheses = [.. setup.Hypotheses, .. Known(setup.State, helper)] };
        return new(
            "host/writes",
            setup,
            $"Whatever {helper.Name} does, a call changes no byte outside its writable arguments, no register but r0, no grant, "
            + $"no time, and of the host {(parts is HostParts.None ? "nothing" : $"nothing but {parts.ToString().ToLowerInvariant()}")}.",
            Clause.Spec("Helpers of a device"),
            effect => AnyPlace.Each(
                StateTerms.Anywhere,
                Written(setup.State, helper),
                effect.Trapped | Make.All(Changed(setup, helper, parts, effect).Select(part => part.Holds))),
            [
                Bug(
                    setup,
                    "another argument may be written",
                    Calling(helper with { Arguments = WithAnother(helper.Arguments) }, parts, copies)),
                Bug(setup, "all that the helper leaves is taken over", Calling(helper, null, copies)),
                Bug(setup, "one part more is taken over", Calling(helper, parts | Missing(parts), copies)),
                .. helper.Arguments.Any(kind => kind is ArgumentKind.Writable)
                    ? (Sequence<SetupMutant>)[Bug(setup, "a view is 8 bytes longer", Longer(helper, parts, copies))]
                    : [],
            ])
        {
            Explain = (effect, assignment) => Changed(setup, helper, parts, effect)
                .Where(part => assignment.Evaluate(part.Holds) == UInt128.Zero)
                .Select(part => $"{part.What} may not change"),
            Lemmas = [Lies],
        };
    }

    // Where the helper writes and copies to, through arguments that it may write.
    private static Sequence<Term> Written(State<TermWord> state, Helper helper) =>
    [
        .. from argument in helper.Arguments.Index()
           where argument.Item is ArgumentKind.Writable
           let address = state.Registers[argument.Index + 1].Term
           let offset = OffsetOf<TermWord>(argument.Index + 1, TermWord.Variable).Term
           from place in (Sequence<Term>)
           [
               .. Enumerable.Range(0, (int)FewBytes).Select(place => address + offset + (ulong)place),
               .. Enumerable.Range(0, (int)Copied).Select(place => address + (ulong)place),
           ]
           select place,
    ];

    private static T OffsetOf<T>(int argument, Func<string, Width, T> value) => value($"helper.offset{argument}", Width.Bits64);

    // What that claim says of each byte of the writes.
    private static IEnumerable<Term> Known(State<TermWord> state, Helper helper) =>
        from argument in helper.Arguments.Index()
        let length = LengthOf(state, argument.Index, argument.Item)
        where length is not null
        from bytes in (Sequence<int>)[1, 8]
        from place in Enumerable.Range(0, bytes)
        select InView(
            state.Registers[argument.Index + 1],
            OffsetOf<TermWord>(argument.Index + 1, TermWord.Variable),
            length.Value,
            (ulong)bytes,
            TermWord.Constant((ulong)place, Width.Bits64));

    private static Term InView(TermWord address, TermWord offset, TermWord length, ulong bytes, TermWord place)
    {
        var count = TermWord.Constant(bytes, Width.Bits64);
        return (!TermWord.LessUnsigned(length, count) & !TermWord.LessUnsigned(length - count, offset)).Term.Implies(
            ((address + offset + place).Term - address.Term).Below(length.Term));
    }

    private static Claim LiesClaim
    {
        get
        {
            var place = TermWord.Variable("place", Width.Bits64);
            return new()
            {
                Id = "host/views",
                Sentence = "Each byte of a write of 1 or 8 bytes that lies within a view is one of the view, wherever it lies in memory.",
                Source = Clause.Spec("helpers"),
                State = () => About(0),
                Mutants =
                [
                    new("the byte behind a write is taken for one of it", () => About(1)),
                    new("the bytes of a write begin a byte before it", () => About(ulong.MaxValue)),
                    new("a write is taken for 8 bytes longer", () => About(8)),
                ],
            };

            Proposition About(ulong further)
            {
                var (address, offset, length) = (Word("address"), Word("offset"), Word("length"));
                var at = place + TermWord.Constant(further, Width.Bits64);
                return new(
                    [],
                    Make.All(((Sequence<ulong>)[1, FewBytes]).Select(bytes =>
                        place.Term.Below(bytes).Implies(InView(address, offset, length, bytes, at)))),
                    assignment => new Replay.Shown(
                    [
                        $"a write at offset {(ulong)assignment.Evaluate(offset.Term)} of a view of "
                        + $"{(ulong)assignment.Evaluate(length.Term)} bytes at {(ulong)assignment.Evaluate(address.Term)}: its byte "
                        + $"{(ulong)assignment.Evaluate(place.Term)}",
                    ]))
                {
                    Suggested = [(place.Term, Make.Variable("suggested.place", 3).ZeroExtended(64)), (offset.Term, length.Term - FewBytes)],
                };
            }

            static TermWord Word(string name) => TermWord.Variable(name, Width.Bits64);
        }
    }

    // What may not change, each with whether it is as it was.
    private static IEnumerable<(string What, Term Holds)> Changed(Setup setup, Helper helper, HostParts parts, Effect effect)
    {
        var (before, after) = (setup.State, effect.After);
        var granted = Make.Any(helper.Arguments.Index().Select(argument => Holds(before, argument.Index, argument.Item)));
        foreach (var (old, now) in before.Memory.Regions.Zip(after.Memory.Regions))
        {
            yield return (
                $"a byte of region '{old.Name}'",
                granted | ByteOf(now).EqualTo(ByteOf(old)));
        }

        for (var number = 1; number < Registers<TermWord>.Count; number++)
            yield return ($"r{number}", after.Registers[number].Term.EqualTo(before.Registers[number].Term));
        yield return ("what is granted", Make.Truth(after.Host.Helpers == before.Host.Helpers));
        yield return ("the time", after.Host.Milliseconds.Term.EqualTo(before.Host.Milliseconds.Term)
            & Make.Truth(after.Host.Facilities.Microseconds == before.Host.Facilities.Microseconds));
        if (!parts.HasFlag(HostParts.Output)) yield return ("the output", Make.Truth(after.Host.Output == before.Host.Output));
        if (!parts.HasFlag(HostParts.Local)) yield return ("the local store", Same(before.Host.Local, after.Host.Local));
        if (!parts.HasFlag(HostParts.Global)) yield return ("the global store", Same(before.Host.Global, after.Host.Global));
        var (had, has) = (before.Host.Facilities, after.Host.Facilities);
        if (!parts.HasFlag(HostParts.Handles)) yield return ("the handles", Make.Truth(had.Handles == has.Handles));
        if (!parts.HasFlag(HostParts.Sensors)) yield return ("the sensors", Make.Truth(had.Sensors == has.Sensors));
        if (!parts.HasFlag(HostParts.Reply)) yield return ("the response", Make.Truth(had.Reply == has.Reply));
        if (!parts.HasFlag(HostParts.Wakeup)) yield return ("the time of the next run", Make.Truth(had.Wakeup == has.Wakeup));
    }

    // Whether the byte anywhere is one of a writable argument.
    private static Term Holds(State<TermWord> state, int index, ArgumentKind kind) =>
        LengthOf(state, index, kind) is { } length
            ? (StateTerms.Anywhere - state.Registers[index + 1].Term).Below(length.Term)
            : Make.False;

    // How many bytes an argument lets write; null if none.
    private static TermWord? LengthOf(State<TermWord> state, int index, ArgumentKind kind) => kind is ArgumentKind.Writable(var count)
        ? count switch
        {
            ByteCount.Fixed(var bytes) => TermWord.Constant(bytes, Width.Bits64),
            ByteCount.InArgument(var number) => state.Registers[number],
            ByteCount.RestOfRegion => state.Memory.RestOfRegion(state.Registers[index + 1]),
        }
        : null;

    private static Term ByteOf(Region<TermWord> region) => ((ArrayBytes)region.Bytes).Array[StateTerms.Anywhere];

    private static Term Same(Store<TermWord> left, Store<TermWord> right) => Make.All(left.Entries.Zip(right.Entries, (one, other) =>
        Make.All(
            one.Used.Term.EqualTo(other.Used.Term), one.Key.Term.EqualTo(other.Key.Term), one.Value.Term.EqualTo(other.Value.Term))));

    private static Setup Calling(Helper helper, HostParts? parts, bool copies)
    {
        return Any with
        {
            Variant = $"[{helper.Name}{(copies ? " copies" : "")}]",
            Fields = Any.Fields with { Immediate = TermWord.Constant(helper.Id, Width.Bits32) },
            State = Any.State with
            {
                Host = Any.State.Host with { Helpers = [Kept(Arbitrary(helper, copies, TermWord.Variable, store => store))] },
            },
            Helpers = assignment =>
            [
                Kept(Arbitrary<Word>(
                    helper,
                    copies,
                    (name, width) => Concretise.Value(TermWord.Variable(name, width), assignment),
                    store => store.Map(word => Concretise.Value(word, assignment), truth => Concretise.Value(truth, assignment)))),
            ],
        };

        HelperFunction<T> Kept<T>(HelperFunction<T> function)
            where T : IWord<T> => parts is { } some ? Confined.To(function, some) : function;
    }

    private static HelperFunction<T> Arbitrary<T>(
        Helper helper, bool copies, Func<string, Width, T> value, Func<Store<TermWord>, Store<T>> store)
        where T : IWord<T>
    {
        // Also to arguments that it may not write, and that it does not have.
        var arguments = Enumerable.Range(1, Math.Min(helper.Arguments.Count + 1, Helper.MostArguments)).ToSequence();
        return new(helper, call => new(
            value("helper.result", Width.Bits64),
            call.State.WithLocal(store(OtherLocal)).WithGlobal(store(OtherGlobal)).WithOutput(OtherOutput)
                .WithMilliseconds(value("helper.time", Width.Bits64)).WithFacilities(OtherFacilities) with
            { Helpers = [] },
            [
                .. from argument in copies ? [] : arguments
                   from width in (Sequence<Width>)[Width.Bits8, Width.Bits64]
                   select new ViewWrite<T>(
                       argument, OffsetOf(argument, value), value($"helper.value{width.Bits}", width)),
            ])
        {
            Copies =
            [
                .. from to in copies ? arguments : []
                   from source in arguments
                   where to != source
                   select new ViewCopy<T>(to, source, T.Constant(Copied, Width.Bits64)),
            ],
        });
    }

    private static SetupMutant Bug(Setup setup, string name, Setup wrong) => new(name, () => wrong.Execute() with { Setup = setup });

    private static Setup Longer(Helper helper, HostParts parts, bool copies) => Calling(
        helper with
        {
            Arguments = helper.Arguments.Map(kind => kind is ArgumentKind.Writable(var count)
                ? new ArgumentKind.Writable(count is ByteCount.Fixed(var bytes)
                    ? new ByteCount.Fixed(bytes + (uint)FewBytes)
                    : new ByteCount.Fixed((uint)FewBytes))
                : kind),
        },
        parts,
        copies);

    // The first argument that may not be written may, or one more than there are.
    private static Sequence<ArgumentKind> WithAnother(Sequence<ArgumentKind> arguments)
    {
        ArgumentKind writable = new ArgumentKind.Writable(new ByteCount.Fixed((uint)FewBytes));
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is not ArgumentKind.Writable) return arguments.With(i, writable);
        }

        return arguments.Add(writable);
    }

    private static HostParts Missing(HostParts parts) =>
        Enum.GetValues<HostParts>().First(part => part is not HostParts.None && !parts.HasFlag(part));
}
