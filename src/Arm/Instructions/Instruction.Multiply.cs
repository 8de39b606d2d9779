using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

/// <summary>The use of a product of 32 bits.</summary>
public enum MultiplyOperation
{
    /// <summary>MUL: the product.</summary>
    Multiply,

    /// <summary>MLA: a register plus the product.</summary>
    Add,

    /// <summary>MLS: a register minus the product.</summary>
    Subtract,
}

/// <summary>The use of a product of 64 bits.</summary>
public enum LongOperation
{
    /// <summary>SMULL: the signed product.</summary>
    Signed,

    /// <summary>UMULL: the unsigned product.</summary>
    Unsigned,

    /// <summary>SMLAL: the destination plus the signed product.</summary>
    SignedAdd,

    /// <summary>UMLAL: the destination plus the unsigned product.</summary>
    UnsignedAdd,

    /// <summary>UMAAL: both halves of the destination plus the unsigned product.</summary>
    UnsignedAddBoth,
}

public abstract partial record Instruction
{
    /// <summary>MUL, MLA and MLS: the low 32 bits of a product.</summary>
    /// <param name="Operation">What becomes of it.</param>
    /// <param name="Flags">Whether it sets N and Z.</param>
    /// <param name="Destination">The register written.</param>
    /// <param name="First">One factor.</param>
    /// <param name="Second">The other.</param>
    /// <param name="Addend">What it is added to, or subtracted from; <see cref="None"/> of MUL.</param>
    public sealed record Multiply(
        MultiplyOperation Operation, FlagSetting Flags, int Destination, int First, int Second, int Addend = None) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var product = execution.Read(First) * execution.Read(Second);
            var result = Operation switch
            {
                MultiplyOperation.Multiply => product,
                MultiplyOperation.Add => execution.Read(Addend) + product,
                MultiplyOperation.Subtract => execution.Read(Addend) - product,
            };
            var effect = execution.Next.Write(Destination, result);
            return execution.Sets(Flags) ? effect.WithFlags(execution.State.Flags.Of(result)) : effect;
        }
    }

    /// <summary>UMULL, SMULL, UMLAL, SMLAL and UMAAL: a product of 64 bits.</summary>
    /// <param name="Operation">What becomes of it.</param>
    /// <param name="Low">The register of the low half.</param>
    /// <param name="High">The register of the high half.</param>
    /// <param name="First">One factor.</param>
    /// <param name="Second">The other.</param>
    public sealed record MultiplyLong(LongOperation Operation, int Low, int High, int First, int Second) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var (first, second) = (execution.Read(First), execution.Read(Second));
            var (low, high) = (execution.Read(Low).ZeroExtend(Width.Bits64), execution.Read(High).ZeroExtend(Width.Bits64));
            var signed = first.SignExtend(Width.Bits64) * second.SignExtend(Width.Bits64);
            var unsigned = first.ZeroExtend(Width.Bits64) * second.ZeroExtend(Width.Bits64);
            var before = T.ShiftLeft(high, T.Constant(32, Width.Bits64)) | low;
            var result = Operation switch
            {
                LongOperation.Signed => signed,
                LongOperation.Unsigned => unsigned,
                LongOperation.SignedAdd => signed + before,
                LongOperation.UnsignedAdd => unsigned + before,
                LongOperation.UnsignedAddBoth => unsigned + low + high,
            };
            return execution.Next.Write(Low, result.Low(Width.Bits32)).Write(High, result.Slice(32, Width.Bits32));
        }
    }

    /// <summary>UDIV and SDIV: the quotient, rounded towards zero; zero for a zero divisor.</summary>
    /// <param name="IsSigned">Whether the operands are signed.</param>
    /// <param name="Destination">The register written.</param>
    /// <param name="First">The dividend.</param>
    /// <param name="Second">The divisor.</param>
    public sealed record Divide(bool IsSigned, int Destination, int First, int Second) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var (dividend, divisor) = (execution.Read(First), execution.Read(Second));
            var quotient = IsSigned ? T.DivideSigned(dividend, divisor) : T.DivideUnsigned(dividend, divisor);
            return execution.Next.Write(Destination, T.Choose(T.IsZero(divisor), T.Zero(Width.Bits32), quotient));
        }
    }
}
