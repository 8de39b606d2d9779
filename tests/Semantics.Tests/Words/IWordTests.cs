using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Tests.Words;

/// <summary>The words that rules derive.</summary>
public sealed class IWordTests
{
    [Fact]
    public void The_low_bits_are_the_remainder_by_a_power_of_two() =>
        Law.Holds(seed: 20, 1000, dice => (dice.Value(), dice.Pick(Width.Bits4, Width.Bits8, Width.Bits16, Width.Bits32)), drawn =>
        {
            var (value, width) = drawn;

            Word.Of(value).Low(width).ShouldBe(Word.Wrap(value % (1UL << (int)width), width));
        });

    [Fact]
    public void Only_zero_is_zero()
    {
        foreach (var width in Enum.GetValues<Width>())
        {
            WordOperations.IsZero<Word, Bit>(Word.Wrap(0, width)).Value.ShouldBeTrue();
            for (var bit = 0; bit < (int)width; bit++)
                WordOperations.IsZero<Word, Bit>(Word.Wrap(1UL << bit, width)).Value.ShouldBeFalse();
        }
    }
}
