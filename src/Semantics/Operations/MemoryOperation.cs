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
    private MemoryOperation()
    {
    }

    public override Sequence<Trap> Traps => AccessTraps;

    public override Sequence<Form> Forms => Sizes.Map(FormOf);

    /// <summary>The traps of every access to memory.</summary>
    internal static Sequence<Trap> AccessTraps => [Trap.MemoryAccess, Trap.MemoryAlignment];

    /// <summary>The sizes that exist.</summary>
    private protected virtual Sequence<AccessSize> Sizes => [AccessSize.Byte, AccessSize.HalfWord, AccessSize.Word, AccessSize.DoubleWord];

    /// <summary>The class and mode: the opcode but for the size.</summary>
    private protected abstract (InstructionClass Class, byte Mode) Encoding { get; }

    private protected abstract Layout LayoutOf { get; }

    /// <summary>The field that names the register which the offset is added to.</summary>
    private protected abstract Field Base { get; }

    /// <summary>What it does to memory.</summary>
    private protected abstract Access Kind { get; }

    private protected virtual WrittenRegister Written => WrittenRegister.None;

    /// <summary>The outcome of an access: guarded by the access check and, where the profile asks, by alignment.</summary>
    internal static Guarded<T, Outcome<T>> Checked<T>(
        in Execution<T> execution, in MemoryAccess<T> access, Outcome<T> outcome)
        where T : IWord<T>
    {
        var granted = Guarded<T>.Of(outcome).Unless(!execution.State.Memory.Grants(access), Trap.MemoryAccess);
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
        Opcode = (byte)((Encoding.Mode << 5) | (byte)size | (byte)Encoding.Class),
        Layout = LayoutOf,
        Group = size is AccessSize.DoubleWord ? ConformanceGroup.Base64 : ConformanceGroup.Base32,
        Width = size.Width(),
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
        public override string Mnemonic => "ldx";

        public override string Summary => "Loads from memory at the source register plus the offset, zero-extended.";

        public override Clause Source => Clause.Rfc("5.1");

        private protected override (InstructionClass Class, byte Mode) Encoding => (InstructionClass.Ldx, 3);

        private protected override Layout LayoutOf => LoadLayout;

        private protected override Field Base => Field.Source;

        private protected override Access Kind => Access.Read;

        private protected override WrittenRegister Written => WrittenRegister.Destination;

        public override Guarded<T, Outcome<T>> Execute<T>(in Execution<T> execution)
        {
            var access = Accessed(execution);
            var value = execution.State.Memory.Read(access.Address, execution.Form.Width).ZeroExtend(Width.Bits64);
            return Checked(execution, access, execution.Write(execution.Fields.Destination, value));
        }
    }

    /// <summary><c>LDX MEMSX</c>: load, sign-extended.</summary>
    public sealed record LoadSigned : MemoryOperation
    {
        public override string Mnemonic => "ldxs";

        public override string Summary => "Loads from memory at the source register plus the offset, sign-extended.";

        public override Clause Source => Clause.Rfc("5.2");

        private protected override Sequence<AccessSize> Sizes => [AccessSize.Byte, AccessSize.HalfWord, AccessSize.Word];

        private protected override (InstructionClass Class, byte Mode) Encoding => (InstructionClass.Ldx, 4);

        private protected override Layout LayoutOf => LoadLayout;

        private protected override Field Base => Field.Source;

        private protected override Access Kind => Access.Read;

        private protected override WrittenRegister Written => WrittenRegister.Destination;

        public override Guarded<T, Outcome<T>> Execute<T>(in Execution<T> execution)
        {
            var access = Accessed(execution);
            var value = execution.State.Memory.Read(access.Address, execution.Form.Width).SignExtend(Width.Bits64);
            return Checked(execution, access, execution.Write(execution.Fields.Destination, value));
        }
    }

    /// <summary><c>ST MEM</c>: store of the immediate.</summary>
    public sealed record StoreImmediate : MemoryOperation
    {
        public override string Mnemonic => "st";

        public override string Summary =>
            "Stores the low bits of the sign-extended immediate to memory at the destination register plus the offset.";

        public override Clause Source => Clause.Rfc("5.1");

        private protected override (InstructionClass Class, byte Mode) Encoding => (InstructionClass.St, 3);

        private protected override Layout LayoutOf =>
            Layout.Empty with { Destination = Layout.Register, Offset = Layout.Value, Immediate = Layout.Value };

        private protected override Field Base => Field.Destination;

        private protected override Access Kind => Access.Write;

        public override Guarded<T, Outcome<T>> Execute<T>(in Execution<T> execution) =>
            Store(execution);
    }

    /// <summary><c>STX MEM</c>: store of a register.</summary>
    public sealed record StoreRegister : MemoryOperation
    {
        public override string Mnemonic => "stx";

        public override string Summary =>
            "Stores the low bits of the source register to memory at the destination register plus the offset.";

        public override Clause Source => Clause.Rfc("5.1");

        private protected override (InstructionClass Class, byte Mode) Encoding => (InstructionClass.Stx, 3);

        private protected override Layout LayoutOf =>
            Layout.Empty with { Destination = Layout.Register, Source = Layout.Register, Offset = Layout.Value };

        private protected override Field Base => Field.Destination;

        private protected override Access Kind => Access.Write;

        public override Guarded<T, Outcome<T>> Execute<T>(in Execution<T> execution) =>
            Store(execution);
    }

    private static Layout LoadLayout =>
        Layout.Empty with { Destination = Layout.Register, Source = Layout.Register, Offset = Layout.Value };

    private MemoryAccess<T> Accessed<T>(in Execution<T> execution)
        where T : IWord<T> => At(Base, Kind, execution);

    private Guarded<T, Outcome<T>> Store<T>(in Execution<T> execution)
        where T : IWord<T>
    {
        var access = Accessed(execution);
        var memory = execution.State.Memory.Write(access.Address, execution.Operand, Truth<T>.Of(true));
        return Checked(
            execution,
            access,
            new Outcome<T>.Next(execution.Advanced with { Memory = memory }));
    }
}
