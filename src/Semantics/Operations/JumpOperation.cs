using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Operations;

/// <summary>Jumps: where a condition on the operands holds, execution goes on a distance away.</summary>
/// <remarks>
/// RFC 9669 §4.3. The target of a taken jump is the slot after the instruction plus the distance, in slots. A taken
/// jump, conditional or not, spends one branch of the budget. Closed: every case is nested here and sealed.
/// </remarks>
public abstract record JumpOperation : Operation
{
    private JumpOperation(byte code, string mnemonic, string @operator, string summary)
        : base(mnemonic, summary, Clause.Rfc("4.3"), [Trap.BranchBudget]) => (Code, Operator) = (code, @operator);

    /// <summary>The code: the four high bits of the opcode.</summary>
    public byte Code { get; }

    /// <summary>The operator in the assembly text that LLVM prints, such as <c>s&gt;</c>; empty of the unconditional jump.</summary>
    public string Operator { get; }

    public override Sequence<Form> Forms =>
    [
        FormOf(Width.Bits32, SourceOperand.Immediate),
        FormOf(Width.Bits32, SourceOperand.Register),
        FormOf(Width.Bits64, SourceOperand.Immediate),
        FormOf(Width.Bits64, SourceOperand.Register),
    ];

    /// <summary>The condition, of operands at the width of the form.</summary>
    public abstract Truth<T> Holds<T>(T dst, T src)
        where T : IWord<T>;

    public sealed override Effect<T> Execute<T>(in Execution<T> execution) =>
        Jump(execution, Holds<T>(execution.Destination.Low(execution.Form.Width), execution.Operand));

    /// <summary>The effect of a jump that is taken where a condition holds.</summary>
    internal static Effect<T> Jump<T>(in Execution<T> execution, Truth<T> taken)
        where T : IWord<T>
    {
        var (form, fields, state, _) = execution;
        var next = state.After(form.Layout.Slots);
        var target = next + fields[form.Displacement[0]].SignExtend(Width.Bits64);
        var branches = state.Budget.Branches;
        Outcome<T> outcome = new Outcome<T>.Next(state with
        {
            ProgramCounter = T.Choose(taken, target, next),
            Budget = state.Budget.AfterBranch(taken),
        });
        return Effect<T>.Of(outcome).Unless(taken & Budget<T>.IsSpent(branches), Trap.BranchBudget);
    }

    private Form FormOf(Width width, SourceOperand operand) => new()
    {
        Id = $"jmp/{Mnemonic}{width.Bits}-{(operand is SourceOperand.Register ? 'x' : 'k')}",
        Mnemonic = Mnemonic + (width.Bits is 64 ? "" : $"{width.Bits}"),
        Operation = this,
        Opcode = (byte)((Code << 4)
            | (operand is SourceOperand.Register ? 8 : 0)
            | (byte)(width.Bits is 64 ? InstructionClass.Jmp : InstructionClass.Jmp32)),
        Layout = Layout.Empty with
        {
            Destination = Layout.Register,
            Source = operand is SourceOperand.Register ? Layout.Register : Layout.Zero,
            Offset = Layout.Value,
            Immediate = operand is SourceOperand.Immediate ? Layout.Value : Layout.Zero,
        },
        Group = width.Bits is 64 ? ConformanceGroup.Base64 : ConformanceGroup.Base32,
        Width = width,
        Operand = operand,
        Displacement = [Field.Offset],
    };

    /// <summary><c>JA</c>: always; the distance is the offset or, in the 32-bit class, the immediate.</summary>
    public sealed record Always() : JumpOperation(0x0, "ja", "", "Jumps.")
    {
        public override Sequence<Form> Forms =>
        [
            By(Field.Offset, "ja", InstructionClass.Jmp, Layout.Empty with { Offset = Layout.Value }),
            By(Field.Immediate, "ja32", InstructionClass.Jmp32, Layout.Empty with { Immediate = Layout.Value }),
        ];

        public override Truth<T> Holds<T>(T dst, T src) => Truth<T>.Of(true);

        // RFC 9669 §4.3 puts both in base32.
        private Form By(Field displacement, string mnemonic, InstructionClass @class, Layout layout) => new()
        {
            Id = $"jmp/{mnemonic}",
            Mnemonic = mnemonic,
            Operation = this,
            Opcode = (byte)@class,
            Layout = layout,
            Group = ConformanceGroup.Base32,
            Width = Width.Bits64,
            Displacement = [displacement],
        };
    }

    /// <summary><c>JEQ</c>: the operands are equal.</summary>
    public sealed record Equal() : JumpOperation(0x1, "jeq", "==", "Jumps if the operands are equal.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            T.Same(dst, src);
    }

    /// <summary><c>JNE</c>: the operands differ.</summary>
    public sealed record NotEqual() : JumpOperation(0x5, "jne", "!=", "Jumps if the operands differ.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            !T.Same(dst, src);
    }

    /// <summary><c>JSET</c>: the operands have a set bit in common.</summary>
    public sealed record AnyBitSet() : JumpOperation(
        0x4, "jset", "&", "Jumps if the operands have a set bit in common.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            !T.IsZero(dst & src);
    }

    /// <summary><c>JGT</c>: the destination is greater, both unsigned.</summary>
    public sealed record Greater() : JumpOperation(
        0x2, "jgt", ">", "Jumps if the destination is greater, both unsigned.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            T.LessUnsigned(src, dst);
    }

    /// <summary><c>JGE</c>: the destination is greater or equal, both unsigned.</summary>
    public sealed record GreaterOrEqual() : JumpOperation(
        0x3, "jge", ">=", "Jumps if the destination is greater or equal, both unsigned.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            !T.LessUnsigned(dst, src);
    }

    /// <summary><c>JLT</c>: the destination is less, both unsigned.</summary>
    public sealed record Less() : JumpOperation(0xa, "jlt", "<", "Jumps if the destination is less, both unsigned.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            T.LessUnsigned(dst, src);
    }

    /// <summary><c>JLE</c>: the destination is less or equal, both unsigned.</summary>
    public sealed record LessOrEqual() : JumpOperation(
        0xb, "jle", "<=", "Jumps if the destination is less or equal, both unsigned.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            !T.LessUnsigned(src, dst);
    }

    /// <summary><c>JSGT</c>: the destination is greater, both signed.</summary>
    public sealed record GreaterSigned() : JumpOperation(
        0x6, "jsgt", "s>", "Jumps if the destination is greater, both signed.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            T.LessSigned(src, dst);
    }

    /// <summary><c>JSGE</c>: the destination is greater or equal, both signed.</summary>
    public sealed record GreaterOrEqualSigned() : JumpOperation(
        0x7, "jsge", "s>=", "Jumps if the destination is greater or equal, both signed.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            !T.LessSigned(dst, src);
    }

    /// <summary><c>JSLT</c>: the destination is less, both signed.</summary>
    public sealed record LessSigned() : JumpOperation(
        0xc, "jslt", "s<", "Jumps if the destination is less, both signed.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            T.LessSigned(dst, src);
    }

    /// <summary><c>JSLE</c>: the destination is less or equal, both signed.</summary>
    public sealed record LessOrEqualSigned() : JumpOperation(
        0xd, "jsle", "s<=", "Jumps if the destination is less or equal, both signed.")
    {
        public override Truth<T> Holds<T>(T dst, T src) =>
            !T.LessSigned(src, dst);
    }
}
