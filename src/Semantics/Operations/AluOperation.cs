using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

/// <summary>Arithmetic: the destination register becomes a function of itself and the second operand.</summary>
/// <remarks>
/// RFC 9669 §4.1. A rule sees both operands at the width of its form, 32 or 64 bits; the result is zero-extended into
/// the 64-bit register. Closed: every case is nested here and sealed.
/// </remarks>
public abstract partial record AluOperation : Operation
{
    private readonly bool isDivmul;
    private readonly ulong? offset;

    private AluOperation(
        byte code,
        string mnemonic,
        string @operator,
        string summary,
        Clause? source = null,
        Sequence<Trap> traps = default,
        bool isDivmul = false,
        ulong? offset = null)
        : base(mnemonic, summary, source ?? Clause.Rfc("4.1"), traps) =>
        (Code, Operator, this.isDivmul, this.offset) = (code, @operator, isDivmul, offset);

    /// <summary>The code: the four high bits of the opcode.</summary>
    public byte Code { get; }

    /// <summary>The operator in the assembly text that LLVM prints, such as <c>+=</c>; of unary operations a name.</summary>
    public string Operator { get; }

    public override Sequence<Form> Forms =>
    [
        FormOf(Width.Bits32, SourceOperand.Immediate),
        FormOf(Width.Bits32, SourceOperand.Register),
        FormOf(Width.Bits64, SourceOperand.Immediate),
        FormOf(Width.Bits64, SourceOperand.Register),
    ];

    /// <summary>The rule: the new value of the destination, at the width of the operands.</summary>
    public abstract Guarded<T> Apply<T>(T dst, T src, Profile profile)
        where T : IWord<T>;

    public sealed override Effect<T> Execute<T>(in Execution<T> execution)
    {
        var result = Apply<T>(
            execution.Destination.Low(execution.Form.Width), execution.Operand, execution.Profile);
        return result.With(execution.Write(execution.Fields.Destination, result.Value.ZeroExtend(Width.Bits64)));
    }

    /// <summary>How a form with the given second operand uses the offset field.</summary>
    private protected virtual FieldUse OffsetUse(SourceOperand operand) => offset is { } selected ? Layout.Only(selected) : Layout.Zero;

    private ConformanceGroup GroupOf(Width width) => (isDivmul, width.Bits is 64) switch
    {
        (true, true) => ConformanceGroup.Divmul64,
        (true, false) => ConformanceGroup.Divmul32,
        (false, true) => ConformanceGroup.Base64,
        (false, false) => ConformanceGroup.Base32,
    };

    private protected static string Suffix(Width width) => width.Bits is 64 ? "" : $"{width.Bits}";

    private protected Form FormOf(Width width, SourceOperand operand) => new()
    {
        Id = $"alu/{Mnemonic}{width.Bits}-{(operand is SourceOperand.Register ? 'x' : 'k')}",
        Mnemonic = Mnemonic + Suffix(width),
        Operation = this,
        Opcode = OpcodeOf(width, operand),
        Layout = Layout.Empty with
        {
            Destination = Layout.Register,
            Source = operand is SourceOperand.Register ? Layout.Register : Layout.Zero,
            Offset = OffsetUse(operand),
            Immediate = operand is SourceOperand.Immediate ? Layout.Value : Layout.Zero,
        },
        Group = GroupOf(width),
        Width = width,
        Operand = operand,
        Writes = WrittenRegister.Destination,
    };

    private protected byte OpcodeOf(Width width, SourceOperand operand) => (byte)(
        (Code << 4)
        | (operand is SourceOperand.Register ? 8 : 0)
        | (byte)(width.Bits is 64 ? InstructionClass.Alu64 : InstructionClass.Alu));
}
