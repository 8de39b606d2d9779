using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Dialects.Machines;

public static partial class Rbpf2020
{
    /// <summary>I-2.</summary>
    public sealed record BitTestIsTruncated() : DialectDeviation.RuleDeviation(
        "I-2",
        Name,
        "JSET looks for common bits in the low half of its operands only.",
        Switch)
    {
        public override bool Concerns(Form form) => form is { Width.Bits: 64, Operation: JumpOperation.AnyBitSet };

        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var common = (execution.Destination & execution.Operand).Low(Width.Bits32);
            return JumpOperation.Jump(execution, !T.IsZero(common));
        }
    }

    /// <summary>I-3.</summary>
    public sealed record HalvesComputedIn64Bits() : ResultDeviation(
        "I-3",
        Name,
        "32-bit division, modulo and logical right shift compute with all 64 bits and cut off the result, so that high halves show.",
        Switch)
    {
        public override bool Concerns(Form form) => form.Width.Bits is 32
            && form.Operation is AluOperation.Division.Divide or AluOperation.Division.Modulo or AluOperation.ShiftRight;

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            DialectWords.LowHalfOf64Bits(execution);
    }

    /// <summary>I-4.</summary>
    public sealed record WideLoadAdds() : ResultDeviation(
        "I-4",
        Name,
        "A wide load sign-extends imm and adds next_imm as the high half, so that a set bit 31 of imm borrows one from it.",
        Switch)
    {
        public override bool Concerns(Form form) => form.Operation is WideLoad.Plain;

        public override Guarded<T> Result<T>(in Execution<T> execution) => Guarded<T>.Of(
            execution.Fields.Immediate.SignExtend(Width.Bits64)
            + DialectWords.HighHalf<T>(execution.Fields.NextImmediate));
    }

    /// <summary>I-7.</summary>
    public sealed record ShiftComputedIn64Bits() : ResultDeviation(
        "I-7",
        Name,
        "32-bit arithmetic right shift computes with all 64 bits and cuts off the result, so that bit 31 is no sign.",
        Switch)
    {
        public override bool Concerns(Form form) =>
            form is { Width.Bits: 32, Operation: AluOperation.ShiftRightSigned };

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            DialectWords.LowHalfOf64Bits(execution);
    }
}
