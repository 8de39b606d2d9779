using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Tests.Patterns;

public class RbpfPatternsTests
{
    [Theory]
    [InlineData("mov64 r0, 7", "b700000007000000")]
    [InlineData("mov r0, 7", "b700000007000000")]
    [InlineData("mov32 r1, 2", "b401000002000000")]
    [InlineData("add64 r0, r1", "0f10000000000000")]
    [InlineData("arsh64 r0, 3", "c700000003000000")]
    [InlineData("neg64 r0", "8700000000000000")]
    [InlineData("neg32 r0", "8400000000000000")]
    [InlineData("be16 r0", "dc00000010000000")]
    [InlineData("le64 r0", "d400000040000000")]
    [InlineData("lddw r2, 0x1122334455667788", "1802000088776655 0000000044332211")]
    [InlineData("stxdw [r10-0x8], r0", "7b0af8ff00000000")]
    [InlineData("ldxdw r0, [r10-0x8]", "79a0f8ff00000000")]
    [InlineData("stw [r1], 5", "6201000005000000")]
    [InlineData("stxxaddw [r1+4], r2", "c321040000000000")]
    [InlineData("stxxadddw [r1+4], r2", "db21040000000000")]
    [InlineData("jeq r0, 0x9, +1", "1500010009000000")]
    [InlineData("jsgt32 r0, r1, -1", "6e10ffff00000000")]
    [InlineData("ja 5", "0500050000000000")]
    [InlineData("call 5", "8500000005000000")]
    [InlineData("ldabsw 5", "2000000005000000")]
    [InlineData("ldindb r1, 5", "5010000005000000")]
    [InlineData("jne r1, r2, out\nout:\nexit", "5d21000000000000 9500000000000000")]
    [InlineData("call f\nexit\nf: exit", "8510000001000000 9500000000000000 9500000000000000")]
    public void Text_is_read_as_rbpf_reads_it(string text, string bytes)
    {
        Assembling.Bytes(text, Dialect.Rbpf).ShouldBe(bytes);
        Assembling.Bytes(text).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("mov %r0, 7", "'mov %r0, 7', which is the syntax of bpf_conformance (mov %r0, 7)", "'mov64 r0, 7'")]
    [InlineData("r1 += w2", "'r1'", "an instruction, a label, a directive or .slot")]
    [InlineData("r1 += r2", "'r1 += r2', which is the syntax of LLVM (r0 = 7)", "'add64 r1, r2'")]
    [InlineData("mov64 %r0, 7", "'mov64 %r0, 7'", "'mov64 r0, 7'")]
    [InlineData("mov64 r0, 7 7", "'7'", "the end of the line")]
    [InlineData("mov64 r11, 7", "'r11'", "a register from r0 to r10")]
    public void An_error_says_what_would_be_right(string text, string found, string expected)
    {
        var error = Assembling.Errors(text, Dialect.Rbpf).ShouldHaveSingleItem();

        (error.Found, error.Expected).ShouldBe((found, expected));
    }

    // Its text is that of bpf_conformance but for percent signs, and so is what it comes to.
    [Fact]
    public void Every_instruction_is_read() =>
        Prop.ForAll(
            Gen.Elements<Form>(OperationTable.Forms).SelectMany(Sample.Instructions).ToArbitrary(),
            instruction =>
            {
                var program = new Program(Encoder.Encode(instruction));
                var text = Disassembler.Text(program, Syntax.Conformance);
                if (instruction.Form.Operation is AluOperation and not AluOperation.MoveSigned
                    && instruction.Form is { Width.Bits: 64, Operand: not SourceOperand.None })
                {
                    text = text.Replace(instruction.Form.Mnemonic + " ", instruction.Form.Mnemonic + "64 ", StringComparison.Ordinal);
                }

                return Assembling.Program(text.Replace("%", "", StringComparison.Ordinal), Dialect.Rbpf) == program;
            }).Check(Sample.Config(500));
}
