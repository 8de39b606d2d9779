using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

/// <summary>A function of one register.</summary>
public enum UnaryOperation
{
    /// <summary>REV: its bytes in reverse order.</summary>
    ReverseBytes,

    /// <summary>REV16: the bytes of each half in reverse order.</summary>
    ReverseHalves,

    /// <summary>REVSH: the two low bytes in reverse order, sign-extended.</summary>
    ReverseSigned,

    /// <summary>RBIT: its bits in reverse order.</summary>
    ReverseBits,

    /// <summary>CLZ: the number of its leading zeros.</summary>
    LeadingZeros,
}

public abstract partial record Instruction
{
    /// <summary>REV, REV16, REVSH, RBIT and CLZ.</summary>
    /// <param name="Operation">What it does.</param>
    /// <param name="Destination">The register written.</param>
    /// <param name="Source">The register read.</param>
    public sealed record Unary(UnaryOperation Operation, int Destination, int Source) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var source = execution.Read(Source);
            return execution.Next.Write(Destination, Operation switch
            {
                UnaryOperation.ReverseBytes => source.ReverseBytes(),
                UnaryOperation.ReverseHalves => Swapped(source, 8, 0x00ff00ff),
                UnaryOperation.ReverseSigned => source.Low(Width.Bits16).ReverseBytes().SignExtend(Width.Bits32),
                UnaryOperation.ReverseBits =>
                    Swapped(Swapped(Swapped(source.ReverseBytes(), 4, 0x0f0f0f0f), 2, 0x33333333), 1, 0x55555555),
                UnaryOperation.LeadingZeros => LeadingZeros(source),
            });
        }

        // Neighbouring groups of bits change places; the mask has the lower one of each pair.
        private static T Swapped<T>(T word, uint distance, uint mask)
            where T : IWord<T>
        {
            var (by, lower) = (Arithmetic<T>.Constant(distance), Arithmetic<T>.Constant(mask));
            return T.ShiftLeft(word & lower, by) | (T.ShiftRightLogical(word, by) & lower);
        }

        private static T LeadingZeros<T>(T word)
            where T : IWord<T>
        {
            var zeros = Arithmetic<T>.Constant(32);
            for (var bit = 0; bit < 32; bit++)
                zeros = T.Choose(Arithmetic<T>.Bit(word, bit), Arithmetic<T>.Constant((uint)(31 - bit)), zeros);
            return zeros;
        }
    }

    /// <summary>SXTB, SXTH, UXTB and UXTH, and with an addend SXTAB, SXTAH, UXTAB and UXTAH.</summary>
    /// <param name="IsSigned">Whether it extends by the sign.</param>
    /// <param name="Bits">8 or 16.</param>
    /// <param name="Destination">The register written.</param>
    /// <param name="Source">The register read.</param>
    /// <param name="Rotation">By how many bits it is rotated right before: 0, 8, 16 or 24.</param>
    /// <param name="Addend">What is added to it; <see cref="None"/> if nothing is.</param>
    public sealed record Extend(bool IsSigned, int Bits, int Destination, int Source, int Rotation = 0, int Addend = None) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var rotated = Arithmetic<T>.ShiftBy(execution.Read(Source), Shift.Ror, Rotation, Truth<T>.Of(false)).Value;
            var part = rotated.Low(Width.Of(Bits));
            var extended = IsSigned ? part.SignExtend(Width.Bits32) : part.ZeroExtend(Width.Bits32);
            return execution.Next.Write(Destination, Addend == None ? extended : execution.Read(Addend) + extended);
        }
    }

    /// <summary>UBFX and SBFX: bits of a register, extended.</summary>
    /// <param name="IsSigned">Whether it extends by the sign.</param>
    /// <param name="Destination">The register written.</param>
    /// <param name="Source">The register read.</param>
    /// <param name="Lowest">The lowest of the bits.</param>
    /// <param name="Bits">How many, 1 to 32 less the lowest.</param>
    public sealed record ExtractBits(bool IsSigned, int Destination, int Source, int Lowest, int Bits) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var part = execution.Read(Source).Slice(Lowest, Width.Of(Bits));
            return execution.Next.Write(Destination, IsSigned ? part.SignExtend(Width.Bits32) : part.ZeroExtend(Width.Bits32));
        }
    }

    /// <summary>BFI: low bits of one register replace bits of another; BFC: zeros do.</summary>
    /// <param name="Destination">The register changed.</param>
    /// <param name="Source">Where the bits are from; <see cref="None"/> of BFC.</param>
    /// <param name="Lowest">The lowest of the bits replaced.</param>
    /// <param name="Bits">How many, 1 to 32 less the lowest.</param>
    public sealed record InsertBits(int Destination, int Source, int Lowest, int Bits) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution)
        {
            var mask = (uint)Width.Of(Bits).Mask << Lowest;
            var kept = execution.Read(Destination) & Arithmetic<T>.Constant(~mask);
            if (Source == None) return execution.Next.Write(Destination, kept);
            var moved = T.ShiftLeft(execution.Read(Source), Arithmetic<T>.Constant((uint)Lowest)) & Arithmetic<T>.Constant(mask);
            return execution.Next.Write(Destination, kept | moved);
        }
    }
}
