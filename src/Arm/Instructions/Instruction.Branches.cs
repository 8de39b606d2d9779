using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

public abstract partial record Instruction
{
    /// <summary>B: a branch, under a condition of its own or always.</summary>
    /// <param name="Condition">When.</param>
    /// <param name="Distance">How far from PC, in bytes, even.</param>
    public sealed record Branch(Condition Condition, int Distance) : Instruction
    {
        public override Placement Placement => Condition is Condition.Always ? Placement.LastInIt : Placement.OutsideIt;

        private protected override Effect<T> Apply<T>(in Execution<T> execution) => execution.Next with
        {
            Jump = new(Condition.Holds(execution.State.Flags), execution.After(4 + (uint)Distance)),
        };
    }

    /// <summary>BL: a call.</summary>
    /// <param name="Distance">How far from PC, in bytes, even.</param>
    public sealed record BranchLink(int Distance) : Instruction
    {
        public override Placement Placement => Placement.LastInIt;

        private protected override Effect<T> Apply<T>(in Execution<T> execution) =>
            execution.Next.Write(ArmState<T>.Link, execution.After(4) | Arithmetic<T>.Constant(1)).To(execution.After(4 + (uint)Distance));
    }

    /// <summary>BX, and with a link BLX: on to where a register says.</summary>
    /// <param name="IsLinked">Whether it is a call.</param>
    /// <param name="Target">The register; its lowest bit says that Thumb code is there.</param>
    public sealed record BranchExchange(bool IsLinked, int Target) : Instruction
    {
        public override Placement Placement => Placement.LastInIt;

        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var target = execution.Read(Target);
            var effect = IsLinked
                ? execution.Next.Write(ArmState<T>.Link, execution.After(2) | Arithmetic<T>.Constant(1))
                : execution.Next;
            return effect.Exchange(target);
        }
    }

    /// <summary>CBZ and CBNZ: a branch forward where a register is zero, or is not.</summary>
    /// <param name="IsNonZero">Whether it is taken where the register is not zero.</param>
    /// <param name="Register">The register.</param>
    /// <param name="Distance">How far from PC, in bytes, even.</param>
    public sealed record CompareBranch(bool IsNonZero, int Register, int Distance) : Instruction
    {
        public override Placement Placement => Placement.OutsideIt;

        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var isZero = T.IsZero(execution.Read(Register));
            return execution.Next with { Jump = new(IsNonZero ? !isZero : isZero, execution.After(4 + (uint)Distance)) };
        }
    }

    /// <summary>TBB and TBH: a branch forward by twice the entry of a table.</summary>
    /// <param name="IsHalf">Whether an entry has 16 bits; else 8.</param>
    /// <param name="Base">The register of the table's address; 15 is PC.</param>
    /// <param name="Index">The register of the entry's number.</param>
    public sealed record TableBranch(bool IsHalf, int Base, int Index) : Instruction
    {
        public override Placement Placement => Placement.LastInIt;

        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var index = execution.Read(Index);
            var width = IsHalf ? Width.Bits16 : Width.Bits8;
            var address = execution.Read(Base) + (IsHalf ? T.ShiftLeft(index, Arithmetic<T>.Constant(1)) : index);
            var entry = execution.State.Memory.Read(address, width).ZeroExtend(Width.Bits32);
            return execution.Next
                .Unless(!execution.State.Memory.Grants(address, width, isWrite: false), Fault.Access)
                .To(execution.ProgramCounter + T.ShiftLeft(entry, Arithmetic<T>.Constant(1)));
        }
    }

    /// <summary>IT: the next one to four instructions have a condition, or its opposite.</summary>
    /// <param name="Condition">The condition of the first one.</param>
    /// <param name="Mask">The four bits of the encoding: how many, and which have the opposite; not zero.</param>
    public sealed record IfThen(Condition Condition, int Mask) : Instruction
    {
        public override Placement Placement => Placement.OutsideIt;

        private protected override Effect<T> Apply<T>(in Execution<T> execution) =>
            execution.Next with { State = execution.State with { It = new((byte)(((int)Condition << 4) | Mask)) } };
    }
}
