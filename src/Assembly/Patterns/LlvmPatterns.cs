using System.Diagnostics;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>How <c>llvm-objdump -d</c> writes each encoding: an assignment, a condition or a function.</summary>
/// <remarks>
/// As LLVM 14 prints without options; what it does not know (signed division, sign extension, stores of immediates)
/// as later releases do. LLVM writes every call as <c>call 5</c>; to be read again, local calls and calls by BTF id say
/// what they are (<c>call local +3</c>), except in a listing. Of a wide load with a source field LLVM 14 prints only
/// the low half; here it is the whole number.
/// </remarks>
internal static class LlvmPatterns
{
    /// <summary>An offset that is added to a register.</summary>
    public static Part Offset { get; } = new Part.Addend(Field.Offset, " + ", " - ", " + 0");

    private static readonly Part Destination = new Part.Name(Field.Destination, "r");
    private static readonly Part Source = new Part.Name(Field.Source, "r");
    private static readonly Part Source32 = new Part.Name(Field.Source, "w");
    private static readonly Part Immediate = new Part.Number(Field.Immediate);
    private static readonly Part Index = new Part.Addend(Field.Immediate, " + ", " - ", "");

    /// <summary>The ways to write an encoding: first the one that is printed, then others that are read.</summary>
    public static Sequence<Pattern> Of(Form form) => form.Operation switch
    {
        AluOperation.Move operation when form is { Width.Bits: 32, Operand: SourceOperand.Register } =>
            [Alu(form, operation), Pattern.Of($"{Destination} = {Source32}")],
        AluOperation operation => [Alu(form, operation)],
        JumpOperation operation => [Jump(form, operation)],
        CallOperation operation => Call(form, operation),
        MemoryOperation operation => Memory(form, operation),
        AtomicOperation operation => Atomic(form, operation),
        WideLoad operation => [Wide(form, operation)],
        PacketLoad operation => [Packet(form, operation)],
        var other => throw new UnreachableException($"{other} is of no family of operations"),
    };

    /// <summary>How a listing writes an encoding: as llvm-objdump does, which tells no call from another.</summary>
    public static Pattern Listed(Form form) =>
        form is { Operation: CallOperation, Layout.Immediate: FieldUse.HoldsValue }
            ? Pattern.Of($"{form.Mnemonic} {Immediate}")
            : Grammar.Patterns(form, Syntax.Llvm)[0];

    private static Pattern Alu(Form form, AluOperation operation)
    {
        var destination = Register(Field.Destination, form.Width);
        return (operation, form.Operand) switch
        {
            (AluOperation.Negate, _) => Pattern.Of($"{destination} = {operation.Operator}{destination}"),
            (AluOperation.MoveSigned, _) => Pattern.Of($"{destination} = {operation.Operator}{Operand(form)}"),
            (_, SourceOperand.None) => Pattern.Of($"{Destination} = {form.Mnemonic} {Destination}"),
            (_, SourceOperand.Immediate or SourceOperand.Register) =>
                Pattern.Of($"{destination} {operation.Operator} {Operand(form)}"),
        };
    }

    private static Pattern Jump(Form form, JumpOperation operation)
    {
        var distance = new Part.Distance(form.Displacement[0]);
        if (operation is JumpOperation.Always)
            return distance.Field is Field.Immediate ? Pattern.Of($"gotol {distance}") : Pattern.Of($"goto {distance}");

        var left = Register(Field.Destination, form.Width);
        return Pattern.Of($"if {left} {operation.Operator} {Operand(form)} goto {distance}");
    }

    private static Sequence<Pattern> Call(Form form, CallOperation operation) => operation switch
    {
        CallOperation.ByHelperId => [Pattern.Of($"{form.Mnemonic} {Immediate}")],
        CallOperation.ByBtfId => [Pattern.Of($"{form.Mnemonic} {operation.Callee} {Immediate}")],
        CallOperation.Local =>
        [
            Pattern.Of($"{form.Mnemonic} {operation.Callee} {new Part.Distance(form.Displacement[0])}"),
            Pattern.Of($"{form.Mnemonic} {new Part.Callee(form.Displacement[0])}"),
        ],
        CallOperation.Exit => [Pattern.Of($"{form.Mnemonic}")],
    };

