using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

public abstract partial record Instruction
{
    /// <summary>Data processing with a constant: AND, ADD, CMP, MOV, MOVW, ADR and the like.</summary>
    /// <param name="Operation">What it does.</param>
    /// <param name="Flags">Whether it sets the flags.</param>
    /// <param name="Destination">The register written; <see cref="None"/> where only flags are.</param>
    /// <param name="First">The first operand; <see cref="None"/> of MOV and MVN; of ADD and SUB 15 is PC, a multiple of four.</param>
    /// <param name="Immediate">The second operand.</param>
    public sealed record DataImmediate(DataOperation Operation, FlagSetting Flags, int Destination, int First, uint Immediate)
        : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var flags = execution.State.Flags;
            var carry = ModifiedImmediate.Carry(Immediate) is { } known ? Truth<T>.Of(known) : flags.Carry;
            var first = execution.Read(First);
            if (First == ArmState<T>.ProgramCounter) first = Arithmetic<T>.Aligned(first);
            var (result, after) = Compute(Operation, first, new(Arithmetic<T>.Constant(Immediate), carry), flags);
            var effect = execution.Sets(Flags) ? execution.Next.WithFlags(after) : execution.Next;
            if (Destination == None) return effect;
            return Operation is DataOperation.Add or DataOperation.Sub && First == ArmState<T>.StackPointer
                ? effect.Move(Destination, result, Immediate)
                : effect.Write(Destination, result);
        }
    }

    /// <summary>Data processing with a register that is shifted by a constant; shifts by a constant are MOV.</summary>
    /// <param name="Operation">What it does.</param>
    /// <param name="Flags">Whether it sets the flags.</param>
    /// <param name="Destination">The register written; <see cref="None"/> where only flags are; 15 of MOV and ADD branches.</param>
    /// <param name="First">The first operand; <see cref="None"/> of MOV and MVN.</param>
    /// <param name="Second">The second operand.</param>
    /// <param name="Shift">How the second operand is shifted.</param>
    /// <param name="Amount">By how many bits: 0 to 31, of LSR and ASR 1 to 32, of ROR 1 to 31, of RRX 1.</param>
    public sealed record DataRegister(
        DataOperation Operation, FlagSetting Flags, int Destination, int First, int Second, Shift Shift = Shift.Lsl, int Amount = 0)
        : Instruction
    {
        public override Placement Placement => IsBranch ? Placement.LastInIt : Placement.Anywhere;

        private bool IsBranch =>
            Destination == 15 && Operation is not (DataOperation.Tst or DataOperation.Teq or DataOperation.Cmp or DataOperation.Cmn);

        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var flags = execution.State.Flags;
            var second = Arithmetic<T>.ShiftBy(execution.Read(Second), Shift, Amount, flags.Carry);
            var (result, after) = Compute(Operation, execution.Read(First), second, flags);
            if (IsBranch) return execution.Next.To(result & Arithmetic<T>.Constant(0xfffffffe));
            var effect = execution.Sets(Flags) ? execution.Next.WithFlags(after) : execution.Next;
            return Destination == None ? effect : effect.Write(Destination, result);
        }
    }

    /// <summary>A shift by what a register says: LSL, LSR, ASR, ROR.</summary>
    /// <param name="Shift">How; not RRX.</param>
    /// <param name="Flags">Whether it sets the flags.</param>
    /// <param name="Destination">The register written.</param>
    /// <param name="First">What is shifted.</param>
    /// <param name="Second">By how many bits, in its low byte.</param>
    public sealed record ShiftRegister(Shift Shift, FlagSetting Flags, int Destination, int First, int Second) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var flags = execution.State.Flags;
            var (result, carry) = Arithmetic<T>.ShiftBy(execution.Read(First), Shift, execution.Read(Second), flags.Carry);
            var effect = execution.Next.Write(Destination, result);
            return execution.Sets(Flags) ? effect.WithFlags(flags.Of(result) with { Carry = carry }) : effect;
        }
    }

    /// <summary>MOVT: the upper half of a register becomes a constant.</summary>
    /// <param name="Destination">The register.</param>
    /// <param name="Immediate">The constant, 16 bits.</param>
    public sealed record MoveTop(int Destination, uint Immediate) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution) => execution.Next.Write(
            Destination,
            (execution.Read(Destination) & Arithmetic<T>.Constant(0xffff)) | Arithmetic<T>.Constant(Immediate << 16));
    }

    private static (T Result, Flags<T> Flags) Compute<T>(DataOperation operation, T first, Carried<T> second, Flags<T> flags)
        where T : IWord<T>
    {
        var no = Truth<T>.Of(false);
        var yes = Truth<T>.Of(true);
        return operation switch
        {
            DataOperation.And or DataOperation.Tst => Logical(first & second.Value, second.Carry, flags),
            DataOperation.Bic => Logical(first & Not(second.Value), second.Carry, flags),
            DataOperation.Orr => Logical(first | second.Value, second.Carry, flags),
            DataOperation.Orn => Logical(first | Not(second.Value), second.Carry, flags),
            DataOperation.Eor or DataOperation.Teq => Logical(first ^ second.Value, second.Carry, flags),
            DataOperation.Mov => Logical(second.Value, second.Carry, flags),
            DataOperation.Mvn => Logical(Not(second.Value), second.Carry, flags),
            DataOperation.Add or DataOperation.Cmn => Arithmetic<T>.Add(first, second.Value, no),
            DataOperation.Adc => Arithmetic<T>.Add(first, second.Value, flags.Carry),
            DataOperation.Sub or DataOperation.Cmp => Arithmetic<T>.Subtract(first, second.Value, yes),
            DataOperation.Sbc => Arithmetic<T>.Subtract(first, second.Value, flags.Carry),
            DataOperation.Rsb => Arithmetic<T>.Subtract(second.Value, first, yes),
        };
    }

    private static (T Result, Flags<T> Flags) Logical<T>(T result, Truth<T> carry, Flags<T> flags)
        where T : IWord<T> => (result, flags.Of(result) with { Carry = carry });

    private static T Not<T>(T word)
        where T : IWord<T> => word ^ Arithmetic<T>.Constant(uint.MaxValue);
}
