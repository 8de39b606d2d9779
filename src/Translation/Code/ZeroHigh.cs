using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Translation.Code;

/// <summary>The registers of a program whose high 32 bits are known to be zero.</summary>
/// <param name="Bits">A bit a register.</param>
internal readonly record struct ZeroHigh(int Bits)
{
    /// <summary>Of none.</summary>
    public static ZeroHigh None => default;

    /// <summary>Whether it is known of a register.</summary>
    public bool this[int register] => ((Bits >> register) & 1) != 0;

    /// <summary>The registers of which both know it.</summary>
    public ZeroHigh And(ZeroHigh other) => new(Bits & other.Bits);

    /// <summary>With one register more.</summary>
    public ZeroHigh With(int register) => new(Bits | (1 << register));

    /// <summary>Without a register.</summary>
    public ZeroHigh Without(int register) => new(Bits & ~(1 << register));

    /// <summary>The registers of which it is known after an instruction, where native code goes on.</summary>
    public ZeroHigh After(Instruction instruction) => instruction.Form.Operation switch
    {
        AluOperation operation => Set(instruction.Destination.Number, IsZeroAfter(operation, instruction)),
        WideLoad => Set(instruction.Destination.Number, instruction.NextImmediate == 0),
        MemoryOperation operation => AfterAccess(operation, instruction),
        JumpOperation => this,
        _ => None,
    };

    private ZeroHigh Set(int register, bool isZero) => isZero ? With(register) : Without(register);

    // What a region grants has an address of 32 bits.
    private ZeroHigh AfterAccess(MemoryOperation operation, Instruction instruction)
    {
        var address = operation.Base is Field.Source ? instruction.Source.Number : instruction.Destination.Number;
        var looked = address == Register.Last ? this : With(address);
        return instruction.Form.Writes is WrittenRegister.Destination
            ? looked.Set(
                instruction.Destination.Number, operation is MemoryOperation.Load && instruction.Form.Width.Bits < 64)
            : looked;
    }

    private bool IsZeroAfter(AluOperation operation, Instruction instruction)
    {
        if (instruction.Form.Width.Bits < 64) return true;
        var (isConstant, constant) = (instruction.Form.Operand is SourceOperand.Immediate, instruction.Immediate);
        var dst = this[instruction.Destination.Number];
        var src = isConstant ? constant >= 0 : this[instruction.Source.Number];
        return operation switch
        {
            AluOperation.Move => src,
            AluOperation.And => dst || src,
            AluOperation.Or or AluOperation.Xor => dst && src,
            AluOperation.ShiftRight => dst || (isConstant && (constant & 63) >= 32),
            AluOperation.ShiftRightSigned or AluOperation.ToLittleEndian => dst,
            AluOperation.Add or AluOperation.Subtract or AluOperation.Multiply or AluOperation.Negate or AluOperation.Division
                or AluOperation.ShiftLeft or AluOperation.MoveSigned or AluOperation.ToBigEndian or AluOperation.SwapBytes => false,
        };
    }
}
