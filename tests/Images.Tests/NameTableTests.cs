namespace RbpfSpec.Images.Tests;

public class NameTableTests
{
    [Theory]
    [InlineData(0, "one")]
    [InlineData(1, "ne")]
    [InlineData(3, "")]
    [InlineData(4, "grün")]
    [InlineData(10, "a\ufffdb")]
    public void A_name_ends_at_its_terminator(uint offset, string expected)
    {
        NameTable.TryRead("one\0grün\0a\u001bb\0rest"u8, offset, out var name, out _).ShouldBeTrue();

        name.ShouldBe(expected);
    }

    [Theory]
    [InlineData(14, "at offset 14 does not end within the 18 bytes that hold names")]
    [InlineData(18, "at offset 18 is outside the 18 bytes that hold names")]
    [InlineData(uint.MaxValue, "at offset 4294967295 is outside the 18 bytes that hold names")]
    public void A_name_stays_in_its_table(uint offset, string expected)
    {
        NameTable.TryRead("one\0grün\0a\u001bb\0rest"u8, offset, out _, out var problem).ShouldBeFalse();

        problem.ShouldBe(expected);
    }
}
