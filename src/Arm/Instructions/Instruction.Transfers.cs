using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

public abstract partial record Instruction
{
    /// <summary>A load or a store at a register and a constant; of a load at PC, the literal.</summary>
    /// <param name="Transfer">What is moved.</param>
    /// <param name="Register">The register loaded or stored; 15 of LDR branches.</param>
    /// <param name="Base">The register of the address; 15 is PC, a multiple of four.</param>
    /// <param name="Offset">The constant, in bytes.</param>
    /// <param name="IsAdded">Whether it is added or subtracted.</param>
    /// <param name="Indexing">Whether the base changes.</param>
    public sealed record TransferImmediate(
        Transfer Transfer, int Register, int Base, uint Offset, bool IsAdded = true, Indexing Indexing = Indexing.Offset) : Instruction
    {
        public override Placement Placement => Register == 15 ? Placement.LastInIt : Placement.Anywhere;

        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var at = IndexedAddress<T>.Of(execution, Base, Offset, IsAdded, Indexing);
            return Access(execution, at.WriteBack(execution.Next), Transfer, Register, at.Access);
        }
    }

    /// <summary>A load or a store at the sum of two registers, the second one shifted left.</summary>
    /// <param name="Transfer">What is moved.</param>
    /// <param name="Register">The register loaded or stored; 15 of LDR branches.</param>
    /// <param name="Base">One register of the address.</param>
    /// <param name="Index">The other.</param>
    /// <param name="Amount">By how many bits it is shifted, 0 to 3.</param>
    public sealed record TransferRegister(Transfer Transfer, int Register, int Base, int Index, int Amount = 0) : Instruction
    {
        public override Placement Placement => Register == 15 ? Placement.LastInIt : Placement.Anywhere;

        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var index = T.ShiftLeft(execution.Read(Index), Arithmetic<T>.Constant((uint)Amount));
            return Access(execution, execution.Next, Transfer, Register, execution.Read(Base) + index);
        }
    }

    /// <summary>LDRD and STRD: two registers and two words, at a multiple of four.</summary>
    /// <param name="IsLoad">Whether it loads.</param>
    /// <param name="First">The register of the word at the lower address.</param>
    /// <param name="Second">The register of the other.</param>
    /// <param name="Base">The register of the address; 15, of loads, is PC, a multiple of four.</param>
    /// <param name="Offset">The constant, in bytes, a multiple of four.</param>
    /// <param name="IsAdded">Whether it is added or subtracted.</param>
    /// <param name="Indexing">Whether the base changes.</param>
    public sealed record TransferDouble(
        bool IsLoad, int First, int Second, int Base, uint Offset, bool IsAdded = true, Indexing Indexing = Indexing.Offset) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var at = IndexedAddress<T>.Of(execution, Base, Offset, IsAdded, Indexing);
            return Words(execution, at.WriteBack(execution.Next), IsLoad, at.Access, [First, Second]);
        }
    }

    /// <summary>LDM, STM, PUSH and POP: several registers, the lowest at the lowest address, a multiple of four.</summary>
    /// <param name="IsLoad">Whether it loads.</param>
    /// <param name="Base">The register of the address.</param>
    /// <param name="Registers">A bit a register.</param>
    /// <param name="IsBefore">Whether the words end right before the address (DB), or begin at it (IA).</param>
    /// <param name="IsWrittenBack">Whether the base moves past the words.</param>
    public sealed record TransferMultiple(bool IsLoad, int Base, uint Registers, bool IsBefore, bool IsWrittenBack) : Instruction
    {
        public override Placement Placement => IsLoad && (Registers >> 15) != 0 ? Placement.LastInIt : Placement.Anywhere;

        /// <summary>The numbers of the registers, ascending.</summary>
        public Sequence<int> Numbers => [.. Enumerable.Range(0, 16).Where(number => ((Registers >> number) & 1) != 0)];

        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var numbers = Numbers;
            var at = IndexedAddress<T>.Of(
                execution, Base, 4 * (uint)numbers.Count, !IsBefore, IsBefore ? Indexing.PreIndexed : Indexing.PostIndexed);
            return Words(execution, IsWrittenBack ? at.WriteBack(execution.Next) : execution.Next, IsLoad, at.Access, numbers);
        }
    }

    private static Effect<T> Access<T>(in Execution<T> execution, Effect<T> effect, Transfer transfer, int register, T address)
        where T : IWord<T>
    {
        var width = transfer switch
        {
            Transfer.StoreByte or Transfer.LoadByte or Transfer.LoadSignedByte => Width.Bits8,
            Transfer.StoreHalf or Transfer.LoadHalf or Transfer.LoadSignedHalf => Width.Bits16,
            Transfer.StoreWord or Transfer.LoadWord => Width.Bits32,
        };
        var memory = execution.State.Memory;
        if (transfer is Transfer.StoreByte or Transfer.StoreHalf or Transfer.StoreWord)
        {
            var stored = memory.Write(address, execution.Read(register).Low(width), execution.When);
            return (effect with { State = effect.State with { Memory = stored } })
                .Unless(!memory.Grants(address, width, isWrite: true), Fault.Access);
        }

        var isBranch = register == ArmState<T>.ProgramCounter;
        if (isBranch) effect = effect.Unless(IsUnaligned(address), Fault.Unpredictable);
        effect = effect.Unless(!memory.Grants(address, width, isWrite: false), Fault.Access);
        var loaded = memory.Read(address, width);
        var isSigned = transfer is Transfer.LoadSignedByte or Transfer.LoadSignedHalf;
        var value = isSigned ? loaded.SignExtend(Width.Bits32) : loaded.ZeroExtend(Width.Bits32);
        return isBranch ? effect.Exchange(value) : effect.Write(register, value);
    }

    private static Effect<T> Words<T>(
        in Execution<T> execution, Effect<T> effect, bool isLoad, T address, Sequence<int> registers)
        where T : IWord<T>
    {
        var memory = execution.State.Memory;
        effect = effect.Unless(IsUnaligned(address), Fault.Unaligned);
        for (var i = 0; i < registers.Count; i++)
        {
            var at = address + Arithmetic<T>.Constant(4 * (uint)i);
            effect = effect.Unless(!execution.State.Memory.Grants(at, Width.Bits32, !isLoad), Fault.Access);
            if (!isLoad) memory = memory.Write(at, execution.Read(registers[i]), execution.When);
            else if (registers[i] == ArmState<T>.ProgramCounter) effect = effect.Exchange(memory.Read(at, Width.Bits32));
            else effect = effect.Write(registers[i], memory.Read(at, Width.Bits32));
        }

        return effect with { State = effect.State with { Memory = memory } };
    }

    private static Truth<T> IsUnaligned<T>(T address)
        where T : IWord<T> => !T.IsZero(address.Low(Width.Of(2)));

    /// <summary>Where an access is, and what becomes of its base.</summary>
    private readonly record struct IndexedAddress<T>(T Access, T? Written, int Base, uint Offset)
        where T : IWord<T>
    {
        public static IndexedAddress<T> Of(in Execution<T> execution, int register, uint offset, bool isAdded, Indexing indexing)
        {
            var start = execution.Read(register);
            if (register == ArmState<T>.ProgramCounter) start = Arithmetic<T>.Aligned(start);
            var distance = Arithmetic<T>.Constant(offset);
            var moved = isAdded ? start + distance : start - distance;
            return new(indexing is Indexing.PostIndexed ? start : moved, moved, indexing is Indexing.Offset ? None : register, offset);
        }

        public Effect<T> WriteBack(Effect<T> effect) => Base == None ? effect : effect.Move(Base, Written!, Offset);
    }
}
