using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>
/// <c>rbpf_check</c>, by induction over the slots of a program of any length, and over the table of helpers: the way to its loop, a
/// turn for each opcode, and a turn of the loop that looks for a helper.
/// </summary>
internal sealed class CheckFunction
{
    private static readonly Term Helper = Make.Variable("helper's index", 32);
    private static readonly Term Table = Make.Variable("machine.helpers", 32);
    private static readonly Term Count = Make.Variable("machine.helper_count", 32);

    private readonly DeviceBuild build;
    private readonly LoopHead head;
    private readonly LoopHead search;

    /// <summary>The function in a build.</summary>
    public CheckFunction(DeviceBuild build)
    {
        this.build = build;
        head = HeadOfSlots();
        search = HeadOfHelpers();
    }

    /// <summary>The claims.</summary>
    public IEnumerable<FunctionClaim> Claims
    {
        get
        {
            HashSet<uint> stops = [head.Address, search.Address];
            yield return Claim(
                "begin",
                "From its call, rbpf_check refuses an entry at which no instruction begins, and comes to its loop with slot 0 otherwise.",
                build.Code["rbpf_check"].Address,
                [new(code => AtEntry(code, CheckedSlot.Any), Bounds, Begins)]);
            foreach (var opcode in Opcodes.Where(HasEncoding))
            {
                yield return Claim(
                    $"0x{opcode:x2}",
                    $"A turn of the loop of rbpf_check for a slot with opcode 0x{opcode:x2} refuses the program exactly if the slot breaks "
                    + "a check of the preflight; else it goes on to the next instruction, or accepts at the end; of a call of a helper, it "
                    + "goes to look for the helper.",
                    head.Address,
                    [CaseOf(new(opcode))]);
            }

            yield return Claim(
                "others",
                "A turn of the loop of rbpf_check refuses a slot with an opcode that no encoding has.",
                head.Address,
                [.. from opcode in Opcodes where !HasEncoding(opcode) select CaseOf(new(opcode))]);
            yield return Claim(
                "helper",
                "A turn of the loop that looks for a helper goes on to the next instruction, or to the end, if the entry of the table "
                + "has the id; else to the next entry; after the last, it refuses the program.",
                search.Address,
                [new(code => AtSearch(search, code), [.. CheckedSlot.Hypotheses, Count.Below(1UL << 28), !Count.Below(Helper)], Searches)]);
        }
    }

    private static IEnumerable<byte> Opcodes => Enumerable.Range(0, 256).Select(opcode => (byte)opcode);

    private static CheckedSlot CallSlot { get; } =
        new(OperationTable.Forms.Single(form => form.Operation is CallOperation.ByHelperId).Opcode, IsHelperCall: true);

    private static Sequence<Term> Bounds => [CheckedSlot.Length.Below(1UL << 28)];

    private static bool HasEncoding(byte opcode) => !OperationTable.WithOpcode(opcode).IsEmpty;

    private FunctionClaim Claim(string name, string sentence, uint address, Sequence<FunctionCase> cases) => new(
        build, $"check/{name}", sentence, address, new HashSet<uint> { head.Address, search.Address }, cases, IsKept)
    {
        Source = Clause.Spec("preflight"),
        Preferred = [CheckedSlot.Length.Below(8), Count.Below(8)],
        Likely = CheckedSlot.Likely,
    };

    private FunctionCase CaseOf(CheckedSlot slot)
    {
        Lazy<SlotVerdict> verdict = new(() => slot.Verdict);
        return new(code => AtTurn(head, code, slot), CheckedSlot.Hypotheses, path => Turns(path, slot, verdict.Value));
    }

