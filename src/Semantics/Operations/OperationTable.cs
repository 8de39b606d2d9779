using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Operations;

/// <summary>Every operation, and what derives from the list.</summary>
public static class OperationTable
{
    /// <summary>Every operation, in the order of RFC 9669.</summary>
    public static Sequence<Operation> All { get; } =
    [
        new AluOperation.Add(),
        new AluOperation.Subtract(),
        new AluOperation.Multiply(),
        new AluOperation.Division.Divide(),
        new AluOperation.Division.DivideSigned(),
        new AluOperation.Or(),
        new AluOperation.And(),
        new AluOperation.ShiftLeft(),
        new AluOperation.ShiftRight(),
        new AluOperation.Negate(),
        new AluOperation.Division.Modulo(),
        new AluOperation.Division.ModuloSigned(),
        new AluOperation.Xor(),
        new AluOperation.Move(),
        new AluOperation.MoveSigned(Width.Bits8),
        new AluOperation.MoveSigned(Width.Bits16),
        new AluOperation.MoveSigned(Width.Bits32),
        new AluOperation.ShiftRightSigned(),
        new AluOperation.ToLittleEndian(),
        new AluOperation.ToBigEndian(),
        new AluOperation.SwapBytes(),
        new JumpOperation.Always(),
        new JumpOperation.Equal(),
        new JumpOperation.Greater(),
        new JumpOperation.GreaterOrEqual(),
        new JumpOperation.AnyBitSet(),
        new JumpOperation.NotEqual(),
        new JumpOperation.GreaterSigned(),
        new JumpOperation.GreaterOrEqualSigned(),
        new JumpOperation.Less(),
        new JumpOperation.LessOrEqual(),
        new JumpOperation.LessSigned(),
        new JumpOperation.LessOrEqualSigned(),
        new CallOperation.ByHelperId(),
        new CallOperation.Local(),
        new CallOperation.ByBtfId(),
        new CallOperation.Exit(),
        new MemoryOperation.Load(),
        new MemoryOperation.LoadSigned(),
        new MemoryOperation.StoreImmediate(),
        new MemoryOperation.StoreRegister(),
        new AtomicOperation.Add(),
        new AtomicOperation.Or(),
        new AtomicOperation.And(),
        new AtomicOperation.Xor(),
        new AtomicOperation.Exchange(),
        new AtomicOperation.CompareExchange(),
        new WideLoad.Plain(),
        new WideLoad.MapByFd(),
        new WideLoad.MapValueByFd(),
        new WideLoad.VariableAddress(),
        new WideLoad.CodeAddress(),
        new WideLoad.MapByIndex(),
        new WideLoad.MapValueByIndex(),
        new PacketLoad.Absolute(),
        new PacketLoad.Indirect(),
    ];

    /// <summary>Every executable encoding: 170 of them.</summary>
    public static Sequence<Form> Forms { get; } = [.. from operation in All from form in operation.Forms select form];

    // Static members initialise in the order of the text: this one needs Forms.
    private static readonly Sequence<Form>[] ByOpcode = Index();

    /// <summary>The form with a rule id, such as <c>alu/div32-x</c>.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="InvalidOperationException">No form has it.</exception>
    public static Form WithId(string id) => Forms.Single(form => form.Id == id);

    /// <summary>The encodings that share an opcode byte; empty if the byte is no opcode.</summary>
    public static Sequence<Form> WithOpcode(byte opcode) => ByOpcode[opcode];

    private static Sequence<Form>[] Index()
    {
        var index = new Sequence<Form>[256];
        foreach (var form in Forms) index[form.Opcode] = index[form.Opcode].Add(form);
        return index;
    }
}
