using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Text;
using RbpfSpec.Dialects.Native;

namespace RbpfSpec.Dialects.Tests.Native;

/// <summary>The code of each instruction, disassembled: with all bugs, and with none.</summary>
public sealed class MicroBpfCompilerTests
{
    [Theory]
    [InlineData("mem/ldxw", 0, 1, 0, "ldr r0, [r1, #0]", "sub.w lr, r1, sl; cmp.w lr, #60; bhi.n 14; ldr r0, [r1, #0]")]
    [InlineData("alu/div32-x", 0, 1, 0, "sdiv r0, r0, r1", "udiv r0, r0, r1")]
    [InlineData("jmp/jge32-x", 0, 1, 0, "cmp r0, r1; bge.n 8", "cmp r0, r1; bcs.n 8")]
    [InlineData("jmp/jlt32-x", 0, 1, 0, "cmp r0, r1; blt.n 8", "cmp r0, r1; bcc.n 8")]
    [InlineData("jmp/jset32-x", 0, 1, 0, "cmp r0, r1; bcs.n 8", "tst r0, r1; bne.n 8")]
    [InlineData("alu/arsh32-k", 1, 0, 4, "asrs r1, r0, #4", "asrs r1, r1, #4")]
    [InlineData("alu/sub32-x", 1, 10, 0, "subs r1, r1, r2", "sub.w r1, r1, fp")]
    [InlineData("alu/add32-k", 0, 0, 300, "adds r0, #44", "movw ip, #300; movt ip, #0; add r0, ip")]
    [InlineData("alu/add32-k", 9, 0, 5000, "addw r9, r9, #904", "movw ip, #5000; movt ip, #0; add r9, ip")]
    [InlineData("alu/add32-k", 0, 0, -5000, "subw r0, r0, #904", "movw ip, #60536; movt ip, #65535; add r0, ip")]
    [InlineData("alu/rsh64-k", 0, 0, 32, "nop", "movs r0, #0")]
    [InlineData("alu/rsh64-k", 0, 0, 40, "lsrs r0, r0, #8", "movs r0, #0")]
    [InlineData("alu/rsh32-k", 0, 0, 0, "lsrs r0, r0, #32", "")]
    [InlineData("alu/le16", 3, 0, 0, "", "uxth r3, r3")]
    public void An_instruction_is_translated(string form, int destination, int source, int immediate, string published, string mended)
    {
        var instruction = Samples.InstructionOf(form, destination, source, immediate: immediate);

        Text(MicroBpfCompiler.Published.Translate(instruction)).ShouldBe(published);
        Text(new MicroBpfCompiler([]).Translate(instruction)).ShouldBe(mended);
    }

    [Fact]
    public void What_is_not_modelled_is_refused() =>
        Should.Throw<NotSupportedException>(() => MicroBpfCompiler.Published.Translate(Samples.InstructionOf("alu/mul32-x")));

    [Theory]
    [InlineData("mem/ldxw", 9, 0)]
    [InlineData("jmp/jge32-x", 0, 8)]
    [InlineData("alu/le16", 8, 0)]
    public void Registers_that_three_bits_do_not_name_are_refused(string form, int destination, int source) =>
        Should.Throw<NotSupportedException>(() => MicroBpfCompiler.Published.Translate(Samples.InstructionOf(form, destination, source)));

    private static string Text(Sequence<ushort> halfwords)
    {
        List<string> lines = [];
        for (var i = 0; i < halfwords.Count;)
        {
            var decoded = Decoder.Decode(halfwords[i], i + 1 < halfwords.Count ? halfwords[i + 1] : (ushort)0)
                .ShouldBeOfType<Decoded.Allowed>();
            lines.Add(Disassembler.Text(decoded.Instruction, 2 * (uint)i).Replace('\t', ' '));
            i += decoded.Length / 2;
        }

        return string.Join("; ", lines);
    }
}