    // Nothing but the stack frame may be written.
    private ArmState<TermWord> AtEntry(ThumbCode code, CheckedSlot slot)
    {
        var fields = build.Fields(CheckedSlot.Program, ("pc", CheckedSlot.Entry)) with { Lowest = 0, Above = 0 };
        var memory = new ObjectMemory(code, ImmutableDictionary.Create<Term, IMemoryObject>(ReferenceEqualityComparer.Instance))
            .With(DeviceBuild.Machine, fields)
            .With(CheckedSlot.Program, slot.Slots)
            .With(Table, PairArray.Any("helpers.id", "helpers.call", Count) with { Shown = [Helper] })
            .With(DeviceBuild.Stack, new WordCells(ImmutableDictionary<int, Term>.Empty, -DeviceBuild.StackBytes, 0));
        var registers = Sequence.Generate(15, number => new TermWord(
            number == 0 ? DeviceBuild.Machine
            : number == ArmState<TermWord>.StackPointer ? DeviceBuild.Stack
            : DeviceBuild.KeptOf(number)));
        return new(registers, DeviceBuild.AnyFlags, memory);
    }

    private ArmState<TermWord> AtTurn(LoopHead place, ThumbCode code, CheckedSlot slot) =>
        place.StateIn((ObjectMemory)AtEntry(code, slot).Memory);

    private ArmState<TermWord> AtSearch(LoopHead place, ThumbCode code) => AtTurn(place, code, CallSlot);

    // The first slot of a program with a move stands for any: what it leaves otherwise, another slot's turn lets go.
    private LoopHead HeadOfSlots()
    {
        var (address, first) = LoopHead.Find(
            build.Code, build.Code["rbpf_check"], (state, at, stop) => Read(state, at, [stop], Bounds),
            AtEntry(build.Code, new CheckedSlot(0xb7).First), build.Code["rbpf_check"].Address);
        LoopHead derived = new(address, first, LoopHead.Variables((CheckedSlot.Index, Make.Constant(0, 32))),
            CheckedSlot.Index, Make.Constant(1, 32));
        CheckedSlot[] slots =
            [.. Opcodes.Where(opcode => HasEncoding(opcode) && opcode != CallSlot.Opcode).Select(opcode => new CheckedSlot(opcode))];
        while (slots.Sum(slot => Read(AtTurn(derived, build.Code, slot), address, [address], CheckedSlot.Hypotheses)
            .Where(path => path.End is ThumbEnd.Reached).Count(path => derived.Loses(path, After(slot)))) > 0)
        {
        }

        return derived;
    }

    private LoopHead HeadOfHelpers()
    {
        var (address, first) = LoopHead.Find(
            build.Code, build.Code["rbpf_check"], (state, at, stop) => Read(state, at, [head.Address, stop], CheckedSlot.Hypotheses),
            AtTurn(head, build.Code, CallSlot), head.Address);
        LoopHead derived = new(address, first, AtFirstHelper, Helper);
        while (Read(AtSearch(derived, build.Code), address, [head.Address, address], CheckedSlot.Hypotheses)
            .Where(path => path.End is ThumbEnd.Reached(var end) && end == address)
            .Aggregate(false, (lost, path) => derived.Loses(path, AtNextHelper) || lost))
        {
        }

        return derived;
    }

    private Sequence<ThumbPath> Read(ArmState<TermWord> state, uint address, HashSet<uint> stops, Sequence<Term> hypotheses) =>
        HelperContract.Reader(build.Code, stops, null).Read(state, address, hypotheses);

    private IEnumerable<(string What, Term Holds)> Begins(ThumbPath path)
    {
        var passes = Preflight.IsEntry<TermWord>(
            new(CheckedSlot.Entry.ZeroExtended(64)), new(CheckedSlot.Length.ZeroExtended(64)), CheckedSlot.Any.Begins).Term;
        return path.End switch
        {
            ThumbEnd.Reached(var end) when end == head.Address =>
            [
                ("that the entry passes", passes),
                .. head.Holds(path.State, LoopHead.Variables((CheckedSlot.Index, Make.Constant(0, 32)))),
            ],
            ThumbEnd.Left(var target) => [("that the entry is refused", !passes), .. Returns(path, target, Make.False)],
            ThumbEnd.Reached or ThumbEnd.Stuck => [($"{path.End}", Make.False)],
        };
    }

