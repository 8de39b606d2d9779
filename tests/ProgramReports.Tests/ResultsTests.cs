namespace RbpfSpec.ProgramReports.Tests;

public sealed class ResultsTests
{
    [Theory]
    [InlineData(0, "r0 = 0x0 (0)")]
    [InlineData(0x7fff_ffff, "r0 = 0x7fffffff (2147483647)")]
    [InlineData(0x8000_0000, "r0 = 0x80000000 (2147483648; as int: -2147483648)")]
    [InlineData(0xffff_ffff, "r0 = 0xffffffff (4294967295; as int: -1)")]
    [InlineData(0x1_0000_0002, "r0 = 0x100000002 (4294967298; as int: 2)")]
    [InlineData(0x7fff_ffff_ffff_ffff, "r0 = 0x7fffffffffffffff (9223372036854775807; as int: -1)")]
    [InlineData(0xffff_ffff_ffff_fffb, "r0 = 0xfffffffffffffffb (18446744073709551611; signed: -5)")]
    [InlineData(0xffff_ffff_8000_0000, "r0 = 0xffffffff80000000 (18446744071562067968; signed: -2147483648)")]
    [InlineData(0xffff_ffff_7fff_ffff, "r0 = 0xffffffff7fffffff (18446744071562067967; signed: -2147483649; as int: 2147483647)")]
    [InlineData(0x8000_0000_0000_0000, "r0 = 0x8000000000000000 (9223372036854775808; signed: -9223372036854775808; as int: 0)")]
    public void A_result_is_read_as_each_type_that_makes_another_number_of_it(ulong value, string text) =>
        Results.Text(Word.Of(value)).ShouldBe(text);
}
