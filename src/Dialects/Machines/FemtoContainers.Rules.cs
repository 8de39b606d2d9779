using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Dialects.Machines;

public static partial class FemtoContainers
{
    /// <summary>FC-10.</summary>
    public sealed record WideLoadSignExtends() : ResultDeviation(
        "FC-10",
        Name,
        "A wide load sign-extends imm before it ors next_imm into the high half, so that a set bit 31 of imm makes the high half all ones.",
        Interpreter)
    {
        public override bool Concerns(Form form) => form.Operation is WideLoad.Plain;

        public override Guarded<T> Result<T>(in Execution<T> execution) => Guarded<T>.Of(
            execution.Fields.Immediate.SignExtend(Width.Bits64)
            | DialectWords.HighHalf<T>(execution.Fields.NextImmediate));
    }

    /// <summary>FC-21.</summary>
    public sealed record ZeroTestReadsWholeRegister() : ResultDeviation(
        "FC-21",
        Name,
        "32-bit division and modulo by a register test all 64 bits of it for zero, so that a divisor with a zero low half "
        + "passes. The x86-64 build died of SIGFPE; modelled as no trap and the value that SMT-LIB gives to division by zero.",
        Interpreter)
    {
        public override bool Concerns(Form form) =>
            form is { Width.Bits: 32, Operand: SourceOperand.Register }
            && form.Operation is AluOperation.Division.Divide or AluOperation.Division.Modulo;

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            DialectWords.Unguarded(execution)
                .Unless(T.IsZero(execution.Source), Trap.DivisionByZero);
    }

    /// <summary>FC-22.</summary>
    public sealed record ShiftAmountIsNotMasked() : ResultDeviation(
        "FC-22",
        Name,
        "Shift amounts are not masked, which C leaves undefined from the width on. The x86-64 build masked them as its "
        + "processor does (1 << 64 gave 1); modelled as on ARM, whose shifts take the low 8 bits and shift everything out "
        + "from the width on.",
        Interpreter)
    {
        public override bool Concerns(Form form) =>
            form.Operation is AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned;

        public override Guarded<T> Result<T>(in Execution<T> execution)
        {
            var form = execution.Form;
            var value = execution.Destination.Low(form.Width);
            var amount = execution.Operand & T.Constant(0xff, form.Width);
            var shifted = form.Operation switch
            {
                AluOperation.ShiftLeft => T.ShiftLeft(value, amount),
                AluOperation.ShiftRight => T.ShiftRightLogical(value, amount),
                _ => T.ShiftRightArithmetic(value, amount),
            };
            return Guarded<T>.Of(shifted.ZeroExtend(Width.Bits64));
        }
    }

    /// <summary>FC-23.</summary>
    public sealed record SignedResultsSignExtend() : ResultDeviation(
        "FC-23",
        Name,
        "32-bit negation and arithmetic shift sign-extend their result into the 64-bit register.",
        Interpreter)
    {
        public override bool Concerns(Form form) =>
            form.Width.Bits is 32 && form.Operation is AluOperation.Negate or AluOperation.ShiftRightSigned;

        public override Guarded<T> Result<T>(in Execution<T> execution) =>
            DialectWords.SignExtended(execution);
    }
}
