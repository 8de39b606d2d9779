using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Interp.Table;

/// <summary>The table of the engines: a row for each code. All that lists codes is written from it, by <c>rbpf generate</c>.</summary>
/// <remarks>
/// The order is that of the codes' numbers, and of the cases of the <see langword="switch"/>. In names, K is RFC 9669's
/// for an immediate as second operand, X for a register.
/// </remarks>
internal static class EngineTable
{
    /// <summary>Where it is written, from the project's folder.</summary>
    public const string Path = "src/Interp/Table/EngineTable.cs";

    private static readonly Kind Straight = new Kind.Straight();
    private static readonly Kind Branch = new Kind.Branch();
    private static readonly Kind Load = new Kind.Access("SourceAddress", Permission.Read);
    private static readonly Kind Store = new Kind.Access("DestinationAddress", Permission.Write);
    private static readonly Kind Exchange = new Kind.Access("DestinationAddress", Permission.ReadWrite);
    private static readonly Kind Packet = new Kind.Access("PacketAddress", Permission.Read);

    /// <summary>The rows, by groups.</summary>
    public static Sequence<Group> Groups { get; } =
    [
        new("Arithmetic; of each operation the four encodings in this order: 32 bits with immediate, with register, 64 bits.",
        [
            .. Arithmetic<AluOperation.Add>(),
            .. Arithmetic<AluOperation.Subtract>(),
            .. Arithmetic<AluOperation.Multiply>(),
            .. Arithmetic<AluOperation.Division.Divide>(),
            .. Arithmetic<AluOperation.Division.DivideSigned>(),
            .. Arithmetic<AluOperation.Or>(),
            .. Arithmetic<AluOperation.And>(),
            .. Arithmetic<AluOperation.ShiftLeft>(),
            .. Arithmetic<AluOperation.ShiftRight>(),
            .. Arithmetic<AluOperation.Division.Modulo>(),
            .. Arithmetic<AluOperation.Division.ModuloSigned>(),
            .. Arithmetic<AluOperation.Xor>(),
            .. Arithmetic<AluOperation.ShiftRightSigned>(),
        ]),
        new("A constant in the destination: moves of immediates, and wide loads.",
        [
            new("Constant", Straight, "Constant", form => form.Operation is WideLoad || IsMove(form, SourceOperand.Immediate)),
        ]),
        new("A function of the source in the destination: moves of registers.",
        [
            new("Move64", Straight, "Move<Same>", form => IsMove(form, SourceOperand.Register) && form.Width.Bits is 64),
            new("Move32", Straight, "Move<Low32>", form => IsMove(form, SourceOperand.Register) && form.Width.Bits is 32),
            MoveSigned(8, 32, "Signed8To32"),
            MoveSigned(16, 32, "Signed16To32"),
            MoveSigned(8, 64, "Signed8"),
            MoveSigned(16, 64, "Signed16"),
            MoveSigned(32, 64, "Signed32"),
        ]),
        new("A function of the destination in itself: negation and byte order.",
        [
            new("Negate32", Straight, "Convert<Negated32>", form => form.Operation is AluOperation.Negate && form.Width.Bits is 32),
            new("Negate64", Straight, "Convert<Negated64>", form => form.Operation is AluOperation.Negate && form.Width.Bits is 64),
            Keep(16, "Low16"),
            Keep(32, "Low32"),
            Keep(64, "Same"),
            Swap(16),
            Swap(32),
            Swap(64),
        ]),
        new("Jumps; of each condition the four encodings in the order of arithmetic.",
        [
            new("Always", new Kind.Jump(), Has: form => form.Operation is JumpOperation.Always),
            .. If<JumpOperation.Equal>(),
            .. If<JumpOperation.Greater>(),
            .. If<JumpOperation.GreaterOrEqual>(),
            .. If<JumpOperation.AnyBitSet>(),
            .. If<JumpOperation.NotEqual>(),
            .. If<JumpOperation.GreaterSigned>(),
            .. If<JumpOperation.GreaterOrEqualSigned>(),
            .. If<JumpOperation.Less>(),
            .. If<JumpOperation.LessOrEqual>(),
            .. If<JumpOperation.LessSigned>(),
            .. If<JumpOperation.LessOrEqualSigned>(),
        ]),
        new("Loads and stores; the number is that of bytes.",
        [
            Sized<MemoryOperation.Load>("Load", Load, "Load", 1, "Same"),
            Sized<MemoryOperation.Load>("Load", Load, "Load", 2, "Same"),
            Sized<MemoryOperation.Load>("Load", Load, "Load", 4, "Same"),
            Sized<MemoryOperation.Load>("Load", Load, "Load", 8, "Same"),
            Sized<MemoryOperation.LoadSigned>("LoadSigned", Load, "Load", 1, "Signed8"),
            Sized<MemoryOperation.LoadSigned>("LoadSigned", Load, "Load", 2, "Signed16"),
            Sized<MemoryOperation.LoadSigned>("LoadSigned", Load, "Load", 4, "Signed32"),
            .. Stores<MemoryOperation.StoreImmediate>("K"),
            .. Stores<MemoryOperation.StoreRegister>("X"),
        ]),
        new("Atomic operations on 4 and 8 bytes; those that fetch load the old value into the source register.",
        [
            .. Atomic<AtomicOperation.Add>(),
            .. Atomic<AtomicOperation.Or>(),
            .. Atomic<AtomicOperation.And>(),
            .. Atomic<AtomicOperation.Xor>(),
            .. AtomicFetch<AtomicOperation.Add>(),
            .. AtomicFetch<AtomicOperation.Or>(),
            .. AtomicFetch<AtomicOperation.And>(),
            .. AtomicFetch<AtomicOperation.Xor>(),
            .. AtomicFetch<AtomicOperation.Exchange>(),
            Sized<AtomicOperation.CompareExchange>("AtomicCompareExchange", Exchange, "AtomicCompareExchange", 4),
            Sized<AtomicOperation.CompareExchange>("AtomicCompareExchange", Exchange, "AtomicCompareExchange", 8),
        ]),
        new("Packet loads, both modes: without a register the source is the one that is zero.",
        [
            Sized<PacketLoad>("Packet", Packet, "Packet", 1, "Same"),
            Sized<PacketLoad>("Packet", Packet, "Packet", 2, "Swapped16"),
            Sized<PacketLoad>("Packet", Packet, "Packet", 4, "Swapped32"),
        ]),
        new("Calls and the return from them.",
        [
            new("CallHelper", new Kind.HostCall(), Has: form => form.Operation is CallOperation.ByHelperId),
            new("CallBtf", new Kind.HostCall(), Has: form => form.Operation is CallOperation.ByBtfId),
            new("CallLocal", new Kind.LocalCall(), Has: form => form.Operation is CallOperation.Local),
            new("Exit", new Kind.Exit(), Has: form => form.Operation is CallOperation.Exit),
        ]),
        new("Guards, which stand before a step and trap or go on to it.",
        [
            new("Pay", new Kind.Pay()),
            new("TrapAlways", new Kind.Trap()),
            new("TrapOnZero32", new Kind.Guard("DivisionByZero"), "Zero32"),
            new("TrapOnZero64", new Kind.Guard("DivisionByZero"), "Zero64"),
            new("TrapOnOverflow32K", new Kind.Guard("SignedOverflow"), "Overflow32K"),
            new("TrapOnOverflow32X", new Kind.Guard("SignedOverflow"), "Overflow32X"),
            new("TrapOnOverflow64K", new Kind.Guard("SignedOverflow"), "Overflow64K"),
            new("TrapOnOverflow64X", new Kind.Guard("SignedOverflow"), "Overflow64X"),
            new("TrapOnLargeShift32", new Kind.Guard("ShiftAmount"), "LargeShift32"),
            new("TrapOnLargeShift64", new Kind.Guard("ShiftAmount"), "LargeShift64"),
            new("TrapOnMisaligned", new Kind.AlignmentGuard(), "IsMisaligned"),
        ]),

        // Chosen from what the workloads under bench execute: the sequences that make up most of their steps, and those
        // in which the next step waits for the result of the one before. Of two that begin the same, the longer first.
        new("Superinstructions: the step and those after it, which stay where they are.",
        [
            Fused("MoveShiftLeftXor", Condition.OnOneRegister, ["Move64", "ShiftLeft64K", "Xor64X"], "MoveKX<ShiftLeft, Xor>"),
            Fused("MoveShiftRightXor", Condition.OnOneRegister, ["Move64", "ShiftRight64K", "Xor64X"], "MoveKX<ShiftRight, Xor>"),
            Fused("MoveAddAdd", Condition.OnOneRegister, ["Move64", "Add64K", "Add64X"], "MoveKX<Add, Add>"),
            Fused("MoveLow32", Condition.OfLow32, ["Move64", "ShiftLeft64K", "ShiftRight64K"], "MoveLow32"),
            Fused("MoveAddLoad1", Condition.OfAddress, ["Move64", "Add64X", "Load1"], "MoveAddAddress", before: "MoveX<Add>"),
            Fused("MoveAddLoad8", Condition.OfAddress, ["Move64", "Add64X", "Load8"], "MoveAddAddress", before: "MoveX<Add>"),
            Fused("AddAddMove", Condition.Any, ["Add64X", "Add64K", "Move64"]),
            Fused("MoveAddX", Condition.OnOneRegister, ["Move64", "Add64X"], "MoveX<Add>"),
            Fused("MoveXorX", Condition.OnOneRegister, ["Move64", "Xor64X"], "MoveX<Xor>"),
            Fused("MoveAddK", Condition.OnOneRegister, ["Move64", "Add64K"], "MoveK<Add>"),
            Fused("MoveShiftLeftK", Condition.OnOneRegister, ["Move64", "ShiftLeft64K"], "MoveK<ShiftLeft>"),
            Fused("MoveShiftRightK", Condition.OnOneRegister, ["Move64", "ShiftRight64K"], "MoveK<ShiftRight>"),
            Fused("MoveAndK", Condition.OnOneRegister, ["Move64", "And64K"], "MoveK<And>"),
            Fused("ShiftsToLow32", Condition.OfLow32, ["ShiftLeft64K", "ShiftRight64K"], "ShiftsToLow32"),
            Fused("AddLoad1", Condition.OfAddress, ["Add64X", "Load1"], "AddAddress"),
            Fused("AddIfLessX", Condition.OnOneRegister, ["Add64K", "IfLess64X"], "AddIfX<Less>"),
            Fused("AddIfNotEqualK", Condition.OnOneRegister, ["Add64K", "IfNotEqual64K"], "AddIfK<NotEqual>"),
            Fused("MoveIfLessX", Condition.Any, ["Move64", "IfLess64X"]),
            Fused("MoveIfNotEqualK", Condition.Any, ["Move64", "IfNotEqual64K"]),
            Fused("AddXAddX", Condition.Any, ["Add64X", "Add64X"]),
            Fused("AddXAddK", Condition.Any, ["Add64X", "Add64K"]),
            Fused("AddKAddK", Condition.Any, ["Add64K", "Add64K"]),
            Fused("AddKMove", Condition.Any, ["Add64K", "Move64"]),
            Fused("XorXMove", Condition.Any, ["Xor64X", "Move64"]),
        ]),
    ];

