using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Operations;

/// <summary>The deprecated packet access instructions: r0 becomes a big-endian number of the packet.</summary>
/// <remarks>
/// RFC 9669 §5.5 leaves them to the platform: here the packet begins at an address that the host gives, and an access
/// outside the regions traps. No profile has the group. Closed: every case is nested here and sealed.
/// </remarks>
public abstract record PacketLoad : Operation
{
    private readonly byte mode;
    private readonly Layout layout;

    private PacketLoad(byte mode, string mnemonic, string summary, Layout layout)
        : base(mnemonic, summary, Clause.Rfc("5.5"), MemoryOperation.AccessTraps) => (this.mode, this.layout) = (mode, layout);

    public sealed override Sequence<Form> Forms => [FormOf(AccessSize.Byte), FormOf(AccessSize.HalfWord), FormOf(AccessSize.Word)];

    /// <summary>The distance from the packet's first byte, 64 bits.</summary>
    public abstract T Distance<T>(in Execution<T> execution)
        where T : IWord<T>;

    public sealed override MemoryAccess<T>? AccessOf<T>(in Execution<T> execution) => Accessed(execution);

    public sealed override Effect<T> Execute<T>(in Execution<T> execution)
    {
        var state = execution.State;
        var access = Accessed(execution);
        var value = state.Memory.Read(access.Address, execution.Form.Width).ReverseBytes().ZeroExtend(Width.Bits64);
        var next = execution.Advanced with { Registers = state.Registers.With(0, value) };
        return MemoryOperation.Checked(execution, access, new Outcome<T>.Next(next));
    }

    // The base is the packet's first byte, which no register holds.
    private MemoryAccess<T> Accessed<T>(in Execution<T> execution)
        where T : IWord<T> => new(
            execution.State.Host.Platform.PacketStart + Distance(execution),
            MemoryOperation.CountOf<T>(execution.Form),
            Access.Read,
            Base: null);

    private Form FormOf(AccessSize size) => new()
    {
        Id = $"packet/{Mnemonic}{size.Letters()}",
        Mnemonic = Mnemonic + size.Letters(),
        Operation = this,
        Opcode = (byte)((mode << 5) | (byte)size | (byte)InstructionClass.Ld),
        Layout = layout,
        Group = ConformanceGroup.Packet,
        Width = size.Width(),
        Writes = WrittenRegister.R0,
    };

    /// <summary><c>ABS</c>: at the immediate.</summary>
    public sealed record Absolute() : PacketLoad(
        1, "ldabs", "Loads a big-endian number of the packet, at the immediate, into r0.", Layout.Empty with { Immediate = Layout.Value })
    {
        public override T Distance<T>(in Execution<T> execution) =>
            execution.Fields.Immediate.SignExtend(Width.Bits64);
    }

    /// <summary><c>IND</c>: at the source register plus the immediate.</summary>
    public sealed record Indirect() : PacketLoad(
        2, "ldind",
        "Loads a big-endian number of the packet, at the source register plus the immediate, into r0.",
        Layout.Empty with { Source = Layout.Register, Immediate = Layout.Value })
    {
        public override T Distance<T>(in Execution<T> execution) =>
            execution.Source + execution.Fields.Immediate.SignExtend(Width.Bits64);
    }
}
