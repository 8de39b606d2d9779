using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects.Tests;

public sealed class DialectDeviationsTests
{
    private static readonly Region<Word> Region64 = Region.Of("64", 0x1000, new byte[64], Permission.Read);

    [Fact]
    public void Without_deviations_everything_is_normative()
    {
        Sequence<DialectDeviation> none = [];

        none.Checks().ShouldBe(Preflight.Checks);
        none.ChecksOfTakenJumps().ShouldBeEmpty();
        none.Candidates(Samples.ProgramOf("9500000000000000").Slots[0].Fields).ShouldBe(OperationTable.WithOpcode(0x95));
        Law.Holds(seed: 70, 1000, dice => (Address: dice.Value(), Count: dice.Value()), drawn =>
            none.Contains(Region64, Word.Of(drawn.Address), Word.Of(drawn.Count))
                .ShouldBe(Region64.Contains(Word.Of(drawn.Address), Word.Of(drawn.Count))));
    }

    // Strictly below the end, of a distance that is truncated first: neither deviation alone says so.
    [Theory]
    [InlineData(0x1000UL, true)]
    [InlineData(0x1037UL, true)]
    [InlineData(0x1038UL, false)]
    [InlineData(0xfffUL, false)]
    [InlineData(0x1_0000_1000UL, true)]
    [InlineData(0x1_0000_1038UL, false)]
    public void Tests_of_an_access_combine(ulong address, bool contained)
    {
        var both = DialectTable.Named("certrbpf").Deviations;

        both.Contains(Region64, Word.Of(address), Word.Of(8)).Value.ShouldBe(contained);
    }

    [Fact]
    public void Permissions_hold_in_every_machine()
    {
        var memory = new Start(DialectTable.Named("femto-containers").Profile) { Regions = [Region64] }.State().Memory;
        var deviations = DialectTable.Named("femto-containers").Deviations;

        deviations.Grants(memory, Word.Of(0x1000), Word.Of(8), Access.Read).Value.ShouldBeTrue();
        deviations.Grants(memory, Word.Of(0x1000), Word.Of(8), Access.Write).Value.ShouldBeFalse();
        deviations.Grants(memory, Word.Of(0x1039), Word.Of(8), Access.Read).Value.ShouldBeFalse();
    }

    [Fact]
    public void Of_two_rules_for_an_encoding_the_last_one_counts()
    {
        var profile = DialectTable.Named("femto-containers").Profile;
        var unmasked = DialectTable.Deviation("FC-22");
        var signed = DialectTable.Deviation("FC-23");
        var instruction = Samples.InstructionOf("alu/arsh32-k", immediate: 32);
        var execution = new Execution<Word>(
            instruction.Form, instruction.Fields<Word>(), Samples.StateOf(profile, (0, 0x8000_0001)), profile);

        Result([unmasked]).ShouldBe(0xffff_ffffUL);
        Result([signed]).ShouldBe(0xffff_ffff_8000_0001);
        Result([unmasked, signed]).ShouldBe(0xffff_ffff_8000_0001);
        Result([signed, unmasked]).ShouldBe(0xffff_ffffUL);
        Result([]).ShouldBe(0x8000_0001UL);

        ulong Result(Sequence<DialectDeviation> deviations) =>
            deviations.Execute(execution).Value.Next().Registers[0].Value;
    }
}
