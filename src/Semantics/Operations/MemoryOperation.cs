using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Operations;

/// <summary>Loads and stores of 1, 2, 4 or 8 bytes, little-endian.</summary>
/// <remarks>
/// RFC 9669 §5.1 and §5.2. The address is a register plus the sign-extended offset, modulo 2^64. Closed: every case is
/// nested here and sealed.
/// </remarks>
public abstract record MemoryOperation : Operation
{
    // The class and mode are the opcode but for the size.
    private readonly (InstructionClass Class, byte Mode) encoding;

    private readonly WrittenRegister written;
    private readonly Sequence<AccessSize> sizes;

    private MemoryOperation(
        string mnemonic,
        string summary,
        Clause source,
        (InstructionClass Class, byte Mode) encoding,
        (Field Base, Access Kind) access,
        WrittenRegister written = WrittenRegister.None,
        Sequence<AccessSize> sizes = default)
        : base(mnemonic, summary, source, AccessTraps) =>
        (this.encoding, Base, Kind, this.written, this.sizes) = (encoding, access.Base, access.Kind, written, sizes);

    /// <summary>The field that names the register to which the offset is added.</summary>
    public Field Base { get; }

    /// <summary>Whether it loads or stores.</summary>
    public Access Kind { get; }

    public override Sequence<Form> Forms => (sizes.IsEmpty ? AllSizes : sizes).Map(FormOf);

    /// <summary>The traps of every access to memory.</summary>
    internal static Sequence<Trap> AccessTraps => [Trap.MemoryAccess, Trap.MemoryAlignment];

    private static Sequence<AccessSize> AllSizes => [AccessSize.Byte, AccessSize.HalfWord, AccessSize.Word, AccessSize.DoubleWord];

    /// <summary>The outcome of an access: guarded by the access check and, where the profile asks, by alignment.</summary>
    internal static Effect<T> Checked<T>(
        in Execution<T> execution, in MemoryAccess<T> access, Outcome<T> outcome)
        where T : IWord<T>
    {
        var granted = Effect<T>.Of(outcome).Unless(!access.IsGranted(execution.State.Memory), Trap.MemoryAccess);
        return execution.Profile.Alignment switch
        {
            Alignment.Any => granted,
            Alignment.Natural => granted.Unless(
                !T.IsZero(access.Address & (access.Count - T.Constant(1, Width.Bits64))),
                Trap.MemoryAlignment),
        };
    }

    /// <summary>The access at a base register plus the offset, of as many bytes as the form is wide.</summary>
    internal static MemoryAccess<T> At<T>(Field @base, Access kind, in Execution<T> execution)
        where T : IWord<T> => new(
            execution.State.Registers.Read(execution.Fields[@base]) + execution.Fields.Offset.SignExtend(Width.Bits64),
            CountOf<T>(execution.Form),
            kind,
            @base);

    /// <summary>The number of bytes that a form reads or writes, 64 bits.</summary>
    internal static T CountOf<T>(Form form)
        where T : IWord<T> => T.Constant((ulong)form.Width.Bytes, Width.Bits64);

    public sealed override MemoryAccess<T>? AccessOf<T>(in Execution<T> execution) => Accessed(execution);

    private Form FormOf(AccessSize size) => new()
    {
        Id = $"mem/{Mnemonic}{size.Letters()}",
        Mnemonic = Mnemonic + size.Letters(),
        Operation = this,
        Opcode = (byte)((encoding.Mode << 5) | (byte)size | (byte)encoding.Class),
        Layout = Layout.Empty with
        {
            Destination = Layout.Register,
            Source = encoding.Class is InstructionClass.St ? Layout.Zero : Layout.Register,
            Offset = Layout.Value,
            Immediate = encoding.Class is InstructionClass.St ? Layout.Value : Layout.Zero,
        },
        Group = size is AccessSize.DoubleWord ? ConformanceGroup.Base64 : ConformanceGroup.Base32,
        Width = size.Width(),
        Operand = encoding.Class switch
        {
            InstructionClass.St => SourceOperand.Immediate,
            InstructionClass.Stx => SourceOperand.Register,
            _ => SourceOperand.None,
        },
        Writes = written,
    };

    /// <summary><c>LDX MEM</c>: load, zero-extended.</summary>
    public sealed record Load() : MemoryOperation(
        "ldx",
        "Loads from memory at the source register plus the offset, zero-extended.",
        Clause.Rfc("5.1"), (InstructionClass.Ldx, 3), (Field.Source, Access.Read), WrittenRegister.Destination)
    {
        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var read = Accessed(execution);
            var value = execution.State.Memory.Read(read.Address, execution.Form.Width).ZeroExtend(Width.Bits64);
            return Checked(execution, read, execution.Write(execution.Fields.Destination, value));
        }
    }

    /// <summary><c>LDX MEMSX</c>: load, sign-extended.</summary>
    public sealed record LoadSigned() : MemoryOperation(
        "ldxs",
        "Loads from memory at the source register plus the offset, sign-extended.",
        Clause.Rfc("5.2"), (InstructionClass.Ldx, 4), (Field.Source, Access.Read), WrittenRegister.Destination,
        sizes: [AccessSize.Byte, AccessSize.HalfWord, AccessSize.Word])
    {
        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var read = Accessed(execution);
            var value = execution.State.Memory.Read(read.Address, execution.Form.Width).SignExtend(Width.Bits64);
            return Checked(execution, read, execution.Write(execution.Fields.Destination, value));
        }
    }

    /// <summary><c>ST MEM</c>: store of the immediate.</summary>
    public sealed record StoreImmediate() : MemoryOperation(
        "st",
        "Stores the low bits of the sign-extended immediate to memory at the destination register plus the offset.",
        Clause.Rfc("5.1"), (InstructionClass.St, 3), (Field.Destination, Access.Write))
    {
        public override Effect<T> Execute<T>(in Execution<T> execution) => Store(execution);
    }

    /// <summary><c>STX MEM</c>: store of a register.</summary>
    public sealed record StoreRegister() : MemoryOperation(
        "stx",
        "Stores the low bits of the source register to memory at the destination register plus the offset.",
        Clause.Rfc("5.1"), (InstructionClass.Stx, 3), (Field.Destination, Access.Write))
    {
        public override Effect<T> Execute<T>(in Execution<T> execution) => Store(execution);
    }

    private MemoryAccess<T> Accessed<T>(in Execution<T> execution)
        where T : IWord<T> => At(Base, Kind, execution);

    private Effect<T> Store<T>(in Execution<T> execution)
        where T : IWord<T>
    {
        var target = Accessed(execution);
        var memory = execution.State.Memory.Write(target.Address, execution.Operand, Truth<T>.Of(true));
        return Checked(execution, target, new Outcome<T>.Next(execution.Advanced with { Memory = memory }));
    }
}
