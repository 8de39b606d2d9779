using RbpfSpec.Dialects.Machines;
using RbpfSpec.Dialects.Tests.Native;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using static RbpfSpec.Dialects.Tests.DialectSamples;

namespace RbpfSpec.Dialects.Tests.Machines;

/// <summary>Each deviation on the smallest program that shows it, and the normative machine on the same program.</summary>
public sealed class HavmTests
{
    [Fact]
    public void HV_1_a_jump_of_class_5_compares_the_low_halves()
    {
        // lddw r1, 2^32 | jeq r1, 0, +1 | mov32 r0, 1
        const string program = "1801000000000000 0000000001000000 1501010000000000 b400000001000000" + Exit;

        With("HV-1", program).Run().Result().ShouldBe(0UL);
        RunNormatively(program).Result().ShouldBe(1UL);
    }

    [Fact]
    public void HV_1_bit_31_is_the_sign()
    {
        // mov32 r1, -1 | jslt r1, 0, +1 | mov32 r0, 1
        const string program = "b4010000ffffffff c501010000000000 b400000001000000" + Exit;

        With("HV-1", program).Run().Result().ShouldBe(0UL);
        RunNormatively(program).Result().ShouldBe(1UL);
    }

    [Theory]
    [InlineData("b700000001000000")]
    [InlineData("1800000000000000 0000000000000000")]
    [InlineData("7910000000000000")]
    [InlineData("1600000000000000")]
    [InlineData("dc00000010000000")]
    [InlineData("bc10080000000000")]
    [InlineData("3c10010000000000")]
    [InlineData("c310000000000000")]
    public void HV_2_an_instruction_that_the_machine_lacks_is_rejected(string instruction)
    {
        With("HV-2", instruction + Exit).Broken().ShouldContain("havm");
        BrokenNormatively(instruction + Exit).ShouldBeEmpty();
    }

    [Fact]
    public void HV_2_the_machine_has_58_opcodes() =>
        OperationTable.Forms.Where(Havm.Has).Select(form => form.Opcode).Distinct().Count().ShouldBe(58);

    // What the dialect says of 32 bits rests on it: no instruction of the machine brings a high half about.
    [Fact]
    public void High_halves_stay_zero() => Law.Holds(seed: 801, 2000, NativePrograms.Drawn, program =>
    {
        var machine = new DialectMachine(program, Havm.Dialect);
        var state = new Start(Havm.Dialect.Profile) { Context = [1, 2, 3, 4, 5, 6, 7, 8] }.State();

        var after = machine.Run(state, 200).State;

        for (var number = 0; number <= Register.Last; number++) (after.Registers[number].Value >> 32).ShouldBe(0UL);
    });
}
