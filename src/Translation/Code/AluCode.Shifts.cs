using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Translation.Code;

internal sealed partial class AluCode
{
    // Shifts by a register use its low byte, and yield zero from 32 on, so that amounts below zero (224 and more) do, too.
    private void ShiftLeft(int amount)
    {
        emitter.DataConstant(DataOperation.And, Scratch, amount, 63);
        emitter.ShiftByRegister(Shift.Lsl, dst.High, dst.High, Scratch);
        emitter.DataConstant(DataOperation.Rsb, Scratch2, Scratch, 32);
        emitter.ShiftByRegister(Shift.Lsr, Scratch2, dst.Low, Scratch2);
        emitter.Data(DataOperation.Orr, dst.High, dst.High, Scratch2);
        emitter.DataConstant(DataOperation.Sub, Scratch2, Scratch, 32);
        emitter.ShiftByRegister(Shift.Lsl, Scratch2, dst.Low, Scratch2);
        emitter.Data(DataOperation.Orr, dst.High, dst.High, Scratch2);
        emitter.ShiftByRegister(Shift.Lsl, dst.Low, dst.Low, Scratch);
    }

    private void ShiftRight(int amount)
    {
        emitter.DataConstant(DataOperation.And, Scratch, amount, 63);
        emitter.ShiftByRegister(Shift.Lsr, dst.Low, dst.Low, Scratch);
        if (isHighZero) return;
        emitter.DataConstant(DataOperation.Rsb, Scratch2, Scratch, 32);
        emitter.ShiftByRegister(Shift.Lsl, Scratch2, dst.High, Scratch2);
        emitter.Data(DataOperation.Orr, dst.Low, dst.Low, Scratch2);
        emitter.DataConstant(DataOperation.Sub, Scratch2, Scratch, 32);
        emitter.ShiftByRegister(Shift.Lsr, Scratch2, dst.High, Scratch2);
        emitter.Data(DataOperation.Orr, dst.Low, dst.Low, Scratch2);
        emitter.ShiftByRegister(Shift.Lsr, dst.High, dst.High, Scratch);
    }

    private void ShiftRightSigned(int amount)
    {
        emitter.DataConstant(DataOperation.And, Scratch, amount, 63);
        emitter.ShiftByRegister(Shift.Lsr, dst.Low, dst.Low, Scratch);
        if (isHighZero) return;
        emitter.DataConstant(DataOperation.Rsb, Scratch2, Scratch, 32);
        emitter.ShiftByRegister(Shift.Lsl, Scratch2, dst.High, Scratch2);
        emitter.Data(DataOperation.Orr, dst.Low, dst.Low, Scratch2);
        emitter.DataConstant(DataOperation.Sub, Scratch2, Scratch, 32, sets: true);
        emitter.Code.Add(new Instruction.IfThen(Condition.Plus, 8));
        emitter.Code.Add(new Instruction.ShiftRegister(Shift.Asr, FlagSetting.Kept, dst.Low, dst.High, Scratch2));
        emitter.ShiftByRegister(Shift.Asr, dst.High, dst.High, Scratch);
    }

    private void ShiftLeftBy(int amount)
    {
        if (amount == 0) return;
        if (amount >= 32)
        {
            emitter.ShiftBy(Shift.Lsl, dst.High, dst.Low, amount - 32);
            emitter.Constant(dst.Low, 0);
            return;
        }

        if (isHighZero)
        {
            emitter.ShiftBy(Shift.Lsr, dst.High, dst.Low, 32 - amount);
        }
        else
        {
            emitter.ShiftBy(Shift.Lsl, dst.High, dst.High, amount);
            emitter.Shifted(DataOperation.Orr, dst.High, dst.High, dst.Low, Shift.Lsr, 32 - amount);
        }

        emitter.ShiftBy(Shift.Lsl, dst.Low, dst.Low, amount);
    }

    private void ShiftRightBy(int amount)
    {
        if (amount == 0) return;
        if (amount >= 32)
        {
            if (isHighZero) emitter.Constant(dst.Low, 0);
            else emitter.ShiftBy(Shift.Lsr, dst.Low, dst.High, amount - 32);
            ClearHigh();
            return;
        }

        emitter.ShiftBy(Shift.Lsr, dst.Low, dst.Low, amount);
        if (isHighZero) return;
        emitter.Shifted(DataOperation.Orr, dst.Low, dst.Low, dst.High, Shift.Lsl, 32 - amount);
        emitter.ShiftBy(Shift.Lsr, dst.High, dst.High, amount);
    }

    private void ShiftRightSignedBy(int amount)
    {
        if (isHighZero)
        {
            ShiftRightBy(amount);
            return;
        }

        if (amount == 0) return;
        if (amount >= 32)
        {
            emitter.ShiftBy(Shift.Asr, dst.Low, dst.High, amount - 32);
            emitter.ShiftBy(Shift.Asr, dst.High, dst.High, 31);
            return;
        }

        emitter.ShiftBy(Shift.Lsr, dst.Low, dst.Low, amount);
        emitter.Shifted(DataOperation.Orr, dst.Low, dst.Low, dst.High, Shift.Lsl, 32 - amount);
        emitter.ShiftBy(Shift.Asr, dst.High, dst.High, amount);
    }

    // Of (a + 2^32 b)(c + 2^32 d) modulo 2^64: ac + 2^32 (ad + bc).
    private void Multiply(SourceWords src)
    {
        if (src.High is { } high)
        {
            emitter.Multiply(Scratch, dst.Low, high);
            emitter.Code.Add(new Instruction.Multiply(
                MultiplyOperation.Add, FlagSetting.Kept, Scratch, dst.High, src.Low, Scratch));
        }
        else
        {
            emitter.Multiply(Scratch, dst.High, src.Low);
        }

        MultiplyLow(src.Low);
    }

    private void MultiplyConstant(uint low, bool isNegative)
    {
        emitter.Constant(Scratch2, low);
        emitter.Multiply(Scratch, dst.High, Scratch2);
        if (isNegative) emitter.Data(DataOperation.Sub, Scratch, Scratch, dst.Low);
        MultiplyLow(Scratch2);
    }

    private void MultiplyLow(int src)
    {
        emitter.Code.Add(new Instruction.MultiplyLong(LongOperation.Unsigned, dst.Low, dst.High, dst.Low, src));
        emitter.Data(DataOperation.Add, dst.High, dst.High, Scratch);
    }
}