    // A narrow access may also name its register as the 32-bit one, as LLVM does where it has 32-bit registers.
    private static Sequence<Pattern> Memory(Form form, MemoryOperation operation)
    {
        var isNarrow = form.Width.Bits is not 64;
        var half = Register(Field.Destination, Width.Bits32);
        var unsigned = Pattern.Of($"*(u{form.Width.Bits} *)");
        var target = Pattern.Of($"{unsigned}({Destination}{Offset})");
        return operation switch
        {
            MemoryOperation.Load when isNarrow =>
            [
                Pattern.Of($"{Destination} = {unsigned}({Source}{Offset})"),
                Pattern.Of($"{half} = {unsigned}({Source}{Offset})"),
            ],
            MemoryOperation.Load => [Pattern.Of($"{Destination} = {unsigned}({Source}{Offset})")],
            MemoryOperation.LoadSigned =>
                [Pattern.Of($"{Destination} = *(s{form.Width.Bits} *)({Source}{Offset})")],
            MemoryOperation.StoreImmediate => [Pattern.Of($"{target} = {Immediate}")],
            MemoryOperation.StoreRegister when isNarrow =>
                [Pattern.Of($"{target} = {Source}"), Pattern.Of($"{target} = {Source32}")],
            MemoryOperation.StoreRegister => [Pattern.Of($"{target} = {Source}")],
        };
    }

    private static Sequence<Pattern> Atomic(Form form, AtomicOperation operation)
    {
        var isNarrow = form.Width.Bits is 32;
        var source = Register(Field.Source, form.Width);
        var type = $"u{form.Width.Bits}";
        var exchange = isNarrow ? $"{operation.Operator}32_32" : $"{operation.Operator}_64";
        var address = Pattern.Of($"({type} *)({Destination}{Offset})");
        return (operation, AtomicOperation.Fetches(form)) switch
        {
            (AtomicOperation.Exchange, _) =>
                [Pattern.Of($"{source} = {exchange}({Destination}{Offset}, {source})")],
            (AtomicOperation.CompareExchange, _) when isNarrow =>
                [Pattern.Of($"w0 = {exchange}({Destination}{Offset}, w0, {source})")],
            (AtomicOperation.CompareExchange, _) =>
                [Pattern.Of($"r0 = {exchange}({Destination}{Offset}, r0, {source})")],
            (_, true) => [Pattern.Of($"{source} = atomic_fetch_{operation.Mnemonic}({address}, {source})")],
            (_, false) when isNarrow =>
            [
                Pattern.Of($"lock *{address} {operation.Operator} {Source}"),
                Pattern.Of($"lock *{address} {operation.Operator} {Source32}"),
            ],
            (_, false) => [Pattern.Of($"lock *{address} {operation.Operator} {Source}")],
        };
    }

    private static Pattern Wide(Form form, WideLoad operation)
    {
        var hasNext = form.Layout.NextImmediate is FieldUse.HoldsValue;
        if (operation is WideLoad.Plain)
            return Pattern.Of($"{Destination} = {new Part.WideNumber(Notation.Signed, hasNext, MayBeAddress: true)} ll");

        var kind = (int)((FieldUse.Selects)form.Layout.Source).Value;
        return Pattern.Of($"ld_pseudo\t{Destination}, {kind}, {new Part.WideNumber(Notation.Unsigned, hasNext)}");
    }

    private static Pattern Packet(Form form, PacketLoad operation) => operation switch
    {
        PacketLoad.Absolute => Pattern.Of($"r0 = *(u{form.Width.Bits} *)skb[{Immediate}]"),
        PacketLoad.Indirect => Pattern.Of($"r0 = *(u{form.Width.Bits} *)skb[{Source}{Index}]"),
    };

    private static Part Operand(Form form) => form.Operand is SourceOperand.Register
        ? Register(Field.Source, form.Width)
        : Immediate;

    private static Part.Name Register(Field field, Width width) =>
        new(field, width.Bits is 64 ? "r" : "w");
}
