using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;
using Effect = RbpfSpec.Proofs.Setups.Effect;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>CALL of a helper, by induction over the table of helpers, whatever its length: the way to its loop, and a turn.</summary>
internal sealed class HelperCall
{
    /// <summary>The address of the entry of the table that the loop has come to.</summary>
    public static readonly Term Entry = Make.Variable("helper", 32);

    private static readonly Term Left = Make.Variable("helpers left", 32);
    private static readonly Term Id = Make.Variable("helper.id", 32);
    private static readonly Term Table = Make.Variable("machine.helpers", 32);
    private static readonly Term Count = Make.Variable("machine.helper_count", 32);

    private readonly DeviceBuild build;
    private readonly DeviceStep step;
    private readonly Effect found;
    private readonly Effect unknown;
    private readonly HelperContract helper;
    private readonly LoopHead head;

    /// <summary>The call in a build.</summary>
    public HelperCall(DeviceBuild build)
    {
        this.build = build;
        var form = OperationTable.Forms.Single(form => form.Operation is CallOperation.ByHelperId);
        var first = DeviceStep.Of(build, form).First();
        step = first with
        {
            Setup = first.Setup with
            {
                Variant = "",
                Fields = first.Setup.Fields with { Immediate = TermWord.Variable(Field.Immediate.Name(), Width.Bits32) },
            },
        };
        found = step.Setup.Of(HelperCalls.Call(step.Setup.Execution, Any));
        unknown = step.Setup.Of(HelperCalls.Call(first.Setup.Execution, []));
        helper = new(build, found.Trapped);
        head = HeadOf();
    }

    /// <summary>The claims.</summary>
    public IEnumerable<FunctionClaim> Claims
    {
        get
        {
            var stops = Stops;
            yield return new(
                build,
                "jmp/call-helper[begin]",
                "From dispatch, CALL of a helper comes to its loop with the first entry of the table, and changes nothing.",
                build.Head,
                stops,
                [new(code => AtDispatch(code, Table), step.Hypotheses, Begins)],
                IsKept)
            {
                Source = Clause.Rfc("4.3.1"),
                Helper = helper,
            };
            yield return new(
                build,
                "jmp/call-helper[turn]",
                "A turn of that loop calls the entry's helper if it has the id, and does with what it yields what the rule does; else it "
                + "goes on to the next entry; after the last, it traps as the rule does of an unknown helper.",
                head.Address,
                stops,
                [new(AtTurn, [.. step.Hypotheses, Left.Below(1UL << 28), !(Entry + Scaled(Left)).Below(Entry)], Turns)],
                IsKept)
            {
                Source = Clause.Rfc("4.3.1"),
                Helper = helper,
            };
        }
    }

    // Whatever a helper does, the rule knows of it that its result is a word, and that an argument of it may be refused.
    private static HelperFunction<TermWord> Any => new(
        new Helper(0, "any", "Any helper.", [new ArgumentKind.Readable(new ByteCount.Fixed(1))]),
        call => new(HelperContract.Result, call.State, []));

    private HashSet<uint> Stops => [build.Head, head.Address];

    private LoopHead HeadOf()
    {
        var (address, first) = LoopHead.Find(
            build.Code, build.Code["rbpf_run"], (state, at, stop) => Read(state, at, [build.Head, stop]), AtDispatch(build.Code, Table),
            build.Head);
        LoopHead derived = new(address, first, AtFirst, Entry, Entry + Scaled(Left));
        while (Read(StateAt(derived, build.Code), address, [build.Head, address])
            .Where(path => path.End is ThumbEnd.Reached(var end) && end == address)
            .Aggregate(false, (lost, path) => derived.Loses(path, AtNext) || lost))
        {
        }

        return derived;
    }

    private Sequence<ThumbPath> Read(ArmState<TermWord> state, uint address, HashSet<uint> stops) =>
        HelperContract.Reader(build.Code, stops, helper).Read(state, address, step.Hypotheses);

    private ArmState<TermWord> AtDispatch(ThumbCode code, Term entry)
    {
        var state = step.AtHead(code);
        var cells = ImmutableDictionary<int, Term>.Empty.Add(0, Id).Add(4, HelperContract.Pointer);
        return state with { Memory = ((ObjectMemory)state.Memory).With(entry, new WordCells(cells, 0, 0)) };
    }

    private ArmState<TermWord> AtTurn(ThumbCode code) => StateAt(head, code);

    private ArmState<TermWord> StateAt(LoopHead place, ThumbCode code) => place.StateIn((ObjectMemory)AtDispatch(code, Entry).Memory);

    private IEnumerable<(string What, Term Holds)> Begins(ThumbPath path) => path.End is ThumbEnd.Reached(var end) && end == head.Address
        ? [.. head.Holds(path.State, AtFirst), .. step.Keeps((ObjectMemory)path.State.Memory)]
        : [($"{path.End}", Make.False)];

    private IEnumerable<(string What, Term Holds)> Turns(ThumbPath path)
    {
        var (isLast, isIt) = (Left.EqualTo(0), Id.EqualTo(step.Setup.Fields.Immediate.Term));
        if (path.End is ThumbEnd.Reached(var end) && end == head.Address)
        {
            return
            [
                ("that an entry is passed", !isLast & !isIt),
                .. head.Holds(path.State, AtNext),
                .. step.Keeps((ObjectMemory)path.State.Memory),
            ];
        }

        return
        [
            ("that an entry is called, or none is left", isLast | isIt),
            .. step.Agrees(path, unknown).Select(part => ($"with none left, {part.What}", !isLast | part.Holds)),
            .. step.Agrees(path, found).Select(part => ($"of the helper, {part.What}", isLast | part.Holds)),
        ];
    }

    private bool IsKept(ThumbEnd end, int register) =>
        end is ThumbEnd.Reached(var address) && address == head.Address ? head.IsKept(register) : step.IsKept(end, register);

    private static IReadOnlyDictionary<Term, Term> AtFirst => LoopHead.Variables((Entry, Table), (Left, Count));

    private static IReadOnlyDictionary<Term, Term> AtNext =>
        LoopHead.Variables((Entry, Entry + (ulong)MachineFields.HelperBytes), (Left, Left - 1UL));

    private static Term Scaled(Term count) => Make.Binary(Operator.ShiftLeft, count, Make.Constant(3, 32));
}
