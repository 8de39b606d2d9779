using RbpfSpec.Debugging.Places;

namespace RbpfSpec.Debugging.Tests.Places;

public class CodeAddressTests
{
    [Theory]
    [InlineData("slot 5", 0, 5UL)]
    [InlineData("slot5", 0, 5UL)]
    [InlineData("slot 5", -16, 3UL)]
    [InlineData("0x100000028", 0, 5UL)]
    [InlineData("4294967336", 8, 6UL)]
    [InlineData("slot 5", -48, null)]
    [InlineData("slot 5", 4, null)]
    [InlineData("slot", 0, null)]
    [InlineData("0x28", 0, null)]
    [InlineData("0xfffffffffffffff8", long.MaxValue, null)]
    [InlineData("slot 18446744073709551615", 0, 18446744073709551615UL)]
    [InlineData("-1", 0, null)]
    [InlineData("", 0, null)]
    public void An_address_or_a_number_leads_to_a_slot(string text, long offset, ulong? expected) =>
        CodeAddress.Slot(text, offset).ShouldBe(expected);

    [Fact]
    public void Addresses_of_slots_ascend_from_before_the_first_one()
    {
        CodeAddress.Of(5).ShouldBe("0x100000028");
        CodeAddress.Of(-1).ShouldBe("0xfffffff8");
        CodeAddress.Slot(CodeAddress.Of(77)).ShouldBe(77UL);
    }
}
