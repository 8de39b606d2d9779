using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Semantics.Tests.Instructions;

public sealed class FormTests
{
    [Fact]
    public void A_register_that_an_encoding_writes_is_one_that_it_names()
    {
        foreach (var form in OperationTable.Forms)
        {
            var (written, named) = form.Writes switch
            {
                WrittenRegister.Destination => (true, form.Layout.Destination is FieldUse.NamesRegister),
                WrittenRegister.Source => (true, form.Layout.Source is FieldUse.NamesRegister),
                WrittenRegister.None or WrittenRegister.R0 => (false, false),
            };

            named.ShouldBe(written, form.Id);
        }
    }

    [Fact]
    public void The_second_operand_is_a_field_that_the_encoding_has()
    {
        foreach (var form in OperationTable.Forms)
        {
            var has = form.Operand switch
            {
                SourceOperand.Register => form.Layout.Source is FieldUse.NamesRegister,
                SourceOperand.Immediate => form.Layout.Immediate is FieldUse.HoldsValue,
                SourceOperand.None => true,
            };

            has.ShouldBeTrue(form.Id);
        }
    }

    [Fact]
    public void Distances_are_held_by_jumps_and_local_calls_alone()
    {
        foreach (var form in OperationTable.Forms)
        {
            (form.Operation is JumpOperation or CallOperation.Local).ShouldBe(!form.Displacement.IsEmpty, form.Id);
            form.Displacement.ShouldAllBe(field => form.Layout[field] is FieldUse.HoldsValue);
        }
    }

    [Fact]
    public void The_class_is_in_the_low_bits_of_the_opcode()
    {
        Generators.FormOf("alu/add64-k").Class.ShouldBe(InstructionClass.Alu64);
        Generators.FormOf("mem/stb").Class.ShouldBe(InstructionClass.St);
        Generators.FormOf("jmp/ja32").Class.ShouldBe(InstructionClass.Jmp32);
    }
}
