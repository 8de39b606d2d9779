using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Dialects.Machines;

public static partial class Rbpf2020
{
    /// <summary>R-1.</summary>
    public sealed record MoveTruncates() : ResultDeviation(
        "R-1",
        Name,
        "A 64-bit move copies the low half of its operand and clears the high half.",
        Jumptable)
    {
        public override bool Concerns(Form form) => form is { Width.Bits: 64, Operation: AluOperation.Move };

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            Guarded<T>.Of(execution.Operand.Low(Width.Bits32).ZeroExtend(Width.Bits64));
    }

    /// <summary>R-3.</summary>
    public sealed record DivisionIsUnguarded() : ResultDeviation(
        "R-3",
        Name,
        "Division and modulo do not test the divisor. The x86-64 build died of SIGFPE; modelled as no trap and the value "
        + "that SMT-LIB gives to division by zero.",
        Jumptable)
    {
        public override bool Concerns(Form form) => form.Operation is AluOperation.Division.Divide or AluOperation.Division.Modulo;

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            DialectWords.Unguarded(execution);
    }

    /// <summary>R-5.</summary>
    public sealed record NegationSignExtends() : ResultDeviation(
        "R-5",
        Name,
        "32-bit negation does not negate: it sign-extends the low half. The machine has it at opcode 0x8c; modelled at "
        + "RFC 9669's 0x84, so that like is compared with like.",
        Jumptable)
    {
        public override bool Concerns(Form form) => form is { Width.Bits: 32, Operation: AluOperation.Negate };

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            Guarded<T>.Of(execution.Destination.Low(Width.Bits32).SignExtend(Width.Bits64));
    }
}
