using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RbpfSpec.Interp.Compact;

namespace RbpfSpec.Interp.Execution;

/// <summary>The handler of each code, compiled when a program first needs it.</summary>
internal static unsafe class HandlerTable
{
    // A cache of constants: two threads that fill in an entry write the same.
    private static readonly nint[] Pointers = new nint[Enum.GetValues<Code>().Length];

    private delegate ulong Shape(CompactInstruction* now, MachineState* state, ulong start, byte* host, ulong branches);

    /// <summary>The handler of a code.</summary>
    public static delegate*<CompactInstruction*, MachineState*, ulong, byte*, ulong, ulong> Of(Code code)
    {
        var pointer = Pointers[(int)code];
        if (pointer == 0) Pointers[(int)code] = pointer = Compile(ShapeOf(code));
        return (delegate*<CompactInstruction*, MachineState*, ulong, byte*, ulong, ulong>)pointer;
    }

    /// <summary>The handler of a code.</summary>
    public static MethodInfo MethodOf(Code code) => ShapeOf(code).Method;

    private static nint Compile(Shape shape)
    {
        var method = shape.Method;
        RuntimeHelpers.PrepareMethod(
            method.MethodHandle, Array.ConvertAll(method.GetGenericArguments(), argument => argument.TypeHandle));
        return Behind(method.MethodHandle.GetFunctionPointer());
    }

    // The pointer to a method leads to a jump of the runtime's, as a method may be compiled again. Handlers are
    // compiled once, optimised, so the jump's target stays, and every step is a jump shorter without it. Safe: six bytes
    // at a method's entry can be read; a jump through memory (FF 25) has its operand, relative to the next instruction,
    // in the last four; before a method is compiled that leads right behind the jump. Anything else is left alone.
    private static nint Behind(nint entry)
    {
        if (RuntimeInformation.ProcessArchitecture is not Architecture.X64) return entry;
        var code = (byte*)entry;
        if (code[0] != 0xff || code[1] != 0x25) return entry;
        var next = entry + 6;
        var target = *(nint*)(next + *(int*)(code + 2));
        return target == next ? entry : target;
    }

