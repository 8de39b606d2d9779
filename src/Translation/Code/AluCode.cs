using RbpfSpec.Arm.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Translation.Code;

/// <summary>Where the second operand is: in registers.</summary>
/// <param name="Low">The register of the low word.</param>
/// <param name="High">The register of the high word; null where it is zero and in no register.</param>
internal readonly record struct SourceWords(int Low, int? High);

/// <summary>The code of arithmetic on registers: what an operation does to a pair.</summary>
/// <param name="emitter">Where the code goes.</param>
/// <param name="dst">The pair of the destination.</param>
/// <param name="isHighZero">Whether its high word is zero before, and in its register so.</param>
internal sealed partial class AluCode(Emitter emitter, RegisterPair dst, bool isHighZero)
{
    private const int Scratch = Emitter.Scratch;
    private const int Scratch2 = Emitter.Scratch2;

    /// <summary>The pair of the destination.</summary>
    public RegisterPair Pair => dst;

    /// <summary>An operation on 64 bits with a register.</summary>
    public void Wide(AluOperation operation, SourceWords src)
    {
        switch (operation)
        {
            case AluOperation.Move:
                emitter.Move(dst.Low, src.Low);
                MoveHigh(src.High);
                break;
            case AluOperation.Add:
                emitter.DataSetting(DataOperation.Add, dst.Low, dst.Low, src.Low);
                WithHigh(DataOperation.Adc, src.High);
                break;
            case AluOperation.Subtract:
                emitter.DataSetting(DataOperation.Sub, dst.Low, dst.Low, src.Low);
                WithHigh(DataOperation.Sbc, src.High);
                break;
            case AluOperation.And:
                emitter.Data(DataOperation.And, dst.Low, dst.Low, src.Low);
                if (src.High is { } high && !isHighZero) emitter.Data(DataOperation.And, dst.High, dst.High, high);
                else ClearHigh();
                break;
            case AluOperation.Or:
                emitter.Data(DataOperation.Orr, dst.Low, dst.Low, src.Low);
                if (src.High is { } or) emitter.Data(DataOperation.Orr, dst.High, dst.High, or);
                break;
            case AluOperation.Xor:
                emitter.Data(DataOperation.Eor, dst.Low, dst.Low, src.Low);
                if (src.High is { } xor) emitter.Data(DataOperation.Eor, dst.High, dst.High, xor);
                break;
            case AluOperation.Multiply:
                Multiply(src);
                break;
            case AluOperation.ShiftLeft:
                ShiftLeft(src.Low);
                break;
            case AluOperation.ShiftRight:
                ShiftRight(src.Low);
                break;
            case AluOperation.ShiftRightSigned:
                ShiftRightSigned(src.Low);
                break;
            case AluOperation.MoveSigned(var from):
                Extend(from.Bits, src.Low);
                emitter.ShiftBy(Shift.Asr, dst.High, dst.Low, 31);
                break;
            default:
                throw Unexpected(operation);
        }
    }

    /// <summary>An operation on 64 bits with a constant of 32 bits, sign-extended.</summary>
    public void WideConstant(AluOperation operation, int constant)
    {
        var (low, isNegative) = ((uint)constant, constant < 0);
        switch (operation)
        {
            case AluOperation.Move:
                emitter.Constant(dst.Low, low);
                if (isNegative) emitter.Constant(dst.High, uint.MaxValue);
                else ClearHigh();
                break;
            case AluOperation.Add:
                AddConstant(low, isNegative);
                break;
            case AluOperation.Subtract:
                SubtractConstant(low, isNegative);
                break;
            case AluOperation.And:
                emitter.DataConstant(DataOperation.And, dst.Low, dst.Low, low);
                if (!isNegative) ClearHigh();
                break;
            case AluOperation.Or:
                emitter.DataConstant(DataOperation.Orr, dst.Low, dst.Low, low);
                if (isNegative) emitter.Constant(dst.High, uint.MaxValue);
                break;
            case AluOperation.Xor:
                emitter.DataConstant(DataOperation.Eor, dst.Low, dst.Low, low);
                if (isNegative) emitter.DataConstant(DataOperation.Eor, dst.High, dst.High, uint.MaxValue);
                break;
            case AluOperation.Multiply when constant == -1:
                WideAlone(new AluOperation.Negate());
                break;
            case AluOperation.Multiply:
                MultiplyConstant(low, isNegative);
                break;
            case AluOperation.ShiftLeft:
                ShiftLeftBy(constant & 63);
                break;
            case AluOperation.ShiftRight:
                ShiftRightBy(constant & 63);
                break;
            case AluOperation.ShiftRightSigned:
                ShiftRightSignedBy(constant & 63);
                break;
            default:
                throw Unexpected(operation);
        }
    }

