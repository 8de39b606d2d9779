using RbpfSpec.Images.Inputs;

namespace RbpfSpec.Images.Tests.Inputs;

public class AddedRegionTests
{
    [Theory]
    [InlineData("table:64:r", "table", 64, Permission.Read, null)]
    [InlineData("table:0x40:w", "table", 64, Permission.Write, null)]
    [InlineData("t:268435456:rw", "t", 268435456, Permission.ReadWrite, null)]
    [InlineData("t:1:rw@0x50000000", "t", 1, Permission.ReadWrite, 0x5000_0000UL)]
    [InlineData("t:1:rw@7", "t", 1, Permission.ReadWrite, 7UL)]
    public void A_region_has_name_size_permission_and_perhaps_an_address(
        string text, string name, int size, Permission permission, ulong? address) =>
        AddedRegion.Parse(text).ShouldBe((new AddedRegion(name, size, permission, address), ""));

    [Theory]
    [InlineData("table", "expected name:size:rw or name:size:rw@address, such as table:64:r@0x40000000")]
    [InlineData("table:64", "expected name:size:rw or name:size:rw@address, such as table:64:r@0x40000000")]
    [InlineData(":64:rw", "expected name:size:rw or name:size:rw@address, such as table:64:r@0x40000000")]
    [InlineData("table:64:r:0x40000000", "expected name:size:rw or name:size:rw@address, such as table:64:r@0x40000000")]
    [InlineData("table:many:r", "'many' is no size; expected 1 to 268435456 bytes")]
    [InlineData("table:0:r", "'0' is no size; expected 1 to 268435456 bytes")]
    [InlineData("table:-1:r", "'-1' is no size; expected 1 to 268435456 bytes")]
    [InlineData("table:268435457:r", "'268435457' is no size; expected 1 to 268435456 bytes")]
    [InlineData("table:64:x", "'x' is no permission; expected r, w or rw")]
    [InlineData("table:64:", "'' is no permission; expected r, w or rw")]
    [InlineData("table:64:r@there", "'there' is no address; expected a number such as 0x40000000")]
    [InlineData("table:64:r@", "'' is no address; expected a number such as 0x40000000")]
    public void What_is_wrong_with_a_region_is_said(string text, string problem) =>
        AddedRegion.Parse(text).ShouldBe((null, $"region '{text}': {problem}"));
}
