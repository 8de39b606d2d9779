using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Thumb.Paths;

/// <summary>The first address that an instruction reads or writes.</summary>
internal static class LoadAddress
{
    /// <summary>The address; null where the instruction does not access memory, or only by the stack pointer.</summary>
    public static Term? Of(Instruction instruction, ArmState<TermWord> state, uint at)
    {
        return instruction switch
        {
            Instruction.TransferImmediate x => Plus(Read(x.Base), x.Indexing is Indexing.PostIndexed ? 0 : x.IsAdded ? x.Offset : 0 - x.Offset),
            Instruction.TransferDouble x => Plus(Read(x.Base), x.Indexing is Indexing.PostIndexed ? 0 : x.IsAdded ? x.Offset : 0 - x.Offset),
            Instruction.TransferRegister x => Read(x.Base) + Shifted(Read(x.Index), x.Amount),
            Instruction.TableBranch x => Read(x.Base) + Shifted(Read(x.Index), x.IsHalf ? 1 : 0),
            Instruction.TransferMultiple x when x.Base != ArmState<TermWord>.StackPointer => Read(x.Base),
            _ => null,
        };

        Term Read(int register) => register == ArmState<TermWord>.ProgramCounter
            ? Make.Constant(at + 4, 32)
            : state.Registers[register].Term;
    }

    /// <summary>A register that makes the address unknown: the index before the base; null if none does.</summary>
    public static Term? Unknown(Instruction instruction, ArmState<TermWord> state)
    {
        int[] registers = instruction switch
        {
            Instruction.TransferImmediate x => [x.Base],
            Instruction.TransferDouble x => [x.Base],
            Instruction.TransferRegister x => [x.Index, x.Base],
            Instruction.TableBranch x => [x.Index, x.Base],
            Instruction.TransferMultiple x => [x.Base],
            _ => [],
        };
        return registers.Where(number => number != ArmState<TermWord>.ProgramCounter)
            .Select(number => state.Registers[number].Term).FirstOrDefault(term => !term.IsConstant);
    }

    private static Term Plus(Term term, uint offset) => term + Make.Constant(offset, 32);

    private static Term Shifted(Term term, int amount) => amount == 0
        ? term
        : Make.Binary(Operator.ShiftLeft, term, Make.Constant((ulong)amount, 32));
}