    /// <summary>An operation on 64 bits with no second operand.</summary>
    public void WideAlone(AluOperation operation)
    {
        switch (operation)
        {
            case AluOperation.Negate:
                emitter.DataConstant(DataOperation.Rsb, dst.Low, dst.Low, 0, sets: true);
                emitter.Shifted(DataOperation.Sbc, dst.High, dst.High, dst.High, Shift.Lsl, 1);
                break;
            case AluOperation.ToLittleEndian:
                break;
            case AluOperation.ToBigEndian or AluOperation.SwapBytes:
                emitter.Code.Add(new Instruction.Unary(UnaryOperation.ReverseBytes, Scratch, dst.Low));
                emitter.Code.Add(new Instruction.Unary(UnaryOperation.ReverseBytes, dst.Low, dst.High));
                emitter.Move(dst.High, Scratch);
                break;
            default:
                throw Unexpected(operation);
        }
    }

    /// <summary>A constant of 64 bits.</summary>
    public void Load(ulong constant)
    {
        emitter.Constant(dst.Low, (uint)constant);
        if (constant >> 32 == 0) ClearHigh();
        else emitter.Constant(dst.High, (uint)(constant >> 32));
    }

    /// <summary>The low word shifted up by 32 bits and down again.</summary>
    public void ExtendLow(bool isSigned)
    {
        if (isSigned) emitter.ShiftBy(Shift.Asr, dst.High, dst.Low, 31);
        else ClearHigh();
    }

    private void ClearHigh()
    {
        if (!isHighZero) emitter.Constant(dst.High, 0);
    }

    private void MoveHigh(int? high)
    {
        if (high is { } register) emitter.Move(dst.High, register);
        else ClearHigh();
    }

    private void WithHigh(DataOperation operation, int? high)
    {
        if (high is { } register) emitter.Data(operation, dst.High, dst.High, register);
        else emitter.DataConstant(operation, dst.High, dst.High, 0);
    }

    private void AddConstant(uint low, bool isNegative)
    {
        if (isNegative)
        {
            emitter.DataConstant(DataOperation.Sub, dst.Low, dst.Low, 0 - low, sets: true);
            emitter.DataConstant(DataOperation.Sbc, dst.High, dst.High, 0);
        }
        else
        {
            emitter.DataConstant(DataOperation.Add, dst.Low, dst.Low, low, sets: true);
            emitter.DataConstant(DataOperation.Adc, dst.High, dst.High, 0);
        }
    }

    private void SubtractConstant(uint low, bool isNegative)
    {
        if (isNegative)
        {
            emitter.DataConstant(DataOperation.Add, dst.Low, dst.Low, 0 - low, sets: true);
            emitter.DataConstant(DataOperation.Adc, dst.High, dst.High, 0);
        }
        else
        {
            emitter.DataConstant(DataOperation.Sub, dst.Low, dst.Low, low, sets: true);
            emitter.DataConstant(DataOperation.Sbc, dst.High, dst.High, 0);
        }
    }

    private void Extend(int bits, int source)
    {
        if (bits == 32) emitter.Move(dst.Low, source);
        else emitter.Code.Add(new Instruction.Extend(IsSigned: true, bits, dst.Low, source));
    }

    private static ArgumentException Unexpected(AluOperation operation) => new($"{operation} is not translated so", nameof(operation));
}
