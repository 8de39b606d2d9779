using RbpfSpec.Arm.Instructions;
using RbpfSpec.Semantics.Operations;
using Division = RbpfSpec.Semantics.Operations.AluOperation.Division;

namespace RbpfSpec.Translation.Code;

internal sealed partial class AluCode
{
    /// <summary>An operation on the low 32 bits with a register; the high ones become zero.</summary>
    public void Narrow(AluOperation operation, int src)
    {
        switch (operation)
        {
            case AluOperation.Move:
                emitter.Move(dst.Low, src);
                break;
            case AluOperation.Multiply:
                emitter.Multiply(dst.Low, dst.Low, src);
                break;
            case AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned:
                emitter.DataConstant(DataOperation.And, Scratch, src, 31);
                emitter.ShiftByRegister(ShiftOf(operation), dst.Low, dst.Low, Scratch);
                break;
            case AluOperation.MoveSigned(var from):
                Extend(from.Bits, src);
                break;
            case Division division:
                Divide(division, src);
                break;
            default:
                emitter.Data(DataOf(operation), dst.Low, dst.Low, src);
                break;
        }

        ClearHigh();
    }

    /// <summary>An operation on the low 32 bits with a constant; the high ones become zero.</summary>
    public void NarrowConstant(AluOperation operation, uint constant)
    {
        switch (operation)
        {
            case AluOperation.Move:
                emitter.Constant(dst.Low, constant);
                break;
            case AluOperation.Multiply:
                emitter.Constant(Scratch, constant);
                emitter.Multiply(dst.Low, dst.Low, Scratch);
                break;
            case AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned:
                emitter.ShiftBy(ShiftOf(operation), dst.Low, dst.Low, (int)(constant & 31));
                break;
            case Division division:
                emitter.Constant(Scratch, constant);
                Divide(division, Scratch);
                break;
            case AluOperation.Add when (int)constant < 0:
                emitter.DataConstant(DataOperation.Sub, dst.Low, dst.Low, 0 - constant);
                break;
            case AluOperation.Subtract when (int)constant < 0:
                emitter.DataConstant(DataOperation.Add, dst.Low, dst.Low, 0 - constant);
                break;
            default:
                emitter.DataConstant(DataOf(operation), dst.Low, dst.Low, constant);
                break;
        }

        ClearHigh();
    }

    /// <summary>An operation on the low 16 or 32 bits with no second operand; the others become zero.</summary>
    public void NarrowAlone(AluOperation operation, int bits)
    {
        switch (operation)
        {
            case AluOperation.Negate:
                emitter.DataConstant(DataOperation.Rsb, dst.Low, dst.Low, 0);
                break;
            case AluOperation.ToLittleEndian:
                break;
            case AluOperation.ToBigEndian or AluOperation.SwapBytes:
                emitter.Code.Add(new Instruction.Unary(
                    bits == 16 ? UnaryOperation.ReverseHalves : UnaryOperation.ReverseBytes, dst.Low, dst.Low));
                break;
            default:
                throw Unexpected(operation);
        }

        if (bits == 16) emitter.Code.Add(new Instruction.Extend(IsSigned: false, 16, dst.Low, dst.Low));
        ClearHigh();
    }

    // UDIV and SDIV yield zero for a zero divisor, which is what the RFC says.
    private void Divide(Division division, int src)
    {
        var isSigned = division is Division.DivideSigned or Division.ModuloSigned;
        if (division is Division.Divide or Division.DivideSigned)
        {
            emitter.Code.Add(new Instruction.Divide(isSigned, dst.Low, dst.Low, src));
            return;
        }

        var quotient = src == Scratch ? Scratch2 : Scratch;
        emitter.Code.Add(new Instruction.Divide(isSigned, quotient, dst.Low, src));
        emitter.Code.Add(new Instruction.Multiply(
            MultiplyOperation.Subtract, FlagSetting.Kept, dst.Low, quotient, src, dst.Low));
    }

    private static DataOperation DataOf(AluOperation operation) => operation switch
    {
        AluOperation.Add => DataOperation.Add,
        AluOperation.Subtract => DataOperation.Sub,
        AluOperation.And => DataOperation.And,
        AluOperation.Or => DataOperation.Orr,
        AluOperation.Xor => DataOperation.Eor,
        Division or AluOperation.Multiply or AluOperation.Negate or AluOperation.Move or AluOperation.MoveSigned
            or AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned
            or AluOperation.ToLittleEndian or AluOperation.ToBigEndian or AluOperation.SwapBytes => throw Unexpected(operation),
    };

    private static Shift ShiftOf(AluOperation operation) => operation switch
    {
        AluOperation.ShiftLeft => Shift.Lsl,
        AluOperation.ShiftRight => Shift.Lsr,
        AluOperation.ShiftRightSigned => Shift.Asr,
        Division or AluOperation.Add or AluOperation.Subtract or AluOperation.Multiply or AluOperation.Negate
            or AluOperation.And or AluOperation.Or or AluOperation.Xor or AluOperation.Move or AluOperation.MoveSigned
            or AluOperation.ToLittleEndian or AluOperation.ToBigEndian or AluOperation.SwapBytes => throw Unexpected(operation),
    };
}