    private IEnumerable<(string What, Term Holds)> Turns(ThumbPath path, CheckedSlot slot, SlotVerdict verdict)
    {
        var (breaks, ends, callsHelper) = verdict;
        var isLast = slot.After.EqualTo(CheckedSlot.Length);
        return path.End switch
        {
            ThumbEnd.Reached(var end) when end == head.Address =>
            [
                ("that no check is broken", !breaks & !ends),
                ("that it is not the end", slot.After.Below(CheckedSlot.Length)),
                ("that no helper is called", !callsHelper),
                .. head.Holds(path.State, After(slot)),
            ],
            ThumbEnd.Reached =>
            [
                ("that no other check is broken", !breaks),
                ("that a helper is called", callsHelper),
                .. search.Holds(path.State, AtFirstHelper),
            ],
            ThumbEnd.Left(var target) =>
            [
                ("that it is the end, or a check is broken", isLast | breaks),
                ("that a helper is looked for", breaks | !callsHelper),
                .. Returns(path, target, !breaks & !ends),
            ],
            ThumbEnd.Stuck(var at, var reason) => [($"{reason} at {at:x}", Make.False)],
        };
    }

    private IEnumerable<(string What, Term Holds)> Searches(ThumbPath path)
    {
        var helpers = PairArray.Any("helpers.id", "helpers.call", Count);
        var isNone = Helper.EqualTo(Count);
        var isIt = !isNone & helpers.Word(Helper, isSecond: false).EqualTo(CheckedSlot.Immediate);
        return path.End switch
        {
            ThumbEnd.Reached(var end) when end == head.Address =>
            [
                ("that the entry has the id", isIt),
                ("that it is not the end", CallSlot.After.Below(CheckedSlot.Length)),
                .. head.Holds(path.State, After(CallSlot)),
            ],
            ThumbEnd.Reached =>
            [
                ("that an entry is passed", !isNone & !isIt), .. search.Holds(path.State, AtNextHelper),
            ],
            ThumbEnd.Left(var target) =>
            [
                ("that it is the end, or none is left", isNone | (isIt & CallSlot.After.EqualTo(CheckedSlot.Length))),
                .. Returns(path, target, isIt & !CallSlot.Verdict.EndsWrongly),
            ],
            ThumbEnd.Stuck(var at, var reason) => [($"{reason} at {at:x}", Make.False)],
        };
    }

    private static IEnumerable<(string What, Term Holds)> Returns(ThumbPath path, Term target, Term accepts) =>
    [
        ("where it returns to", target.EqualTo(DeviceBuild.Return & Make.Constant(0xffff_fffe, 32))),
        ("whether it accepts", path.State.Registers[0].Term.EqualTo(Make.Choose(accepts, Make.Constant(1, 32), Make.Constant(0, 32)))),
        ("SP", path.State.Registers[ArmState<TermWord>.StackPointer].Term.EqualTo(DeviceBuild.Stack)),
        .. Enumerable.Range(4, 8).Select(register =>
            ($"R{register}", path.State.Registers[register].Term.EqualTo(DeviceBuild.KeptOf(register)))),
    ];

    private bool IsKept(ThumbEnd end, int register) => end switch
    {
        ThumbEnd.Reached(var address) => (address == head.Address ? head : search).IsKept(register),
        ThumbEnd.Left or ThumbEnd.Stuck => register is 0 or >= 4,
    };

    private static IReadOnlyDictionary<Term, Term> After(CheckedSlot slot) => LoopHead.Variables((CheckedSlot.Index, slot.After));

    private static IReadOnlyDictionary<Term, Term> AtFirstHelper => LoopHead.Variables((Helper, Make.Constant(0, 32)));

    private static IReadOnlyDictionary<Term, Term> AtNextHelper => LoopHead.Variables((Helper, Helper + 1UL));
}
