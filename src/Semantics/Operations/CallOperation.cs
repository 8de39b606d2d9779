using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

/// <summary>Calls, and the return from them.</summary>
/// <remarks>RFC 9669 §4.3.1 and §4.3.2. Closed: every case is nested here and sealed.</remarks>
public abstract record CallOperation : Operation
{
    private CallOperation(string mnemonic, string callee, string summary, Clause source, Sequence<Trap> traps)
        : base(mnemonic, summary, source, traps) => Callee = callee;

    /// <summary>
    /// The kind of function that is called, as assembly text tells it from a helper: <c>local</c> or <c>btf</c>; else empty.
    /// </summary>
    public string Callee { get; }

    private static Sequence<Trap> HelperTraps => [Trap.UnknownHelper, Trap.MemoryAccess];

    private protected Form FormOf(string kind, ulong source) => new()
    {
        Id = $"jmp/call-{kind}",
        Mnemonic = Mnemonic,
        Operation = this,
        Opcode = 0x85,
        Layout = Layout.Empty with { Source = Layout.Only(source), Immediate = Layout.Value },
        Group = ConformanceGroup.Base32,
        Width = Width.Bits64,
        Writes = WrittenRegister.R0,
    };

    /// <summary><c>CALL</c> of a helper function by its static id.</summary>
    public sealed record ByHelperId() : CallOperation(
        "call", "", "Calls the helper function whose static id is the immediate; r0 becomes its result.", Clause.Rfc("4.3.1"), HelperTraps)
    {
        public override Sequence<Form> Forms => [FormOf("helper", 0)];

        public override Effect<T> Execute<T>(in Execution<T> execution) =>
            HelperCalls.Call(execution, execution.State.Host.Helpers);
    }

    /// <summary><c>CALL</c> of a helper function by its BTF id.</summary>
    public sealed record ByBtfId() : CallOperation(
        "call", "btf", "Calls the helper function whose BTF id is the immediate; r0 becomes its result.", Clause.Rfc("4.3.1"), HelperTraps)
    {
        public override Sequence<Form> Forms => [FormOf(Callee, 2) with { Needs = [PlatformEncoding.CallByBtfId] }];

        public override Effect<T> Execute<T>(in Execution<T> execution) =>
            HelperCalls.Call(execution, execution.State.Host.BtfFunctions);
    }

    /// <summary><c>CALL</c> of a function of the program.</summary>
    public sealed record Local() : CallOperation(
        "call",
        "local",
        "Calls the function of this program at the distance in the immediate, in a new stack frame.",
        Clause.Rfc("4.3.2"),
        [Trap.CallDepth, Trap.BranchBudget])
    {
        public override Sequence<Form> Forms =>
            [FormOf(Callee, 1) with { Writes = WrittenRegister.None, Displacement = [Field.Immediate] }];

        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var (form, fields, state, profile) = execution;
            var next = state.After(form.Layout.Slots);
            var frame = new Frame<T>(next, Kept.Map(number => state.Registers[number]));
            var branches = state.Budget.Branches;
            var memory = state.Memory.PushFrame();
            Outcome<T> outcome = new Outcome<T>.Next(state with
            {
                ProgramCounter = next + fields.Immediate.SignExtend(Width.Bits64),
                Registers = state.Registers.With(Register.Last, state.Memory.FrameStart),
                Memory = memory,
                Frames = state.Frames.Add(frame),
                Budget = state.Budget.AfterBranch(Truth<T>.Of(true)),
            });
            return Effect<T>.Of(outcome)
                .Unless(Truth<T>.Of(state.Frames.Count + 1 >= profile.FrameLimit), Trap.CallDepth)
                .Unless(Budget<T>.IsSpent(branches), Trap.BranchBudget);
        }
    }

    /// <summary><c>EXIT</c>: return to the caller, or the end of the program.</summary>
    public sealed record Exit() : CallOperation(
        "exit", "", "Returns to the caller of a local function or, outside one, ends the program with r0.", Clause.Rfc("4.3"), [])
    {
        public override Sequence<Form> Forms =>
            [FormOf("", 0) with { Id = "jmp/exit", Opcode = 0x95, Layout = Layout.Empty, Writes = WrittenRegister.None }];

        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var state = execution.State;
            if (state.Frames.IsEmpty) return Effect<T>.Of(new Outcome<T>.Exited(state));
            var frame = state.Frames[^1];
            var registers = state.Registers;
            var kept = Kept;
            for (var i = 0; i < kept.Count && i < frame.Saved.Count; i++) registers = registers.With(kept[i], frame.Saved[i]);
            return Effect<T>.Of(new Outcome<T>.Next(state with
            {
                ProgramCounter = frame.ReturnTo,
                Registers = registers,
                Memory = state.Memory.PopFrame(),
                Frames = state.Frames.WithoutLast(),
            }));
        }
    }

    // What a local call keeps for its caller: r6 to r9, which the ABI says the callee saves, and the frame pointer.
    private static Sequence<int> Kept => [6, 7, 8, 9, Register.Last];
}
