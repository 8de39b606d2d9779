using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Semantics.Tests.Encoding;

public sealed class EncoderTests
{
    // RFC 9669 §3.1 has the first as its example; the others are assembled by hand from the tables of §4 and §5.
    [Theory]
    [InlineData("0701000044332211", "alu/add64-k", 1, 0, 0, 0x11223344, 0)]
    [InlineData("0c21000000000000", "alu/add32-x", 1, 2, 0, 0, 0)]
    [InlineData("3c21010000000000", "alu/sdiv32-x", 1, 2, 0, 0, 0)]
    [InlineData("bf21200000000000", "alu/movsx32to64", 1, 2, 0, 0, 0)]
    [InlineData("dc01000040000000", "alu/be64", 1, 0, 0, 0, 0)]
    [InlineData("7e21feff00000000", "jmp/jsge32-x", 1, 2, -2, 0, 0)]
    [InlineData("06000000ffffffff", "jmp/ja32", 0, 0, 0, -1, 0)]
    [InlineData("85100000fbffffff", "jmp/call-local", 0, 0, 0, -5, 0)]
    [InlineData("db21f8fff1000000", "atomic/cmpxchg64", 1, 2, -8, 0, 0)]
    [InlineData("7a0af0ffffffffff", "mem/stdw", 10, 0, -16, -1, 0)]
    [InlineData("1801000001000000 0000000002000000", "imm/lddw", 1, 0, 0, 1, 2)]
    [InlineData("1831000001000000 0000000000000000", "imm/lddw-var-addr", 1, 0, 0, 1, 2)]
    public void An_instruction_has_the_bytes_of_the_RFC(
        string hex, string id, int destination, int source, int offset, int immediate, int next)
    {
        var instruction = Samples.InstructionOf(id, destination, source, offset, immediate, next);

        string.Join(' ', Encoder.Encode(instruction)).ShouldBe(hex);
    }

    [Fact]
    public void An_instruction_has_as_many_slots_as_its_layout_says() =>
        Law.Holds(seed: 75, 1000, dice => dice.AnyInstruction(), instruction =>
            Encoder.Encode(instruction).Count.ShouldBe(instruction.Form.Layout.Slots));
}
