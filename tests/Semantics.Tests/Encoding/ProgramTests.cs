using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Semantics.Tests.Encoding;

public sealed class ProgramTests
{
    [Fact]
    public void Bytes_make_slots_and_slots_make_the_bytes_again() =>
        Law.Holds(seed: 76, 1000, dice => dice.Bytes(dice.Between(0, 60)), bytes =>
        {
            var program = Program.Of(bytes);

            program.Length.ShouldBe(bytes.Length / 8);
            program.ToBytes().ShouldBe(bytes[..(program.Length * 8)]);
        });

    [Fact]
    public void Programs_of_the_same_bytes_are_equal() =>
        Program.Of(Convert.FromHexString("9500000000000000")).ShouldBe(Program.Of([Samples.InstructionOf("jmp/exit")]));
}