    /// <summary>Every row, in order.</summary>
    public static Sequence<Row> Rows { get; } = [.. Groups.SelectMany(group => group.Rows)];

    // Operations of the semantics and what the steps are made with have the same names.
    private static IEnumerable<Row> Arithmetic<T>()
        where T : AluOperation => Operands<T>("", "Alu", Straight);

    private static IEnumerable<Row> If<T>()
        where T : JumpOperation => Operands<T>("If", "If", Branch);

    private static IEnumerable<Row> Operands<T>(string prefix, string step, Kind kind)
        where T : Operation =>
        from bits in (int[])[32, 64]
        from operand in (SourceOperand[])[SourceOperand.Immediate, SourceOperand.Register]
        let encoding = $"{bits}{(operand is SourceOperand.Immediate ? "K" : "X")}"
        select new Row(
            $"{prefix}{typeof(T).Name}{encoding}",
            kind,
            $"{step}{encoding}<{typeof(T).Name}>",
            form => form.Operation is T && form.Width.Bits == bits && form.Operand == operand);

    private static bool IsMove(Form form, SourceOperand operand) => form.Operation is AluOperation.Move && form.Operand == operand;

    private static Row MoveSigned(int from, int to, string conversion) => new(
        $"MoveSigned{from}To{to}",
        Straight,
        $"Move<{conversion}>",
        form => form.Operation is AluOperation.MoveSigned({ Bits: var bits }) && bits == from && form.Width.Bits == to);

