using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Tests.Encoding;

public sealed class OutsideRfcTests
{
    // Bytes as LLVM and the kernel's headers have them.
    [Theory]
    [InlineData("8d01000000000000", "callx")]
    [InlineData("8d00000003000000", "callx")]
    [InlineData("0d01000000000000", "gotox")]
    [InlineData("e500030000000000", "may_goto")]
    [InlineData("bf12010001000000", "addr_space_cast")]
    [InlineData("d310000000010000", "load-acquire")]
    [InlineData("cb10000000010000", "load-acquire")]
    [InlineData("c310000000010000", "load-acquire")]
    [InlineData("db10f8ff00010000", "load-acquire")]
    [InlineData("db10f8ff10010000", "store-release")]
    [InlineData("d310f8ff10010000", "store-release")]
    [InlineData("f700000001000000", "hor64")]
    [InlineData("9d00000000000000", "return")]
    public void The_preflight_names_it_and_says_that_it_is_outside(string hex, string name)
    {
        var program = Samples.ProgramOf(hex + "9500000000000000");

        var problem = Preflight.Check(program, 0, Admission.Of(Profile.Rbpf, []))[0];

        problem.Slot.ShouldBe(0);
        problem.Found.ShouldContain($", {name}, ");
        problem.Found.ShouldEndWith(": not part of RFC 9669");
        problem.Expected.ShouldBe(OutsideRfc.Named(name)!.Instead);
    }

    [Theory]
    [InlineData("bf12000000000000")]
    [InlineData("bf12080000000000")]
    [InlineData("bf12020000000000")]
    [InlineData("db10000000000000")]
    [InlineData("db10000001010000")]
    [InlineData("ff00000000000000")]
    public void Nothing_else_is_called_so(string hex) =>
        OutsideRfc.Of(Program.Of(Convert.FromHexString(hex)).Slots[0]).ShouldBeNull();

    [Fact]
    public void No_instruction_of_the_RFC_is_among_them()
    {
        foreach (var outside in OutsideRfc.All)
        {
            foreach (var opcode in outside.Opcodes)
            {
                var slot = Slot.Of(opcode, 0, 0, outside.Offset ?? 0, outside.Immediate ?? 0);

                OutsideRfc.Of(slot).ShouldBe(outside);
                OperationTable.WithOpcode(opcode).ShouldNotContain(form => Decoder.Matches(form, slot.Fields) == Truth<Word>.Of(true));
            }

            OutsideRfc.Named(outside.Word).ShouldBe(outside);
        }

        OutsideRfc.Named("exit").ShouldBeNull();
    }
}
