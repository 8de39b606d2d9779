using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Tests;

public class DisassemblerTests
{
    public static TheoryData<string, Syntax> FormsAndSyntaxes
    {
        get
        {
            var data = new TheoryData<string, Syntax>();
            foreach (var form in OperationTable.Forms)
            {
                foreach (var syntax in Enum.GetValues<Syntax>()) data.Add(form.Id, syntax);
            }

            return data;
        }
    }

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(FormsAndSyntaxes))]
    public void What_is_printed_is_read_back_as_the_same_instruction(string id, Syntax syntax)
    {
        var form = OperationTable.Forms.Single(form => form.Id == id);

        Prop.ForAll(Sample.Instructions(form).ToArbitrary(), instruction =>
        {
            var text = Disassembler.Print(instruction, syntax);
            var expected = Program.Of([instruction]);

            Assembling.Program(text, syntax).ShouldBe(expected, text);
            Assembling.Program(text).ShouldBe(expected, text);
        }).Check(Sample.Config(100));
    }

    [Theory]
    [Trait("Needs", "time")]
    [InlineData(Syntax.Conformance)]
    [InlineData(Syntax.Llvm)]
    public void Every_program_is_read_back_from_its_text(Syntax syntax) =>
        Prop.ForAll(Sample.Programs.ToArbitrary(), program =>
        {
            var text = Disassembler.Text(program, syntax);

            Assembling.Program(text, syntax).ShouldBe(program, text);
            Assembling.Program(text).ShouldBe(program, text);
        }).Check(Sample.Config(1000));

    [Fact]
    public void A_slot_that_is_no_instruction_is_written_as_a_number()
    {
        var program = new Program([new(0x95), new(0xff), new(0x18), new(0x1_0000_0018), new(0x0123456789abcdef)]);

        var text = Disassembler.Text(program, Syntax.Conformance);

        text.ShouldBe("exit\n.slot 0xff\n.slot 0x18\n.slot 0x100000018\n.slot 0x123456789abcdef\n");
    }

    [Fact]
    public void The_empty_program_has_no_text() => Disassembler.Text(new([]), Syntax.Llvm).ShouldBe("");

    [Theory]
    [InlineData(".slot 0x18d", ".slot 0x18d  # callx, a call through a register (LLVM, uBPF, sBPF): not part of RFC 9669\n")]
    [InlineData(".slot 0xff", ".slot 0xff\n")]
    public void An_instruction_outside_the_RFC_is_named_in_a_comment(string text, string printed)
    {
        foreach (var syntax in Enum.GetValues<Syntax>()) Disassembler.Text(Assembling.Program(text), syntax).ShouldBe(printed);
    }
}