    private static Row Keep(int bits, string conversion) => new(
        $"Keep{bits}",
        Straight,
        $"Convert<{conversion}>",
        form => form.Operation is AluOperation.ToLittleEndian && form.Width.Bits == bits);

    private static Row Swap(int bits) => new(
        $"Swap{bits}",
        Straight,
        $"Convert<Swapped{bits}>",
        form => form.Operation is AluOperation.ToBigEndian or AluOperation.SwapBytes && form.Width.Bits == bits);

    private static Row Sized<T>(string name, Kind kind, string step, int bytes, string with = "", string suffix = "")
        where T : Operation => new(
            $"{name}{bytes}{suffix}",
            kind,
            $"{step}<Size{bytes}{(with is "" ? "" : ", ")}{with}>",
            form => form.Operation is T && form.Width.Bytes == bytes);

    private static IEnumerable<Row> Stores<T>(string suffix)
        where T : MemoryOperation =>
        from bytes in (int[])[1, 2, 4, 8]
        select Sized<T>("Store", Store, $"Store{suffix}", bytes, suffix: suffix);

    private static IEnumerable<Row> Atomic<T>(string fetch = "")
        where T : AtomicOperation =>
        from bytes in (int[])[4, 8]
        let row = Sized<T>($"Atomic{fetch}{typeof(T).Name}", Exchange, $"Atomic{fetch}", bytes, typeof(T).Name)
        select row with { Has = form => row.Has!(form) && AtomicOperation.Fetches(form) == fetch is not "" };

    private static IEnumerable<Row> AtomicFetch<T>()
        where T : AtomicOperation => Atomic<T>("Fetch");

    private static Row Fused(string code, Condition condition, Sequence<string> parts, string step = "", string before = "") =>
        new(code, new Kind.Fused(condition, parts, before), step);
}
