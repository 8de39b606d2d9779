using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Tests.Terms;

/// <summary>Both sides of each identity, on edges and on words of all lengths.</summary>
public sealed class IdentitiesTests
{
    private const int Seed = 15;

    private static readonly ulong[] Edges = [0, 1, 2, 3, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 1UL << 32, 1UL << 63, ulong.MaxValue];

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void A_remainder_is_what_the_quotient_leaves(int width)
    {
        foreach (var (remainder, quotient) in ((Operator, Operator)[])
            [(Operator.RemainderUnsigned, Operator.DivideUnsigned), (Operator.RemainderSigned, Operator.DivideSigned)])
        {
            Same(width, (left, right) => Make.Binary(remainder, left, right), (left, right) => Identities.Remainder(quotient, left, right));
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Signed_quotients_and_remainders_are_those_of_magnitudes(int width)
    {
        Same(
            width,
            (left, right) => Make.Binary(Operator.DivideSigned, left, right),
            (left, right) => Identities.Signed(isQuotient: true, left, right));
        Same(
            width,
            (left, right) => Make.Binary(Operator.RemainderSigned, left, right),
            (left, right) => Identities.Signed(isQuotient: false, left, right));
    }

    [Fact]
    public void A_product_is_one_of_its_words() => Same(
        64,
        (left, right) => left * right,
        (left, right) => Identities.Product(
            (left.Bits(0, 32), left.Bits(32, 32)), (right.Bits(0, 32), right.Bits(32, 32)), (one, other) => one * other));

    private static void Same(int width, Func<Term, Term, Term> side, Func<Term, Term, Term> other)
    {
        var (left, right) = (Make.Variable("left", width), Make.Variable("right", width));
        var (expected, actual) = (side(left, right), other(left, right));
        ReferenceEquals(expected, actual).ShouldBeFalse();
        var random = new Random(Seed);
        ulong[] words = [.. Edges, .. Enumerable.Range(0, 40).Select(_ => (ulong)random.NextInt64() << random.Next(2) >> random.Next(64))];
        foreach (var one in words)
        {
            foreach (var two in words)
            {
                var values = Assignment.Zero with { Variable = variable => (ReferenceEquals(variable, left) ? one : two) & Mask(width) };
                values.Evaluate(actual).ShouldBe(values.Evaluate(expected), $"{one:x} and {two:x}, {width} bits, seed {Seed}");
            }
        }
    }

    private static ulong Mask(int width) => ulong.MaxValue >> (64 - width);
}
