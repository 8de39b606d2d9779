using System.Diagnostics;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>How bpf_conformance and uBPF write each encoding: a mnemonic and its operands.</summary>
/// <remarks>
/// What they have no text for is ours: the kinds of wide loads and of calls (<c>lddw %r1, map_by_fd 5</c>,
/// <c>call btf 7</c>), and packet loads (<c>ldindw %r1, 5</c>).
/// </remarks>
internal static class ConformancePatterns
{
    /// <summary>An offset that is added to a register.</summary>
    public static Part Offset { get; } = new Part.Addend(Field.Offset, "+", "-", "");

    private static readonly Part Destination = new Part.Name(Field.Destination, "%r");
    private static readonly Part Source = new Part.Name(Field.Source, "%r");
    private static readonly Part Immediate = new Part.Number(Field.Immediate);
    private static readonly Part NextImmediate = new Part.Number(Field.NextImmediate);

    /// <summary>The ways to write an encoding: first the one that is printed, then others that are read.</summary>
    public static Sequence<Pattern> Of(Form form) => form.Operation switch
    {
        AluOperation operation => Alu(form, operation),
        JumpOperation => [Jump(form)],
        CallOperation operation => Call(form, operation),
        MemoryOperation operation => [Memory(form, operation)],
        AtomicOperation => Atomic(form),
        WideLoad operation => [Wide(form, operation)],
        PacketLoad operation => [Packet(form, operation)],
        var other => throw new UnreachableException($"{other} is of no family of operations"),
    };

    private static Sequence<Pattern> Alu(Form form, AluOperation operation)
    {
        var usual = Alu(form.Mnemonic, form);
        return operation is AluOperation.SwapBytes ? [usual, Alu($"swap{form.Width.Bits}", form)] : [usual];
    }

    private static Pattern Alu(string mnemonic, Form form) => form.Operand is SourceOperand.None
        ? Pattern.Of($"{mnemonic} {Destination}")
        : Pattern.Of($"{mnemonic} {Destination}, {Operand(form)}");

    private static Pattern Jump(Form form) => form.Layout.Destination is FieldUse.NamesRegister
        ? Pattern.Of($"{form.Mnemonic} {Destination}, {Operand(form)}, {Distance(form)}")
        : Pattern.Of($"{form.Mnemonic} {Distance(form)}");

    private static Sequence<Pattern> Call(Form form, CallOperation operation) => operation switch
    {
        CallOperation.ByHelperId => [Pattern.Of($"{form.Mnemonic} {Immediate}")],
        CallOperation.ByBtfId => [Pattern.Of($"{form.Mnemonic} {operation.Callee} {Immediate}")],
        CallOperation.Local =>
        [
            Pattern.Of($"{form.Mnemonic} {operation.Callee} {Distance(form)}"),
            Pattern.Of($"{form.Mnemonic} {new Part.Callee(form.Displacement[0])}"),
        ],
        CallOperation.Exit => [Pattern.Of($"{form.Mnemonic}")],
    };

    private static Pattern Memory(Form form, MemoryOperation operation) => operation switch
    {
        MemoryOperation.Load or MemoryOperation.LoadSigned =>
            Pattern.Of($"{form.Mnemonic} {Destination}, [{Source}{Offset}]"),
        MemoryOperation.StoreImmediate or MemoryOperation.StoreRegister =>
            Pattern.Of($"{form.Mnemonic} [{Destination}{Offset}], {Operand(form)}"),
    };

    private static Sequence<Pattern> Atomic(Form form)
    {
        var usual = Atomic(form.Mnemonic);
        return form.Mnemonic.Contains(' ') ? [usual, Atomic(form.Mnemonic.Replace(' ', '_'))] : [usual];
    }

    private static Pattern Atomic(string mnemonic) => Pattern.Of($"lock {mnemonic} [{Destination}{Offset}], {Source}");

    private static Pattern Wide(Form form, WideLoad operation)
    {
        var hasNext = form.Layout.NextImmediate is FieldUse.HoldsValue;
        if (operation is WideLoad.Plain)
            return Pattern.Of($"{form.Mnemonic} {Destination}, {new Part.WideNumber(Notation.Hexadecimal, hasNext, MayBeAddress: true)}");

        var pseudo = Pattern.Of($"{form.Mnemonic} {Destination}, {operation.Pseudo} {Immediate}");
        return hasNext ? Pattern.Of($"{pseudo}, {NextImmediate}") : pseudo;
    }

    private static Pattern Packet(Form form, PacketLoad operation) => operation switch
    {
        PacketLoad.Absolute => Pattern.Of($"{form.Mnemonic} {Immediate}"),
        PacketLoad.Indirect => Pattern.Of($"{form.Mnemonic} {Source}, {Immediate}"),
    };

    private static Part Operand(Form form) => form.Operand is SourceOperand.Register ? Source : Immediate;

    private static Part.Distance Distance(Form form) => new(form.Displacement[0]);
}
