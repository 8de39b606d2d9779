using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Operations;

/// <summary>Loads and stores of 1, 2, 4 or 8 bytes, little-endian.</summary>
/// <remarks>
/// RFC 9669 §5.1 and §5.2. The address is a register plus the sign-extended offset, modulo 2^64. Closed: every case is
/// nested here and sealed.
/// </remarks>
public abstract record MemoryOperation : Operation
{
    private MemoryOperation()
    {
    }

    /// <inheritdoc/>
    public override Sequence<Trap> Traps => AccessTraps;

    /// <inheritdoc/>
    public override Sequence<Form> Forms => Widths.Map(FormOf);

    /// <summary>The traps of every access to memory.</summary>
    internal static Sequence<Trap> AccessTraps => [Trap.MemoryAccess, Trap.MemoryAlignment];

    /// <summary>The widths that exist.</summary>
    private protected virtual Sequence<Width> Widths => [Width.Bits8, Width.Bits16, Width.Bits32, Width.Bits64];

    /// <summary>The class and mode: the opcode but for the size.</summary>
    private protected abstract (InstructionClass Class, byte Mode) Encoding { get; }

    private protected abstract Layout LayoutOf { get; }

    private protected virtual WrittenRegister Written => WrittenRegister.None;

    /// <summary>The outcome of an access: guarded by the access check and, where the profile asks, by alignment.</summary>
    internal static Guarded<TBit, Outcome<TWord, TBit>> Checked<TWord, TBit>(
        in Execution<TWord, TBit> execution, TWord address, Access access, Outcome<TWord, TBit> outcome)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var count = TWord.Constant((ulong)execution.Form.Width.Bytes(), Width.Bits64);
        var granted = Guarded<TBit>.Of(outcome)
            .Unless(!execution.State.Memory.Grants(address, count, access), Trap.MemoryAccess);
        return execution.Profile.Alignment switch
        {
            Alignment.Any => granted,
            Alignment.Natural => granted.Unless(
                !WordOperations.IsZero<TWord, TBit>(address & (count - TWord.Constant(1, Width.Bits64))),
                Trap.MemoryAlignment),
        };
    }

    /// <summary>The address that an instruction names: a base register plus its offset.</summary>
    internal static TWord Address<TWord, TBit>(TWord @base, in Execution<TWord, TBit> execution)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => @base + execution.Fields.Offset.SignExtend(Width.Bits64);

    /// <summary>The letters that RFC 9669 gives to the sizes.</summary>
    internal static string SizeName(Width width) => width switch
    {
        Width.Bits8 => "b",
        Width.Bits16 => "h",
        Width.Bits32 => "w",
        Width.Bits64 => "dw",
        Width.Bits4 => throw new ArgumentOutOfRangeException(nameof(width), width, "memory has no accesses of 4 bits"),
    };

    /// <summary>The bits of an opcode that RFC 9669 §5 gives to the sizes.</summary>
    internal static byte SizeBits(Width width) => width switch
    {
        Width.Bits8 => 0x10,
        Width.Bits16 => 0x08,
        Width.Bits32 => 0x00,
        Width.Bits64 => 0x18,
        Width.Bits4 => throw new ArgumentOutOfRangeException(nameof(width), width, "memory has no accesses of 4 bits"),
    };

    private Form FormOf(Width width) => new()
    {
        Id = $"mem/{Mnemonic}{SizeName(width)}",
        Mnemonic = Mnemonic + SizeName(width),
        Operation = this,
        Opcode = (byte)((Encoding.Mode << 5) | SizeBits(width) | (byte)Encoding.Class),
        Layout = LayoutOf,
        Group = width is Width.Bits64 ? ConformanceGroup.Base64 : ConformanceGroup.Base32,
        Width = width,
        Operand = Encoding.Class switch
        {
            InstructionClass.St => SourceOperand.Immediate,
            InstructionClass.Stx => SourceOperand.Register,
            _ => SourceOperand.None,
        },
        Writes = Written,
    };

    /// <summary><c>LDX MEM</c>: load, zero-extended.</summary>
    public sealed record Load : MemoryOperation
    {
        /// <inheritdoc/>
        public override string Mnemonic => "ldx";

        /// <inheritdoc/>
        public override string Summary => "Loads from memory at the source register plus the offset, zero-extended.";

        /// <inheritdoc/>
        public override Clause Source => Clause.Rfc("5.1");

        private protected override (InstructionClass Class, byte Mode) Encoding => (InstructionClass.Ldx, 3);

        private protected override Layout LayoutOf => LoadLayout;

        private protected override WrittenRegister Written => WrittenRegister.Destination;

        /// <inheritdoc/>
        public override Guarded<TBit, Outcome<TWord, TBit>> Execute<TWord, TBit>(in Execution<TWord, TBit> execution)
        {
            var address = Address(execution.Source, execution);
            var value = execution.State.Memory.Read(address, execution.Form.Width).ZeroExtend(Width.Bits64);
            return Checked(execution, address, Access.Read, execution.Write(execution.Fields.Destination, value));
        }
    }

    /// <summary><c>LDX MEMSX</c>: load, sign-extended.</summary>
    public sealed record LoadSigned : MemoryOperation
    {
        /// <inheritdoc/>
        public override string Mnemonic => "ldxs";

        /// <inheritdoc/>
        public override string Summary => "Loads from memory at the source register plus the offset, sign-extended.";

        /// <inheritdoc/>
        public override Clause Source => Clause.Rfc("5.2");

        private protected override Sequence<Width> Widths => [Width.Bits8, Width.Bits16, Width.Bits32];

        private protected override (InstructionClass Class, byte Mode) Encoding => (InstructionClass.Ldx, 4);

        private protected override Layout LayoutOf => LoadLayout;

        private protected override WrittenRegister Written => WrittenRegister.Destination;

        /// <inheritdoc/>
        public override Guarded<TBit, Outcome<TWord, TBit>> Execute<TWord, TBit>(in Execution<TWord, TBit> execution)
        {
            var address = Address(execution.Source, execution);
            var value = execution.State.Memory.Read(address, execution.Form.Width).SignExtend(Width.Bits64);
            return Checked(execution, address, Access.Read, execution.Write(execution.Fields.Destination, value));
        }
    }

    /// <summary><c>ST MEM</c>: store of the immediate.</summary>
    public sealed record StoreImmediate : MemoryOperation
    {
        /// <inheritdoc/>
        public override string Mnemonic => "st";

        /// <inheritdoc/>
        public override string Summary =>
            "Stores the low bits of the sign-extended immediate to memory at the destination register plus the offset.";

        /// <inheritdoc/>
        public override Clause Source => Clause.Rfc("5.1");

        private protected override (InstructionClass Class, byte Mode) Encoding => (InstructionClass.St, 3);

        private protected override Layout LayoutOf =>
            Layout.Empty with { Destination = Layout.Register, Offset = Layout.Value, Immediate = Layout.Value };

        /// <inheritdoc/>
        public override Guarded<TBit, Outcome<TWord, TBit>> Execute<TWord, TBit>(in Execution<TWord, TBit> execution) =>
            Store(execution);
    }

    /// <summary><c>STX MEM</c>: store of a register.</summary>
    public sealed record StoreRegister : MemoryOperation
    {
        /// <inheritdoc/>
        public override string Mnemonic => "stx";

        /// <inheritdoc/>
        public override string Summary =>
            "Stores the low bits of the source register to memory at the destination register plus the offset.";

        /// <inheritdoc/>
        public override Clause Source => Clause.Rfc("5.1");

        private protected override (InstructionClass Class, byte Mode) Encoding => (InstructionClass.Stx, 3);

        private protected override Layout LayoutOf =>
            Layout.Empty with { Destination = Layout.Register, Source = Layout.Register, Offset = Layout.Value };

        /// <inheritdoc/>
        public override Guarded<TBit, Outcome<TWord, TBit>> Execute<TWord, TBit>(in Execution<TWord, TBit> execution) =>
            Store(execution);
    }

    private static Layout LoadLayout =>
        Layout.Empty with { Destination = Layout.Register, Source = Layout.Register, Offset = Layout.Value };

    private static Guarded<TBit, Outcome<TWord, TBit>> Store<TWord, TBit>(in Execution<TWord, TBit> execution)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit>
    {
        var address = Address(execution.Destination, execution);
        var memory = execution.State.Memory.Write(address, execution.Operand, TBit.Of(true));
        return Checked(
            execution,
            address,
            Access.Write,
            new Outcome<TWord, TBit>.Next(execution.Advanced with { Memory = memory }));
    }
}
