using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Replays;

/// <summary>Models of setups as programs that set the registers, execute the instruction, and end with what it did in r0.</summary>
public static class RuleProgram
{
    /// <summary>The program of a model: the destination is r0, the source r1 unless both are one register.</summary>
    /// <remarks>
    /// Jumps compare r2 with r1, and the program ends with 1 if the jump is taken, else with 0. Loads have no offset: the
    /// source is the address.
    /// </remarks>
    public static Program Of(Setup setup, Assignment assignment)
    {
        var (form, fields) = (setup.Form, setup.Fields);
        var isJump = !form.Displacement.IsEmpty;
        var isLoad = form.Class is InstructionClass.Ldx;
        var destination = new Register((byte)(isJump ? 2 : 0));
        var isAlias = form.Layout.Destination is FieldUse.NamesRegister
            && form.Class is InstructionClass.Alu or InstructionClass.Alu64 or InstructionClass.Jmp or InstructionClass.Jmp32
            && assignment.Evaluate(fields.Destination.Term) == assignment.Evaluate(fields.Source.Term);
        var source = isAlias ? destination : new Register(1);
        var instruction = Instruction.Of(
            form,
            destination,
            source,
            (short)(isJump ? 1 : isLoad ? 0 : Value(fields.Offset.Term)),
            (int)Value(fields.Immediate.Term),
            (int)Value(fields.NextImmediate.Term));
        return Program.Of(
        [
            .. form.Layout.Destination is FieldUse.NamesRegister && !isLoad && form.Class is not InstructionClass.Ld
                ? Load(destination, Value(setup.Destination)) : [],
            .. form.Layout.Source is FieldUse.NamesRegister && !isAlias ? Load(source, Value(isLoad ? Address(setup) : setup.Source)) : [],
            instruction,
            .. isJump ? [Exit, Instruction.Of(Move, new(0), immediate: 1)] : (Sequence<Instruction>)[],
            Exit,
        ]);

        ulong Value(Term term) => (ulong)assignment.Evaluate(term);
    }

    private static Term Address(Setup setup) => setup.Access.Address.Term;

    private static Instruction Exit { get; } = Instruction.Of(OperationTable.Forms.Single(form => form.Operation is CallOperation.Exit));

    private static Form Move { get; } = OperationTable.Forms.Single(form =>
        form is { Width.Bits: 64, Operand: SourceOperand.Immediate, Operation: AluOperation.Move });

    private static Form Wide { get; } = OperationTable.Forms.Single(form => form.Operation is WideLoad.Plain);

    private static Sequence<Instruction> Load(Register register, ulong value) =>
        [Instruction.Of(Wide, register, immediate: (int)value, nextImmediate: (int)(value >> 32))];
}
