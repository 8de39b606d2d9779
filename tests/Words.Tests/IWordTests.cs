namespace RbpfSpec.Words.Tests;

/// <summary>The words that are derived from the operations of every domain.</summary>
public sealed class IWordTests
{
    [Fact]
    public void The_low_bits_are_the_remainder_by_a_power_of_two() =>
        Law.Holds(seed: 20, 1000, dice => (dice.Value(), dice.Between(1, 63)), drawn =>
        {
            var (value, bits) = drawn;

            Word.Of(value).Low(Width.Of(bits)).ShouldBe(Word.Wrap(value % (1UL << bits), Width.Of(bits)));
        });

    [Fact]
    public void Only_zero_is_zero()
    {
        foreach (var width in WordGenerators.Widths)
        {
            IsZero<Word>(Zero<Word>(width)).Value.ShouldBeTrue();
            for (var bit = 0; bit < width.Bits; bit++) IsZero<Word>(Word.Wrap(1UL << bit, width)).Value.ShouldBeFalse();
        }
    }

    [Fact]
    public void No_signed_number_is_less_than_the_least() =>
        Law.Holds(seed: 22, 1000, dice => dice.WordOf(dice.AnyWidth()), word =>
            Word.LessSigned(word, LeastSigned<Word>(word.Width)).Value.ShouldBeFalse());

    [Fact]
    public void At_most_is_less_or_equal() =>
        Law.Holds(seed: 23, 1000, dice => dice.WordPair(), pair =>
            AtMost<Word>(pair.Left, pair.Right).Value.ShouldBe(pair.Left.Value <= pair.Right.Value));

    private static Truth<T> IsZero<T>(T word)
        where T : IWord<T> => T.IsZero(word);

    private static T Zero<T>(Width width)
        where T : IWord<T> => T.Zero(width);

    private static T LeastSigned<T>(Width width)
        where T : IWord<T> => T.LeastSigned(width);

    private static Truth<T> AtMost<T>(T left, T right)
        where T : IWord<T> => T.AtMost(left, right);
}
