using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Proofs.Tests.Engines;

/// <summary>A mutant of a handler: the code that it is for, a setup in which it shows, and what is wrong.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MutantAttribute(Code code, string setup, string bug) : Attribute
{
    public Code Code => code;

    public string Setup => setup;

    public string Bug => bug;
}

/// <summary>Mutants of the handlers of the fast machine, compiled; here those of arithmetic.</summary>
internal static unsafe partial class MutantHandlers
{
    [Mutant(Code.Add32X, "alu/add32-x@rbpf", "no zero extension")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AddWithoutMask(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Destination(now, state) + *Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Add64K, "alu/add64-k@rbpf", "the immediate is not sign-extended")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong AddOfUnsignedImmediate(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) += (uint)now->Immediate;
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Subtract64X, "alu/sub64-x@rbpf", "operands swapped")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong SubtractSwapped(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Source(now, state) - *Steps.Destination(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Multiply32K, "alu/mul32-k@rbpf", "the result is sign-extended")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MultiplySignExtended(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (ulong)(int)((uint)*Steps.Destination(now, state) * (uint)now->Immediate);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Divide32X, "alu/div32-x@rbpf", "signed instead of unsigned")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong DivideSignedly(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = DivideSigned.Of32((uint)*Steps.Destination(now, state), (uint)*Steps.Source(now, state));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Divide64X, "alu/div64-x@rfc9669", "a zero divisor is not looked for")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong DivideByZero(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Destination(now, state) / *Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.DivideSigned64X, "alu/sdiv64-x@rfc9669", "a divisor of -1 is not looked for")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong DivideLeastByMinusOne(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Source(now, state) == 0 ? 0
            : (ulong)((long)*Steps.Destination(now, state) / (long)*Steps.Source(now, state));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Modulo32X, "alu/mod32-x@rfc9669", "a zero divisor keeps the upper half")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ModuloOfWholeDividend(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (uint)*Steps.Source(now, state) == 0 ? *Steps.Destination(now, state)
            : (uint)*Steps.Destination(now, state) % (uint)*Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.ModuloSigned64K, "alu/smod64-k@rfc9669", "the remainder depends on the divisor's sign")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ModuloSignOfDivisor(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = ModuloSigned.Of64(*Steps.Destination(now, state), now->Immediate) + (now->Immediate >> 63);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Xor64K, "alu/xor64-k@rbpf", "or instead of exclusive or")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong OrForXor(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) |= now->Immediate;
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Xor32K, "alu/xor32-k@rbpf", "the upper half stays")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong XorKeepsUpperHalf(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) ^= (uint)now->Immediate;
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.ShiftRight64X, "alu/rsh64-x@rbpf", "the shift amount is masked to 5 bits")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ShiftByFiveBits(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) >>= (int)(*Steps.Source(now, state) & 31);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.ShiftLeft32X, "alu/lsh32-x@rbpf", "the shift amount is masked to 6 bits")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ShiftByUnmaskedAmount(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (uint)((ulong)(uint)*Steps.Destination(now, state) << (int)(*Steps.Source(now, state) & 63));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.ShiftRightSigned32K, "alu/arsh32-k@rbpf", "zeros come in instead of signs")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ShiftZeroesIn(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (uint)*Steps.Destination(now, state) >> (int)(now->Immediate & 31);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Move32, "alu/mov32-x@rbpf", "the upper half moves too")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveWhole(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = *Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.MoveSigned8To32, "alu/movsx8to32@rbpf", "sign-extended to 64 bits")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveSignedTooFar(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (ulong)(sbyte)*Steps.Source(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Move64, "alu/mov64-x@rbpf", "the wrong register is written")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong MoveToSource(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Source(now, state) = *Steps.Destination(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Swap16, "alu/be16@rbpf", "the bits above stay")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong SwapKeepsRest(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (*Steps.Destination(now, state) & ~0xffffUL) | Swapped16.Of(*Steps.Destination(now, state));
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Negate32, "alu/neg32@rbpf", "the whole register is negated")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong NegateWhole(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = 0 - *Steps.Destination(now, state);
        return now[1].Handler(now + 1, state, start, host, branches);
    }

    [Mutant(Code.Constant, "imm/lddw@rbpf", "the upper half of the immediate is lost")]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong ConstantTruncated(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)
    {
        *Steps.Destination(now, state) = (uint)now->Immediate;
        return now[1].Handler(now + 1, state, start, host, branches);
    }
}
