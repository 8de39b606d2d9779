using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Predecoded;

namespace RbpfSpec.Interp.Execution;

/// <summary>The portable engine: one loop around one <see langword="switch"/>.</summary>
/// <remarks>
/// Unsafe, and safe: steps and state are read through pointers to arrays that the caller keeps pinned; every step but
/// the last, which stops or jumps, is followed by another, and distances lead to steps, as preflight says of the slots
/// that they stand for (the claims <c>preflight/*</c>); memory is reached only after its reach was compared
/// (<c>refinement/switch/*</c>).
/// </remarks>
internal static unsafe class SwitchEngine
{
    /// <summary>Runs from a step on until something stops it; yields why, and leaves the rest in the state.</summary>
    /// <param name="now">The step.</param>
    /// <param name="state">The state, whose reaches are those of the cached region.</param>
    /// <param name="start">The address of the cached region's first byte.</param>
    /// <param name="host">That byte, as the host sees it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Run(PredecodedStep* now, RunState* state, ulong start, byte* host)
    {
        var branches = state->Branches;
        while (true)
        {
            ulong address;
            ulong at;
            ulong bytes;
            ulong permission;
            switch (now->Code)
            {
                case Code.Add32K:
                    Steps.Alu32K<Add>(now, state);
                    now++;
                    continue;
                case Code.Add32X:
                    Steps.Alu32X<Add>(now, state);
                    now++;
                    continue;
                case Code.Add64K:
                    Steps.Alu64K<Add>(now, state);
                    now++;
                    continue;
                case Code.Add64X:
                    Steps.Alu64X<Add>(now, state);
                    now++;
                    continue;
                case Code.Subtract32K:
                    Steps.Alu32K<Subtract>(now, state);
                    now++;
                    continue;
                case Code.Subtract32X:
                    Steps.Alu32X<Subtract>(now, state);
                    now++;
                    continue;
                case Code.Subtract64K:
                    Steps.Alu64K<Subtract>(now, state);
                    now++;
                    continue;
                case Code.Subtract64X:
                    Steps.Alu64X<Subtract>(now, state);
                    now++;
                    continue;
                case Code.Multiply32K:
                    Steps.Alu32K<Multiply>(now, state);
                    now++;
                    continue;
                case Code.Multiply32X:
                    Steps.Alu32X<Multiply>(now, state);
                    now++;
                    continue;
                case Code.Multiply64K:
                    Steps.Alu64K<Multiply>(now, state);
                    now++;
                    continue;
                case Code.Multiply64X:
                    Steps.Alu64X<Multiply>(now, state);
                    now++;
                    continue;
                case Code.Divide32K:
                    Steps.Alu32K<Divide>(now, state);
                    now++;
                    continue;
                case Code.Divide32X:
                    Steps.Alu32X<Divide>(now, state);
                    now++;
                    continue;
                case Code.Divide64K:
                    Steps.Alu64K<Divide>(now, state);
                    now++;
                    continue;
                case Code.Divide64X:
                    Steps.Alu64X<Divide>(now, state);
                    now++;
                    continue;
                case Code.DivideSigned32K:
                    Steps.Alu32K<DivideSigned>(now, state);
                    now++;
                    continue;
                case Code.DivideSigned32X:
                    Steps.Alu32X<DivideSigned>(now, state);
                    now++;
                    continue;
                case Code.DivideSigned64K:
                    Steps.Alu64K<DivideSigned>(now, state);
                    now++;
                    continue;
                case Code.DivideSigned64X:
                    Steps.Alu64X<DivideSigned>(now, state);
                    now++;
                    continue;
                case Code.Or32K:
                    Steps.Alu32K<Or>(now, state);
                    now++;
                    continue;
                case Code.Or32X:
                    Steps.Alu32X<Or>(now, state);
                    now++;
                    continue;
                case Code.Or64K:
                    Steps.Alu64K<Or>(now, state);
                    now++;
                    continue;
                case Code.Or64X:
                    Steps.Alu64X<Or>(now, state);
                    now++;
                    continue;
                case Code.And32K:
                    Steps.Alu32K<And>(now, state);
                    now++;
                    continue;
                case Code.And32X:
                    Steps.Alu32X<And>(now, state);
                    now++;
                    continue;
                case Code.And64K:
                    Steps.Alu64K<And>(now, state);
                    now++;
                    continue;
                case Code.And64X:
                    Steps.Alu64X<And>(now, state);
                    now++;
                    continue;
                case Code.ShiftLeft32K:
                    Steps.Alu32K<ShiftLeft>(now, state);
                    now++;
                    continue;
                case Code.ShiftLeft32X:
                    Steps.Alu32X<ShiftLeft>(now, state);
                    now++;
                    continue;
                case Code.ShiftLeft64K:
                    Steps.Alu64K<ShiftLeft>(now, state);
                    now++;
                    continue;
                case Code.ShiftLeft64X:
                    Steps.Alu64X<ShiftLeft>(now, state);
                    now++;
                    continue;
                case Code.ShiftRight32K:
                    Steps.Alu32K<ShiftRight>(now, state);
                    now++;
                    continue;
                case Code.ShiftRight32X:
                    Steps.Alu32X<ShiftRight>(now, state);
                    now++;
                    continue;
                case Code.ShiftRight64K:
                    Steps.Alu64K<ShiftRight>(now, state);
                    now++;
                    continue;
                case Code.ShiftRight64X:
                    Steps.Alu64X<ShiftRight>(now, state);
                    now++;
                    continue;
                case Code.Modulo32K:
                    Steps.Alu32K<Modulo>(now, state);
                    now++;
                    continue;
                case Code.Modulo32X:
                    Steps.Alu32X<Modulo>(now, state);
                    now++;
                    continue;
                case Code.Modulo64K:
                    Steps.Alu64K<Modulo>(now, state);
                    now++;
                    continue;
                case Code.Modulo64X:
                    Steps.Alu64X<Modulo>(now, state);
                    now++;
                    continue;
                case Code.ModuloSigned32K:
                    Steps.Alu32K<ModuloSigned>(now, state);
                    now++;
                    continue;
                case Code.ModuloSigned32X:
                    Steps.Alu32X<ModuloSigned>(now, state);
                    now++;
                    continue;
                case Code.ModuloSigned64K:
                    Steps.Alu64K<ModuloSigned>(now, state);
                    now++;
                    continue;
                case Code.ModuloSigned64X:
                    Steps.Alu64X<ModuloSigned>(now, state);
                    now++;
                    continue;
                case Code.Xor32K:
                    Steps.Alu32K<Xor>(now, state);
                    now++;
                    continue;
                case Code.Xor32X:
                    Steps.Alu32X<Xor>(now, state);
                    now++;
                    continue;
                case Code.Xor64K:
                    Steps.Alu64K<Xor>(now, state);
                    now++;
                    continue;
                case Code.Xor64X:
                    Steps.Alu64X<Xor>(now, state);
                    now++;
                    continue;
                case Code.ShiftRightSigned32K:
                    Steps.Alu32K<ShiftRightSigned>(now, state);
                    now++;
                    continue;
                case Code.ShiftRightSigned32X:
                    Steps.Alu32X<ShiftRightSigned>(now, state);
                    now++;
                    continue;
                case Code.ShiftRightSigned64K:
                    Steps.Alu64K<ShiftRightSigned>(now, state);
                    now++;
                    continue;
                case Code.ShiftRightSigned64X:
                    Steps.Alu64X<ShiftRightSigned>(now, state);
                    now++;
                    continue;
                case Code.Constant:
                    Steps.Constant(now, state);
                    now++;
                    continue;
                case Code.Move64:
                    Steps.Move<Same>(now, state);
                    now++;
                    continue;
                case Code.Move32:
                    Steps.Move<Low32>(now, state);
                    now++;
                    continue;
                case Code.MoveSigned8To32:
                    Steps.Move<Signed8To32>(now, state);
                    now++;
                    continue;
                case Code.MoveSigned16To32:
                    Steps.Move<Signed16To32>(now, state);
                    now++;
                    continue;
                case Code.MoveSigned8To64:
                    Steps.Move<Signed8>(now, state);
                    now++;
                    continue;
                case Code.MoveSigned16To64:
                    Steps.Move<Signed16>(now, state);
                    now++;
                    continue;
                case Code.MoveSigned32To64:
                    Steps.Move<Signed32>(now, state);
                    now++;
                    continue;
                case Code.Negate32:
                    Steps.Convert<Negated32>(now, state);
                    now++;
                    continue;
                case Code.Negate64:
                    Steps.Convert<Negated64>(now, state);
                    now++;
                    continue;
                case Code.Keep16:
                    Steps.Convert<Low16>(now, state);
                    now++;
                    continue;
                case Code.Keep32:
                    Steps.Convert<Low32>(now, state);
                    now++;
                    continue;
                case Code.Keep64:
                    Steps.Convert<Same>(now, state);
                    now++;
                    continue;
                case Code.Swap16:
                    Steps.Convert<Swapped16>(now, state);
                    now++;
                    continue;
                case Code.Swap32:
                    Steps.Convert<Swapped32>(now, state);
                    now++;
                    continue;
                case Code.Swap64:
                    Steps.Convert<Swapped64>(now, state);
                    now++;
                    continue;
                case Code.Always:
                    goto taken;
                case Code.IfEqual32K:
                    if (Steps.If32K<Equal>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfEqual32X:
                    if (Steps.If32X<Equal>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfEqual64K:
                    if (Steps.If64K<Equal>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfEqual64X:
                    if (Steps.If64X<Equal>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreater32K:
                    if (Steps.If32K<Greater>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreater32X:
                    if (Steps.If32X<Greater>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreater64K:
                    if (Steps.If64K<Greater>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreater64X:
                    if (Steps.If64X<Greater>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterOrEqual32K:
                    if (Steps.If32K<GreaterOrEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterOrEqual32X:
                    if (Steps.If32X<GreaterOrEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterOrEqual64K:
                    if (Steps.If64K<GreaterOrEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterOrEqual64X:
                    if (Steps.If64X<GreaterOrEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfAnyBitSet32K:
                    if (Steps.If32K<AnyBitSet>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfAnyBitSet32X:
                    if (Steps.If32X<AnyBitSet>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfAnyBitSet64K:
                    if (Steps.If64K<AnyBitSet>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfAnyBitSet64X:
                    if (Steps.If64X<AnyBitSet>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfNotEqual32K:
                    if (Steps.If32K<NotEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfNotEqual32X:
                    if (Steps.If32X<NotEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfNotEqual64K:
                    if (Steps.If64K<NotEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfNotEqual64X:
                    if (Steps.If64X<NotEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterSigned32K:
                    if (Steps.If32K<GreaterSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterSigned32X:
                    if (Steps.If32X<GreaterSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterSigned64K:
                    if (Steps.If64K<GreaterSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterSigned64X:
                    if (Steps.If64X<GreaterSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterOrEqualSigned32K:
                    if (Steps.If32K<GreaterOrEqualSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterOrEqualSigned32X:
                    if (Steps.If32X<GreaterOrEqualSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterOrEqualSigned64K:
                    if (Steps.If64K<GreaterOrEqualSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfGreaterOrEqualSigned64X:
                    if (Steps.If64X<GreaterOrEqualSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLess32K:
                    if (Steps.If32K<Less>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLess32X:
                    if (Steps.If32X<Less>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLess64K:
                    if (Steps.If64K<Less>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLess64X:
                    if (Steps.If64X<Less>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessOrEqual32K:
                    if (Steps.If32K<LessOrEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessOrEqual32X:
                    if (Steps.If32X<LessOrEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessOrEqual64K:
                    if (Steps.If64K<LessOrEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessOrEqual64X:
                    if (Steps.If64X<LessOrEqual>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessSigned32K:
                    if (Steps.If32K<LessSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessSigned32X:
                    if (Steps.If32X<LessSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessSigned64K:
                    if (Steps.If64K<LessSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessSigned64X:
                    if (Steps.If64X<LessSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessOrEqualSigned32K:
                    if (Steps.If32K<LessOrEqualSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessOrEqualSigned32X:
                    if (Steps.If32X<LessOrEqualSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessOrEqualSigned64K:
                    if (Steps.If64K<LessOrEqualSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.IfLessOrEqualSigned64X:
                    if (Steps.If64X<LessOrEqualSigned>(now, state)) goto taken;
                    now++;
                    continue;
                case Code.Load1:
                    address = Steps.SourceAddress(now, state);
                    at = address - start;
                    if (at < Size1.Readable(state))
                    {
                        Steps.Load<Size1, Same>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size1.Stack(state))
                    {
                        Steps.Load<Size1, Same>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size1.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.Load2:
                    address = Steps.SourceAddress(now, state);
                    at = address - start;
                    if (at < Size2.Readable(state))
                    {
                        Steps.Load<Size2, Same>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size2.Stack(state))
                    {
                        Steps.Load<Size2, Same>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size2.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.Load4:
                    address = Steps.SourceAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state))
                    {
                        Steps.Load<Size4, Same>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.Load<Size4, Same>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.Load8:
                    address = Steps.SourceAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state))
                    {
                        Steps.Load<Size8, Same>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.Load<Size8, Same>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.LoadSigned1:
                    address = Steps.SourceAddress(now, state);
                    at = address - start;
                    if (at < Size1.Readable(state))
                    {
                        Steps.Load<Size1, Signed8>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size1.Stack(state))
                    {
                        Steps.Load<Size1, Signed8>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size1.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.LoadSigned2:
                    address = Steps.SourceAddress(now, state);
                    at = address - start;
                    if (at < Size2.Readable(state))
                    {
                        Steps.Load<Size2, Signed16>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size2.Stack(state))
                    {
                        Steps.Load<Size2, Signed16>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size2.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.LoadSigned4:
                    address = Steps.SourceAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state))
                    {
                        Steps.Load<Size4, Signed32>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.Load<Size4, Signed32>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.Store1K:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size1.Writable(state))
                    {
                        Steps.StoreK<Size1>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size1.Stack(state))
                    {
                        Steps.StoreK<Size1>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size1.Bytes;
                    permission = Grants.Write;
                    goto missed;
                case Code.Store2K:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size2.Writable(state))
                    {
                        Steps.StoreK<Size2>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size2.Stack(state))
                    {
                        Steps.StoreK<Size2>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size2.Bytes;
                    permission = Grants.Write;
                    goto missed;
                case Code.Store4K:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Writable(state))
                    {
                        Steps.StoreK<Size4>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.StoreK<Size4>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.Write;
                    goto missed;
                case Code.Store8K:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Writable(state))
                    {
                        Steps.StoreK<Size8>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.StoreK<Size8>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.Write;
                    goto missed;
                case Code.Store1X:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size1.Writable(state))
                    {
                        Steps.StoreX<Size1>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size1.Stack(state))
                    {
                        Steps.StoreX<Size1>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size1.Bytes;
                    permission = Grants.Write;
                    goto missed;
                case Code.Store2X:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size2.Writable(state))
                    {
                        Steps.StoreX<Size2>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size2.Stack(state))
                    {
                        Steps.StoreX<Size2>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size2.Bytes;
                    permission = Grants.Write;
                    goto missed;
                case Code.Store4X:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Writable(state))
                    {
                        Steps.StoreX<Size4>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.StoreX<Size4>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.Write;
                    goto missed;
                case Code.Store8X:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Writable(state))
                    {
                        Steps.StoreX<Size8>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.StoreX<Size8>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.Write;
                    goto missed;
                case Code.AtomicAdd4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.Atomic<Size4, Add>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.Atomic<Size4, Add>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicAdd8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.Atomic<Size8, Add>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.Atomic<Size8, Add>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicOr4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.Atomic<Size4, Or>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.Atomic<Size4, Or>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicOr8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.Atomic<Size8, Or>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.Atomic<Size8, Or>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicAnd4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.Atomic<Size4, And>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.Atomic<Size4, And>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicAnd8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.Atomic<Size8, And>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.Atomic<Size8, And>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicXor4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.Atomic<Size4, Xor>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.Atomic<Size4, Xor>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicXor8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.Atomic<Size8, Xor>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.Atomic<Size8, Xor>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchAdd4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.AtomicFetch<Size4, Add>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.AtomicFetch<Size4, Add>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchAdd8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.AtomicFetch<Size8, Add>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.AtomicFetch<Size8, Add>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchOr4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.AtomicFetch<Size4, Or>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.AtomicFetch<Size4, Or>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchOr8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.AtomicFetch<Size8, Or>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.AtomicFetch<Size8, Or>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchAnd4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.AtomicFetch<Size4, And>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.AtomicFetch<Size4, And>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchAnd8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.AtomicFetch<Size8, And>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.AtomicFetch<Size8, And>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchXor4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.AtomicFetch<Size4, Xor>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.AtomicFetch<Size4, Xor>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchXor8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.AtomicFetch<Size8, Xor>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.AtomicFetch<Size8, Xor>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchExchange4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.AtomicFetch<Size4, Exchange>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.AtomicFetch<Size4, Exchange>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicFetchExchange8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.AtomicFetch<Size8, Exchange>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.AtomicFetch<Size8, Exchange>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicCompareExchange4:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state) && at < Size4.Writable(state))
                    {
                        Steps.AtomicCompareExchange<Size4>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.AtomicCompareExchange<Size4>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.AtomicCompareExchange8:
                    address = Steps.DestinationAddress(now, state);
                    at = address - start;
                    if (at < Size8.Readable(state) && at < Size8.Writable(state))
                    {
                        Steps.AtomicCompareExchange<Size8>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size8.Stack(state))
                    {
                        Steps.AtomicCompareExchange<Size8>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size8.Bytes;
                    permission = Grants.ReadWrite;
                    goto missed;
                case Code.Packet1:
                    address = Steps.PacketAddress(now, state);
                    at = address - start;
                    if (at < Size1.Readable(state))
                    {
                        Steps.Packet<Size1, Same>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size1.Stack(state))
                    {
                        Steps.Packet<Size1, Same>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size1.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.Packet2:
                    address = Steps.PacketAddress(now, state);
                    at = address - start;
                    if (at < Size2.Readable(state))
                    {
                        Steps.Packet<Size2, Swapped16>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size2.Stack(state))
                    {
                        Steps.Packet<Size2, Swapped16>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size2.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.Packet4:
                    address = Steps.PacketAddress(now, state);
                    at = address - start;
                    if (at < Size4.Readable(state))
                    {
                        Steps.Packet<Size4, Swapped32>(now, state, host + at);
                        now++;
                        continue;
                    }

                    at = address - state->StackStart;
                    if (at < Size4.Stack(state))
                    {
                        Steps.Packet<Size4, Swapped32>(now, state, state->StackHost + at);
                        now++;
                        continue;
                    }

                    bytes = Size4.Bytes;
                    permission = Grants.Read;
                    goto missed;
                case Code.CallHelper:
                    return Steps.StopAt(now, state, branches, Stop.Call);
                case Code.CallBtf:
                    return Steps.StopAt(now, state, branches, Stop.Call);
                case Code.CallLocal:
                    if (state->CallsLeft == 0) return Steps.StopAt(now, state, branches, Stop.CallDepth);
                    if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
                    Calls.Enter(now, state);
                    goto taken;
                case Code.Exit:
                    if (state->Depth == 0) return Steps.StopAt(now, state, branches, Stop.Exit);
                    now = Calls.Return(state, start);
                    continue;
                case Code.Pay:
                    if (state->Instructions == 0) return Steps.StopAt(now, state, branches, Stop.InstructionBudget);
                    state->Instructions--;
                    now++;
                    continue;
                case Code.TrapAlways:
                    return Steps.StopAt(now, state, branches, now->Immediate);
                case Code.TrapOnZero32:
                    if (Steps.Zero32(now, state)) return Steps.StopAt(now, state, branches, Stop.DivisionByZero);
                    now++;
                    continue;
                case Code.TrapOnZero64:
                    if (Steps.Zero64(now, state)) return Steps.StopAt(now, state, branches, Stop.DivisionByZero);
                    now++;
                    continue;
                case Code.TrapOnOverflow32K:
                    if (Steps.Overflow32K(now, state)) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
                    now++;
                    continue;
                case Code.TrapOnOverflow32X:
                    if (Steps.Overflow32X(now, state)) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
                    now++;
                    continue;
                case Code.TrapOnOverflow64K:
                    if (Steps.Overflow64K(now, state)) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
                    now++;
                    continue;
                case Code.TrapOnOverflow64X:
                    if (Steps.Overflow64X(now, state)) return Steps.StopAt(now, state, branches, Stop.SignedOverflow);
                    now++;
                    continue;
                case Code.TrapOnLargeShift32:
                    if (Steps.LargeShift32(now, state)) return Steps.StopAt(now, state, branches, Stop.ShiftAmount);
                    now++;
                    continue;
                case Code.TrapOnLargeShift64:
                    if (Steps.LargeShift64(now, state)) return Steps.StopAt(now, state, branches, Stop.ShiftAmount);
                    now++;
                    continue;
                case Code.TrapOnMisaligned:
                    if (Steps.IsMisaligned(now, state)) return Steps.StopMisaligned(now, state, branches);
                    now++;
                    continue;
                case Code.MoveShiftLeftXor:
                    Steps.MoveKX<ShiftLeft, Xor>(now, state);
                    now += 3;
                    continue;
                case Code.MoveShiftRightXor:
                    Steps.MoveKX<ShiftRight, Xor>(now, state);
                    now += 3;
                    continue;
                case Code.MoveAddAdd:
                    Steps.MoveKX<Add, Add>(now, state);
                    now += 3;
                    continue;
                case Code.MoveLow32:
                    Steps.MoveLow32(now, state);
                    now += 3;
                    continue;
                case Code.MoveAddLoad1:
                    Steps.MoveX<Add>(now, state);
                    now += 2;
                    goto case Code.Load1;
                case Code.MoveAddLoad8:
                    Steps.MoveX<Add>(now, state);
                    now += 2;
                    goto case Code.Load8;
                case Code.AddAddMove:
                    Steps.Alu64X<Add>(now, state);
                    Steps.Alu64K<Add>(now + 1, state);
                    now += 2;
                    goto case Code.Move64;
                case Code.MoveAddX:
                    Steps.MoveX<Add>(now, state);
                    now += 2;
                    continue;
                case Code.MoveXorX:
                    Steps.MoveX<Xor>(now, state);
                    now += 2;
                    continue;
                case Code.MoveAddK:
                    Steps.MoveK<Add>(now, state);
                    now += 2;
                    continue;
                case Code.MoveShiftLeftK:
                    Steps.MoveK<ShiftLeft>(now, state);
                    now += 2;
                    continue;
                case Code.MoveShiftRightK:
                    Steps.MoveK<ShiftRight>(now, state);
                    now += 2;
                    continue;
                case Code.MoveAndK:
                    Steps.MoveK<And>(now, state);
                    now += 2;
                    continue;
                case Code.ShiftsToLow32:
                    Steps.ShiftsToLow32(now, state);
                    now += 2;
                    continue;
                case Code.AddLoad1:
                    Steps.Alu64X<Add>(now, state);
                    now++;
                    goto case Code.Load1;
                case Code.AddIfLessX:
                    Steps.Alu64K<Add>(now, state);
                    now++;
                    goto case Code.IfLess64X;
                case Code.AddIfNotEqualK:
                    Steps.Alu64K<Add>(now, state);
                    now++;
                    goto case Code.IfNotEqual64K;
                case Code.MoveIfLessX:
                    Steps.Move<Same>(now, state);
                    now++;
                    goto case Code.IfLess64X;
                case Code.MoveIfNotEqualK:
                    Steps.Move<Same>(now, state);
                    now++;
                    goto case Code.IfNotEqual64K;
                case Code.AddXAddX:
                    Steps.Alu64X<Add>(now, state);
                    now++;
                    goto case Code.Add64X;
                case Code.AddXAddK:
                    Steps.Alu64X<Add>(now, state);
                    now++;
                    goto case Code.Add64K;
                case Code.AddKAddK:
                    Steps.Alu64K<Add>(now, state);
                    now++;
                    goto case Code.Add64K;
                case Code.AddKMove:
                    Steps.Alu64K<Add>(now, state);
                    now++;
                    goto case Code.Move64;
                case Code.XorXMove:
                    Steps.Alu64X<Xor>(now, state);
                    now++;
                    goto case Code.Move64;
                default:
                    return Steps.StopAt(now, state, branches, Stop.IllegalInstruction);
            }

        taken:
            if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
            branches--;
            now = Steps.Target(now);
            continue;

        missed:
            var region = Grants.Cache(state, address, bytes, permission);
            if (region == null) return Steps.StopAt(now, state, branches, Stop.MemoryAccess);
            start = region->Start;
            host = region->Host;
        }
    }
}
