using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects.Machines;

public static partial class Havm
{
    /// <summary>Whether the machine has an encoding: 13 operations of 32 bits, jumps of class 5, nine loads and stores, EXIT.</summary>
    public static bool Has(Form form) => form.Class switch
    {
        InstructionClass.Alu =>
            form.Opcode <= 0xcc && form.Layout.Offset is not FieldUse.Selects { Value: not 0 },
        InstructionClass.Jmp => form.Operation is JumpOperation or CallOperation.Exit,
        InstructionClass.Ldx or InstructionClass.St or InstructionClass.Stx =>
            form.Operation is MemoryOperation && (form.Opcode & 0xe0) == Mem && (form.Opcode & SizeMask) != DoubleWord,
        InstructionClass.Ld or InstructionClass.Jmp32 or InstructionClass.Alu64 => false,
    };

    private const int Mem = 0x60;
    private const int SizeMask = 0x18;
    private const int DoubleWord = 0x18;

    /// <summary>HV-1.</summary>
    public sealed record JumpsCompareLowHalves() : DialectDeviation.RuleDeviation(
        "HV-1",
        Name,
        "Jumps of class 5 compare 32 bits: all that a register has.",
        Interpreter)
    {
        public override bool Concerns(Form form) =>
            form is { Class: InstructionClass.Jmp, Operation: JumpOperation and not JumpOperation.Always };

        public override Effect<T> Execute<T>(in Execution<T> execution) => JumpOperation.Jump(
            execution,
            ((JumpOperation)execution.Form.Operation).Holds<T>(
                execution.Destination.Low(Width.Bits32), execution.Operand.Low(Width.Bits32)));
    }
}

/// <summary>The instruction is one that HAVM has.</summary>
/// <param name="Source">The machine that asks.</param>
public sealed record IsOfHavm(Clause Source) : FormCheck
{
    public override string Id => "havm";

    public override CheckScope Scope => CheckScope.Encoding;

    public override Clause Clause => Source;

    internal override bool Concerns(Form form) => !Havm.Has(form);

    internal override Truth<T> Breaks<T>(Form form, Site<T> site) => Truth<T>.Of(true);

    private protected override (string Found, string Expected) Explain(Form form, Site<Word> site) =>
        ($"HAVM does not have {form.Id}", "arithmetic of 32 bits, a jump of class 5, a load or store of at most 4 bytes, or EXIT");
}
