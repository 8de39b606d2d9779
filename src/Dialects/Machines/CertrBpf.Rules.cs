using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Dialects.Machines;

public static partial class CertrBpf
{
    /// <summary>C-1.</summary>
    public sealed record LastBytesAreOutside() : DialectDeviation.AccessDeviation(
        "C-1",
        Name,
        "The end of an access must lie strictly below the end of the region, so that the last byte of no region can be accessed.",
        Interpreter)
    {
        public override Truth<T> Contains<T>(T start, T length, T address, T count) =>
            T.AtMost(count, length) & T.LessUnsigned(address - start, length - count);
    }

    /// <summary>C-5.</summary>
    public sealed record ShiftSignExtends() : ResultDeviation(
        "C-5",
        Name,
        "32-bit arithmetic shift sign-extends its result into the 64-bit register.",
        Interpreter)
    {
        public override bool Concerns(Form form) =>
            form is { Width.Bits: 32, Operation: AluOperation.ShiftRightSigned };

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            DialectWords.SignExtended(execution);
    }

    /// <summary>C-6.</summary>
    public sealed record AddressIsTruncated() : DialectDeviation.AccessDeviation(
        "C-6",
        Name,
        "The check of an access sees only the low 32 bits of the distance from the region's start, so that addresses 2^32 "
        + "apart pass as one. The C code then accesses the byte that they share; modelled as the access that the program asked for.",
        Interpreter)
    {
        public override T Seen<T>(T start, T address) =>
            start + (address - start).Low(Width.Bits32).ZeroExtend(Width.Bits64);

        public override Truth<T> Contains<T>(T start, T length, T address, T count) =>
            T.AtMost(count, length)
            & T.AtMost(Seen<T>(start, address) - start, length - count);
    }

    /// <summary>C-7.</summary>
    public sealed record ShiftAmountIsTruncated() : ResultDeviation(
        "C-7",
        Name,
        "A 64-bit shift by a register looks only at the low half of the amount, so that some amounts above 2^32 do not "
        + "trap. Seen only where the profile traps on large amounts.",
        Interpreter)
    {
        public override bool Concerns(Form form) =>
            form is { Width.Bits: 64, Operand: SourceOperand.Register }
            && form.Operation is AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned;

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            DialectWords.Normative(
                execution, execution.Destination, execution.Source.Low(Width.Bits32).ZeroExtend(Width.Bits64));
    }

    /// <summary>CertrBPF's second half of a wide load: sets bits in the high half of a register.</summary>
    public sealed record HighHalfLoad() : Operation("lddwh", "Ors the immediate into the high half of the destination.", Interpreter, [])
    {
        public override Sequence<Form> Forms =>
        [
            new()
            {
                Id = $"imm/{Mnemonic}",
                Mnemonic = Mnemonic,
                Operation = this,
                Opcode = 0x10,
                Layout = Layout.Empty with { Destination = Layout.Register, Immediate = Layout.Value },
                Group = ConformanceGroup.Base64,
                Width = Width.Bits64,
                Writes = WrittenRegister.Destination,
            },
        ];

        public override Effect<T> Execute<T>(in Execution<T> execution) =>
            Effect<T>.Of(execution.Write(
                execution.Fields.Destination,
                execution.Destination | DialectWords.HighHalf<T>(execution.Fields.Immediate)));
    }
}
