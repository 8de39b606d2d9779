using System.Numerics;

namespace RbpfSpec.Certifying.Tests;

/// <summary>Quotients and remainders of numbers of 64 and 128 bits are those of the runtime.</summary>
public sealed class DivisionTests
{
    private readonly Division division;

    public DivisionTests()
    {
        var circuit = new Circuit();
        division = new(circuit, new(circuit));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void Of_constants_they_are_constants(int width)
    {
        const ulong seed = 5;
        var dice = new Dice(seed);
        var modulus = BigInteger.One << width;
        for (var number = 0; number < 30; number++)
        {
            var (dividend, divisor) = (Drawn(dice, width), Drawn(dice, width));
            var (signed, signedDivisor) = (Signed(dividend, width), Signed(divisor, width));
            var message = $"seed {seed}: {dividend:x} by {divisor:x}";
            if (divisor.IsZero) continue;

            Values(division.Unsigned(Word(dividend, width), Word(divisor, width)))
                .ShouldBe((dividend / divisor, dividend % divisor), message);
            Values(division.Signed(Word(dividend, width), Word(divisor, width))).ShouldBe(
                (((signed / signedDivisor % modulus) + modulus) % modulus, ((signed % signedDivisor) + modulus) % modulus), message);
        }
    }

    [Theory]
    [InlineData(0, 0xff, 0)]
    [InlineData(5, 0xff, 5)]
    [InlineData(0x85, 0x01, 0x85)]
    public void By_zero_they_are_what_SMT_LIB_says(int dividend, int signedQuotient, int remainder)
    {
        Values(division.Unsigned(Word(dividend, 8), Word(0, 8))).ShouldBe((0xff, remainder));
        Values(division.Signed(Word(dividend, 8), Word(0, 8))).ShouldBe((signedQuotient, remainder));
    }

    private static BigInteger Drawn(Dice dice, int width)
    {
        var bits = (new BigInteger(dice.Next()) << 64) | dice.Next();
        return bits >> (128 - dice.Between(1, width));
    }

    private static BigInteger Signed(BigInteger value, int width) => value >> (width - 1) == 1 ? value - (BigInteger.One << width) : value;

    private static int[] Word(BigInteger value, int width) =>
        [.. Enumerable.Range(0, width).Select(place => (int)((value >> place) & 1))];

    private static (BigInteger Quotient, BigInteger Remainder) Values((int[] Quotient, int[] Remainder) words) =>
        (Value(words.Quotient), Value(words.Remainder));

    private static BigInteger Value(int[] word) =>
        word.Select((bit, place) => bit <= Circuit.True ? new BigInteger(bit) << place : throw new InvalidOperationException("no number"))
            .Aggregate((sum, bit) => sum | bit);
}
