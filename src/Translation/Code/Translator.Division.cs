using RbpfSpec.Arm.Instructions;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Translation.Native;
using Instruction = RbpfSpec.Semantics.Instructions.Instruction;

namespace RbpfSpec.Translation.Code;

public sealed partial class Translator
{
    // A call of the compiler's library: dividend in r0 and r1, divisor in r2 and r3; quotient and remainder come back there. It keeps
    // r4 to r11. All operands, and what these four registers held, wait in the machine's state. It divides unsigned: signed words
    // are divided by their magnitudes.
    private void DivideWide(int slot, Instruction instruction, AluOperation.Division operation)
    {
        var (dst, src) = ((int)instruction.Destination.Number, (int)instruction.Source.Number);
        var isConstant = instruction.Form.Operand is SourceOperand.Immediate;
        if (!isConstant)
        {
            var (low, high) = allocation[src] ?? new RegisterPair(Scratch, Scratch2);
            if (allocation[src] is null) emitter.Pair(isLoad: true, low, high, NativeLayout.OfRegister(src));
            emitter.DataSetting(DataOperation.Orr, Scratch, low, high);
            Code.Branch(ExitAt(slot), Condition.Equal);
        }

        int[] inWay = [.. allocation.InPairs.Where(register => allocation[register]!.Value.Low < 4)];
        foreach (var register in inWay.Append(dst).Append(isConstant ? dst : src).Distinct())
        {
            if (allocation[register] is { } pair && written.Contains(register))
                emitter.Pair(isLoad: false, pair.Low, pair.High, NativeLayout.OfRegister(register));
        }

        var isSigned = operation is AluOperation.Division.DivideSigned or AluOperation.Division.ModuloSigned;
        emitter.Pair(isLoad: true, 0, 1, NativeLayout.OfRegister(dst));
        if (isSigned) NegateWhereNegative(0, 1, sign: 1);
        if (isConstant)
        {
            emitter.Constant(2, (uint)(isSigned ? Math.Abs((long)instruction.Immediate) : instruction.Immediate));
            emitter.Constant(3, isSigned ? 0 : Sign(instruction.Immediate));
        }
        else
        {
            emitter.Pair(isLoad: true, 2, 3, NativeLayout.OfRegister(src));
            if (isSigned) NegateWhereNegative(2, 3, sign: 3);
        }

        if (IsLimited) emitter.Store(Emitter.Budget, NativeLayout.Branches);
        emitter.Move(Scratch, Emitter.Machine);
        emitter.Load(Scratch2, NativeLayout.Divide);
        Code.Add(new Arm.Instructions.Instruction.BranchExchange(true, Scratch2));
        emitter.Move(Emitter.Machine, Scratch);
        if (IsLimited) emitter.Load(Emitter.Budget, NativeLayout.Branches);
        var isQuotient = operation is AluOperation.Division.Divide or AluOperation.Division.DivideSigned;
        var result = isQuotient ? 0 : 2;
        if (isSigned)
        {
            // A remainder has the sign of the dividend; a quotient is negative where one of the two is.
            emitter.Load(Scratch, NativeLayout.OfRegister(dst) + 4);
            if (isQuotient && !isConstant)
            {
                emitter.Load(Scratch2, NativeLayout.OfRegister(src) + 4);
                emitter.Data(DataOperation.Eor, Scratch, Scratch, Scratch2);
            }
            else if (isQuotient && instruction.Immediate < 0)
            {
                emitter.DataConstant(DataOperation.Eor, Scratch, Scratch, uint.MaxValue);
            }

            NegateWhereNegative(result, result + 1, Scratch);
        }

        emitter.Pair(isLoad: false, result, result + 1, NativeLayout.OfRegister(dst));
        foreach (var register in inWay.Append(dst).Distinct())
        {
            if (allocation[register] is { } pair) emitter.Pair(isLoad: true, pair.Low, pair.High, NativeLayout.OfRegister(register));
        }
    }

    // Complemented, and one more, where the sign of a register is set: the register is lost, if it is not the pair's.
    private void NegateWhereNegative(int low, int high, int sign)
    {
        emitter.ShiftBy(Shift.Asr, Scratch, sign, 31);
        emitter.Data(DataOperation.Eor, low, low, Scratch);
        emitter.Data(DataOperation.Eor, high, high, Scratch);
        emitter.DataSetting(DataOperation.Sub, low, low, Scratch);
        emitter.Data(DataOperation.Sbc, high, high, Scratch);
    }
}
