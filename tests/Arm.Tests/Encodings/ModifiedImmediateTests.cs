using RbpfSpec.Arm.Encodings;

namespace RbpfSpec.Arm.Tests.Encodings;

public class ModifiedImmediateTests
{
    [Fact]
    public void Every_code_is_that_of_the_constant_it_stands_for()
    {
        for (var code = 0U; code < 0x1000; code++)
        {
            if (ModifiedImmediate.Expand(code) is { } value) ModifiedImmediate.Code(value).ShouldBe(code);
            else (code is 0x100 or 0x200 or 0x300).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(0x000, 0x00000000)]
    [InlineData(0x0ff, 0x000000ff)]
    [InlineData(0x1ab, 0x00ab00ab)]
    [InlineData(0x2ab, 0xab00ab00)]
    [InlineData(0x3ab, 0xabababab)]
    [InlineData(0x400, 0x80000000)]
    [InlineData(0x47f, 0xff000000)]
    [InlineData(0xfff, 0x000001fe)]
    public void Codes_stand_for_the_constants_of_the_manual(uint code, uint value) => ModifiedImmediate.Expand(code).ShouldBe(value);

    [Theory]
    [InlineData(0x12345678)]
    [InlineData(0x00000101)]
    [InlineData(0xff0000ff)]
    [InlineData(0xfffffffe)]
    public void Other_constants_have_no_code(uint value) => ModifiedImmediate.Code(value).ShouldBeNull();

    [Fact]
    public void Only_a_rotated_constant_brings_a_carry()
    {
        ModifiedImmediate.Carry(0xff).ShouldBeNull();
        ModifiedImmediate.Carry(0xabababab).ShouldBeNull();
        ModifiedImmediate.Carry(0x100).ShouldBe(false);
        ModifiedImmediate.Carry(0x80000000).ShouldBe(true);
    }
}
