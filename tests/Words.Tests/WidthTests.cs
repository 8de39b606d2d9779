namespace RbpfSpec.Words.Tests;

public sealed class WidthTests
{
    [Theory]
    [InlineData(1, 0x1, 0)]
    [InlineData(4, 0xf, 0)]
    [InlineData(8, 0xff, 1)]
    [InlineData(12, 0xfff, 1)]
    [InlineData(16, 0xffff, 2)]
    [InlineData(33, 0x1_ffff_ffff, 4)]
    [InlineData(64, ulong.MaxValue, 8)]
    public void A_width_has_that_many_ones_and_whole_bytes(int bits, ulong mask, int bytes)
    {
        var width = Width.Of(bits);

        width.Bits.ShouldBe(bits);
        width.Mask.ShouldBe(mask);
        width.Bytes.ShouldBe(bytes);
    }

    [Fact]
    public void The_widths_with_names_are_those_of_their_names() =>
        ((Width[])[Width.Bits4, Width.Bits8, Width.Bits16, Width.Bits32, Width.Bits64]).Select(width => width.Bits)
            .ShouldBe([4, 8, 16, 32, 64]);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65)]
    [InlineData(int.MaxValue)]
    public void No_word_has_other_widths(int bits) => Should.Throw<ArgumentOutOfRangeException>(() => Width.Of(bits));

    [Fact]
    public void Widths_are_ordered_by_their_bits() =>
        Law.Holds(seed: 21, 500, dice => (dice.Between(1, 64), dice.Between(1, 64)), drawn =>
        {
            var (left, right) = drawn;
            var (one, other) = (Width.Of(left), Width.Of(right));

            (one < other).ShouldBe(left < right);
            (one <= other).ShouldBe(left <= right);
            (one > other).ShouldBe(left > right);
            (one >= other).ShouldBe(left >= right);
            (one == other).ShouldBe(left == right);
            one.CompareTo(other).ShouldBe(left.CompareTo(right));
        });

    [Fact]
    public void Half_of_the_least_width_is_none()
    {
        Width.Bits64.Half.ShouldBe(Width.Bits32);
        Should.Throw<ArgumentOutOfRangeException>(() => Width.Of(1).Half);
    }
}