    private static Shape ShapeOf(Code code) => code switch
    {
        Code.Add32K => Handlers.Alu32K<Add>,
        Code.Add32X => Handlers.Alu32X<Add>,
        Code.Add64K => Handlers.Alu64K<Add>,
        Code.Add64X => Handlers.Alu64X<Add>,
        Code.Subtract32K => Handlers.Alu32K<Subtract>,
        Code.Subtract32X => Handlers.Alu32X<Subtract>,
        Code.Subtract64K => Handlers.Alu64K<Subtract>,
        Code.Subtract64X => Handlers.Alu64X<Subtract>,
        Code.Multiply32K => Handlers.Alu32K<Multiply>,
        Code.Multiply32X => Handlers.Alu32X<Multiply>,
        Code.Multiply64K => Handlers.Alu64K<Multiply>,
        Code.Multiply64X => Handlers.Alu64X<Multiply>,
        Code.Divide32K => Handlers.Alu32K<Divide>,
        Code.Divide32X => Handlers.Alu32X<Divide>,
        Code.Divide64K => Handlers.Alu64K<Divide>,
        Code.Divide64X => Handlers.Alu64X<Divide>,
        Code.DivideSigned32K => Handlers.Alu32K<DivideSigned>,
        Code.DivideSigned32X => Handlers.Alu32X<DivideSigned>,
        Code.DivideSigned64K => Handlers.Alu64K<DivideSigned>,
        Code.DivideSigned64X => Handlers.Alu64X<DivideSigned>,
        Code.Or32K => Handlers.Alu32K<Or>,
        Code.Or32X => Handlers.Alu32X<Or>,
        Code.Or64K => Handlers.Alu64K<Or>,
        Code.Or64X => Handlers.Alu64X<Or>,
        Code.And32K => Handlers.Alu32K<And>,
        Code.And32X => Handlers.Alu32X<And>,
        Code.And64K => Handlers.Alu64K<And>,
        Code.And64X => Handlers.Alu64X<And>,
        Code.ShiftLeft32K => Handlers.Alu32K<ShiftLeft>,
        Code.ShiftLeft32X => Handlers.Alu32X<ShiftLeft>,
        Code.ShiftLeft64K => Handlers.Alu64K<ShiftLeft>,
        Code.ShiftLeft64X => Handlers.Alu64X<ShiftLeft>,
        Code.ShiftRight32K => Handlers.Alu32K<ShiftRight>,
        Code.ShiftRight32X => Handlers.Alu32X<ShiftRight>,
        Code.ShiftRight64K => Handlers.Alu64K<ShiftRight>,
        Code.ShiftRight64X => Handlers.Alu64X<ShiftRight>,
        Code.Modulo32K => Handlers.Alu32K<Modulo>,
        Code.Modulo32X => Handlers.Alu32X<Modulo>,
        Code.Modulo64K => Handlers.Alu64K<Modulo>,
        Code.Modulo64X => Handlers.Alu64X<Modulo>,
        Code.ModuloSigned32K => Handlers.Alu32K<ModuloSigned>,
        Code.ModuloSigned32X => Handlers.Alu32X<ModuloSigned>,
        Code.ModuloSigned64K => Handlers.Alu64K<ModuloSigned>,
        Code.ModuloSigned64X => Handlers.Alu64X<ModuloSigned>,
        Code.Xor32K => Handlers.Alu32K<Xor>,
        Code.Xor32X => Handlers.Alu32X<Xor>,
        Code.Xor64K => Handlers.Alu64K<Xor>,
        Code.Xor64X => Handlers.Alu64X<Xor>,
        Code.ShiftRightSigned32K => Handlers.Alu32K<ShiftRightSigned>,
        Code.ShiftRightSigned32X => Handlers.Alu32X<ShiftRightSigned>,
        Code.ShiftRightSigned64K => Handlers.Alu64K<ShiftRightSigned>,
        Code.ShiftRightSigned64X => Handlers.Alu64X<ShiftRightSigned>,

        Code.Constant => Handlers.Constant,

        Code.Move64 => Handlers.Move<Same>,
        Code.Move32 => Handlers.Move<Low32>,
        Code.MoveSigned8To32 => Handlers.Move<Signed8To32>,
        Code.MoveSigned16To32 => Handlers.Move<Signed16To32>,
        Code.MoveSigned8To64 => Handlers.Move<Signed8>,
        Code.MoveSigned16To64 => Handlers.Move<Signed16>,
        Code.MoveSigned32To64 => Handlers.Move<Signed32>,

        Code.Negate32 => Handlers.Convert<Negated32>,
        Code.Negate64 => Handlers.Convert<Negated64>,
        Code.Keep16 => Handlers.Convert<Low16>,
        Code.Keep32 => Handlers.Convert<Low32>,
        Code.Keep64 => Handlers.Convert<Same>,
        Code.Swap16 => Handlers.Convert<Swapped16>,
        Code.Swap32 => Handlers.Convert<Swapped32>,
        Code.Swap64 => Handlers.Convert<Swapped64>,

        Code.Always => Handlers.Always,
        Code.IfEqual32K => Handlers.If32K<Equal>,
        Code.IfEqual32X => Handlers.If32X<Equal>,
        Code.IfEqual64K => Handlers.If64K<Equal>,
        Code.IfEqual64X => Handlers.If64X<Equal>,
        Code.IfGreater32K => Handlers.If32K<Greater>,
        Code.IfGreater32X => Handlers.If32X<Greater>,
        Code.IfGreater64K => Handlers.If64K<Greater>,
        Code.IfGreater64X => Handlers.If64X<Greater>,
        Code.IfGreaterOrEqual32K => Handlers.If32K<GreaterOrEqual>,
        Code.IfGreaterOrEqual32X => Handlers.If32X<GreaterOrEqual>,
        Code.IfGreaterOrEqual64K => Handlers.If64K<GreaterOrEqual>,
        Code.IfGreaterOrEqual64X => Handlers.If64X<GreaterOrEqual>,
        Code.IfAnyBitSet32K => Handlers.If32K<AnyBitSet>,
        Code.IfAnyBitSet32X => Handlers.If32X<AnyBitSet>,
        Code.IfAnyBitSet64K => Handlers.If64K<AnyBitSet>,
        Code.IfAnyBitSet64X => Handlers.If64X<AnyBitSet>,
        Code.IfNotEqual32K => Handlers.If32K<NotEqual>,
        Code.IfNotEqual32X => Handlers.If32X<NotEqual>,
        Code.IfNotEqual64K => Handlers.If64K<NotEqual>,
        Code.IfNotEqual64X => Handlers.If64X<NotEqual>,
        Code.IfGreaterSigned32K => Handlers.If32K<GreaterSigned>,
        Code.IfGreaterSigned32X => Handlers.If32X<GreaterSigned>,
        Code.IfGreaterSigned64K => Handlers.If64K<GreaterSigned>,
        Code.IfGreaterSigned64X => Handlers.If64X<GreaterSigned>,
        Code.IfGreaterOrEqualSigned32K => Handlers.If32K<GreaterOrEqualSigned>,
        Code.IfGreaterOrEqualSigned32X => Handlers.If32X<GreaterOrEqualSigned>,
        Code.IfGreaterOrEqualSigned64K => Handlers.If64K<GreaterOrEqualSigned>,
        Code.IfGreaterOrEqualSigned64X => Handlers.If64X<GreaterOrEqualSigned>,
        Code.IfLess32K => Handlers.If32K<Less>,
        Code.IfLess32X => Handlers.If32X<Less>,
        Code.IfLess64K => Handlers.If64K<Less>,
        Code.IfLess64X => Handlers.If64X<Less>,
        Code.IfLessOrEqual32K => Handlers.If32K<LessOrEqual>,
        Code.IfLessOrEqual32X => Handlers.If32X<LessOrEqual>,
        Code.IfLessOrEqual64K => Handlers.If64K<LessOrEqual>,
        Code.IfLessOrEqual64X => Handlers.If64X<LessOrEqual>,
        Code.IfLessSigned32K => Handlers.If32K<LessSigned>,
        Code.IfLessSigned32X => Handlers.If32X<LessSigned>,
        Code.IfLessSigned64K => Handlers.If64K<LessSigned>,
        Code.IfLessSigned64X => Handlers.If64X<LessSigned>,
        Code.IfLessOrEqualSigned32K => Handlers.If32K<LessOrEqualSigned>,
        Code.IfLessOrEqualSigned32X => Handlers.If32X<LessOrEqualSigned>,
        Code.IfLessOrEqualSigned64K => Handlers.If64K<LessOrEqualSigned>,
        Code.IfLessOrEqualSigned64X => Handlers.If64X<LessOrEqualSigned>,

        Code.Load1 => Handlers.Load<Size1, Same>,
        Code.Load2 => Handlers.Load<Size2, Same>,
        Code.Load4 => Handlers.Load<Size4, Same>,
        Code.Load8 => Handlers.Load<Size8, Same>,
        Code.LoadSigned1 => Handlers.Load<Size1, Signed8>,
        Code.LoadSigned2 => Handlers.Load<Size2, Signed16>,
        Code.LoadSigned4 => Handlers.Load<Size4, Signed32>,
        Code.Store1K => Handlers.StoreK<Size1>,
        Code.Store2K => Handlers.StoreK<Size2>,
        Code.Store4K => Handlers.StoreK<Size4>,
        Code.Store8K => Handlers.StoreK<Size8>,
        Code.Store1X => Handlers.StoreX<Size1>,
        Code.Store2X => Handlers.StoreX<Size2>,
        Code.Store4X => Handlers.StoreX<Size4>,
        Code.Store8X => Handlers.StoreX<Size8>,

        Code.AtomicAdd4 => Handlers.Atomic<Size4, Add>,
        Code.AtomicAdd8 => Handlers.Atomic<Size8, Add>,
        Code.AtomicOr4 => Handlers.Atomic<Size4, Or>,
        Code.AtomicOr8 => Handlers.Atomic<Size8, Or>,
        Code.AtomicAnd4 => Handlers.Atomic<Size4, And>,
        Code.AtomicAnd8 => Handlers.Atomic<Size8, And>,
        Code.AtomicXor4 => Handlers.Atomic<Size4, Xor>,
        Code.AtomicXor8 => Handlers.Atomic<Size8, Xor>,
        Code.AtomicFetchAdd4 => Handlers.AtomicFetch<Size4, Add>,
        Code.AtomicFetchAdd8 => Handlers.AtomicFetch<Size8, Add>,
        Code.AtomicFetchOr4 => Handlers.AtomicFetch<Size4, Or>,
        Code.AtomicFetchOr8 => Handlers.AtomicFetch<Size8, Or>,
        Code.AtomicFetchAnd4 => Handlers.AtomicFetch<Size4, And>,
        Code.AtomicFetchAnd8 => Handlers.AtomicFetch<Size8, And>,
        Code.AtomicFetchXor4 => Handlers.AtomicFetch<Size4, Xor>,
        Code.AtomicFetchXor8 => Handlers.AtomicFetch<Size8, Xor>,
        Code.AtomicFetchExchange4 => Handlers.AtomicFetch<Size4, Exchange>,
        Code.AtomicFetchExchange8 => Handlers.AtomicFetch<Size8, Exchange>,
        Code.AtomicCompareExchange4 => Handlers.AtomicCompareExchange<Size4>,
        Code.AtomicCompareExchange8 => Handlers.AtomicCompareExchange<Size8>,

        Code.Packet1 => Handlers.Packet<Size1, Same>,
        Code.Packet2 => Handlers.Packet<Size2, Swapped16>,
        Code.Packet4 => Handlers.Packet<Size4, Swapped32>,

        Code.CallHelper => Handlers.Call,
        Code.CallBtf => Handlers.Call,
        Code.CallLocal => Handlers.CallLocal,
        Code.Exit => Handlers.Exit,

        Code.Pay => Handlers.Pay,
        Code.TrapAlways => Handlers.TrapAlways,
        Code.TrapOnZero32 => Handlers.TrapOnZero32,
        Code.TrapOnZero64 => Handlers.TrapOnZero64,
        Code.TrapOnOverflow32K => Handlers.TrapOnOverflow32K,
        Code.TrapOnOverflow32X => Handlers.TrapOnOverflow32X,
        Code.TrapOnOverflow64K => Handlers.TrapOnOverflow64K,
        Code.TrapOnOverflow64X => Handlers.TrapOnOverflow64X,
        Code.TrapOnLargeShift32 => Handlers.TrapOnLargeShift32,
        Code.TrapOnLargeShift64 => Handlers.TrapOnLargeShift64,
        Code.TrapOnMisaligned => Handlers.TrapOnMisaligned,

        Code.MoveShiftLeftXor => Handlers.MoveKX<ShiftLeft, Xor>,
        Code.MoveShiftRightXor => Handlers.MoveKX<ShiftRight, Xor>,
        Code.MoveAddAdd => Handlers.MoveKX<Add, Add>,
        Code.MoveLow32 => Handlers.MoveLow32,
        Code.MoveAddLoad1 => Handlers.MoveAddLoad<Size1>,
        Code.MoveAddLoad8 => Handlers.MoveAddLoad<Size8>,
        Code.AddAddMove => Handlers.AddAddMove,
        Code.MoveAddX => Handlers.MoveX<Add>,
        Code.MoveXorX => Handlers.MoveX<Xor>,
        Code.MoveAddK => Handlers.MoveK<Add>,
        Code.MoveShiftLeftK => Handlers.MoveK<ShiftLeft>,
        Code.MoveShiftRightK => Handlers.MoveK<ShiftRight>,
        Code.MoveAndK => Handlers.MoveK<And>,
        Code.ShiftsToLow32 => Handlers.ShiftsToLow32,
        Code.AddLoad1 => Handlers.AddLoad<Size1>,
        Code.AddIfLessX => Handlers.AddIfX<Less>,
        Code.AddIfNotEqualK => Handlers.AddIfK<NotEqual>,
        Code.MoveIfLessX => Handlers.MoveIfX<Less>,
        Code.MoveIfNotEqualK => Handlers.MoveIfK<NotEqual>,
        Code.AddXAddX => Handlers.AluXAluX<Add, Add>,
        Code.AddXAddK => Handlers.AluXAluK<Add, Add>,
        Code.AddKAddK => Handlers.AluKAluK<Add, Add>,
        Code.AddKMove => Handlers.AluKMove<Add>,
        Code.XorXMove => Handlers.AluXMove<Xor>,
    };
}
