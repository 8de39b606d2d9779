namespace RbpfSpec.Certifying.Tests;

/// <summary>Sums are right whatever is known of their parts, and what is known makes equal words the same ones.</summary>
public sealed class SumsTests
{
    private const int Width = 3;
    private const int Numbers = 1 << Width;

    private readonly Circuit circuit = new();
    private readonly Sums sums;
    private readonly int[] x;
    private readonly int[] y;

    public SumsTests()
    {
        sums = new(circuit);
        x = [.. Enumerable.Range(0, Width).Select(_ => circuit.Input())];
        y = [.. Enumerable.Range(0, Width).Select(_ => circuit.Input())];
    }

    // Each word and its value, for all values of the two inputs: those that are made of those made before, in an order that is drawn.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Words_of_sums_and_differences_are_right_and_so_are_their_comparisons(ulong seed)
    {
        var dice = new Dice(seed);
        List<(int[] Word, Func<int, int, int> Value)> words = [(x, (left, _) => left), (y, (_, right) => right)];
        for (var number = 0; number < 60; number++)
        {
            var constant = dice.Between(0, Numbers - 1);
            var (left, leftValue) = words[dice.Between(0, words.Count - 1)];
            var (right, rightValue) = dice.OnceIn(2) ? (Number(constant), (_, _) => constant) : words[dice.Between(0, words.Count - 1)];
            if (dice.OnceIn(2)) ((left, leftValue), (right, rightValue)) = ((right, rightValue), (left, leftValue));
            words.Add(dice.OnceIn(2)
                ? (sums.Add(left, right), (a, b) => leftValue(a, b) + rightValue(a, b))
                : (sums.Subtract(left, right), (a, b) => leftValue(a, b) - rightValue(a, b)));
            var (other, otherValue) = words[dice.Between(0, words.Count - 1)];
            var equal = sums.Equal(words[^1].Word, other);
            for (var inputs = 0; inputs < Numbers * Numbers; inputs++)
            {
                var (a, b) = (inputs % Numbers, inputs / Numbers);
                var value = words[^1].Value(a, b) & (Numbers - 1);
                ValueOf(words[^1].Word, inputs).ShouldBe(value, $"seed {seed}, word {number}, x {a} y {b}");
                Circuits.Value(circuit, equal, inputs).ShouldBe(
                    value == (otherValue(a, b) & (Numbers - 1)), $"seed {seed}, comparison {number}, x {a} y {b}");
            }
        }
    }

    [Fact]
    public void Sums_in_another_order_are_the_same()
    {
        sums.Add(y, x).ShouldBe(sums.Add(x, y));
        sums.Add(sums.Add(x, Number(3)), Number(4)).ShouldBe(sums.Add(Number(7), x));
        sums.Add(sums.Add(x, Number(3)), sums.Add(y, Number(5))).ShouldBe(sums.Add(y, x));
        sums.Subtract(sums.Add(x, Number(3)), sums.Add(x, Number(1))).ShouldBe(Number(2));
        sums.Subtract(sums.Add(x, Number(3)), Number(3)).ShouldBe(x);
    }

    [Fact]
    public void Neighbours_are_never_equal_and_words_as_far_from_others_are_equal_where_these_are()
    {
        sums.Equal(sums.Add(x, Number(3)), sums.Add(x, Number(2))).ShouldBe(Circuit.False);
        sums.Equal(x, sums.Add(x, Number(1))).ShouldBe(Circuit.False);
        sums.Equal(sums.Add(x, Number(3)), sums.Add(y, Number(3))).ShouldBe(sums.Equal(x, y));
        sums.Equal(Number(3), Number(3)).ShouldBe(Circuit.True);
        sums.Equal(Number(3), Number(4)).ShouldBe(Circuit.False);
    }

    private static int[] Number(int value) => [.. Enumerable.Range(0, Width).Select(place => value >> place & 1)];

    private int ValueOf(int[] word, int inputs) =>
        word.Select((bit, place) => Circuits.Value(circuit, bit, inputs) ? 1 << place : 0).Sum();
}
