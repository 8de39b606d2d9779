using System.Numerics;

namespace RbpfSpec.Words.Tests;

/// <summary>Concrete words against SMT-LIB's definitions (theory FixedSizeBitVectors, logic QF_BV) over unbounded integers.</summary>
public sealed class WordTests
{
    private static readonly IReadOnlyDictionary<
        string,
        (Func<Word, Word, Word> Tested, Func<int, BigInteger, BigInteger, BigInteger> Defined)> Binary =
        new Dictionary<string, (Func<Word, Word, Word>, Func<int, BigInteger, BigInteger, BigInteger>)>(StringComparer.Ordinal)
        {
            ["bvadd"] = ((left, right) => left + right, (_, s, t) => s + t),
            ["bvsub"] = ((left, right) => left - right, (_, s, t) => s - t),
            ["bvmul"] = ((left, right) => left * right, (_, s, t) => s * t),
            ["bvand"] = ((left, right) => left & right, (_, s, t) => s & t),
            ["bvor"] = ((left, right) => left | right, (_, s, t) => s | t),
            ["bvxor"] = ((left, right) => left ^ right, (_, s, t) => s ^ t),
            ["bvshl"] = (Word.ShiftLeft, (m, s, t) => t >= m ? 0 : s * BigInteger.Pow(2, (int)t)),
            ["bvlshr"] = (Word.ShiftRightLogical, (m, s, t) => t >= m ? 0 : s / BigInteger.Pow(2, (int)t)),
            ["bvashr"] = (
                Word.ShiftRightArithmetic,
                (m, s, t) => FloorDivide(Signed(m, s), BigInteger.Pow(2, (int)BigInteger.Min(t, m)))),
            ["bvudiv"] = (Word.DivideUnsigned, (m, s, t) => t.IsZero ? BigInteger.Pow(2, m) - 1 : s / t),
            ["bvurem"] = (Word.RemainderUnsigned, (_, s, t) => t.IsZero ? s : s % t),
            ["bvsdiv"] = (Word.DivideSigned, DefinedSignedQuotient),
            ["bvsrem"] = (Word.RemainderSigned, DefinedSignedRemainder),
        };

    private static readonly IReadOnlyDictionary<
        string,
        (Func<Word, Word, Truth<Word>> Tested, Func<int, BigInteger, BigInteger, bool> Defined)> Relations =
        new Dictionary<string, (Func<Word, Word, Truth<Word>>, Func<int, BigInteger, BigInteger, bool>)>(StringComparer.Ordinal)
        {
            ["="] = (Word.Same, (_, s, t) => s == t),
            ["bvult"] = (Word.LessUnsigned, (_, s, t) => s < t),
            ["bvslt"] = (Word.LessSigned, (m, s, t) => Signed(m, s) < Signed(m, t)),
        };

    public static TheoryData<string> BinaryNames => [.. Binary.Keys];

    public static TheoryData<string> RelationNames => [.. Relations.Keys];

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void An_operation_has_the_value_that_SMT_LIB_defines(string name) =>
        Law.Holds(seed: 10, 3000, dice => dice.WordPair(), pair => CheckBinary(name, pair.Left, pair.Right));

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(BinaryNames))]
    public void An_operation_on_8_bits_has_it_for_all_operands(string name)
    {
        foreach (var (left, right) in AllPairs(Width.Bits8)) CheckBinary(name, left, right);
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void An_operation_on_4_bits_has_it_for_all_operands(string name)
    {
        foreach (var (left, right) in AllPairs(Width.Bits4)) CheckBinary(name, left, right);
    }

    [Theory]
    [MemberData(nameof(RelationNames))]
    public void A_comparison_holds_as_SMT_LIB_defines(string name)
    {
        Law.Holds(seed: 11, 5000, dice => dice.WordPair(), pair => CheckRelation(name, pair.Left, pair.Right));
        foreach (var (left, right) in AllPairs(Width.Bits8)) CheckRelation(name, left, right);
    }

    [Theory]
    [InlineData(8, 0x80, 0xff, 0x80, 0x00)]
    [InlineData(16, 0x8000, 0xffff, 0x8000, 0x0000)]
    [InlineData(32, 0x8000_0000, 0xffff_ffff, 0x8000_0000, 0)]
    [InlineData(64, 0x8000_0000_0000_0000, ulong.MaxValue, 0x8000_0000_0000_0000, 0)]
    [InlineData(64, 0x8000_0000_0000_0000, 0, 1, 0x8000_0000_0000_0000)]
    [InlineData(64, 5, 0, ulong.MaxValue, 5)]
    [InlineData(64, unchecked((ulong)-13), 3, unchecked((ulong)-4), unchecked((ulong)-1))]
    [InlineData(64, 13, unchecked((ulong)-3), unchecked((ulong)-4), 1)]
    public void Signed_division_truncates_and_never_throws(
        int bits, ulong dividend, ulong divisor, ulong quotient, ulong remainder)
    {
        var (left, right) = (Word.Wrap(dividend, Width.Of(bits)), Word.Wrap(divisor, Width.Of(bits)));

        Word.DivideSigned(left, right).Value.ShouldBe(quotient);
        Word.RemainderSigned(left, right).Value.ShouldBe(remainder);
    }

    [Fact]
    public void A_slice_is_the_value_divided_by_a_power_of_two() =>
        Law.Holds(seed: 12, 5000, dice =>
        {
            var word = dice.WordOf(dice.AnyWidth());
            var width = dice.Pick([.. WordGenerators.Widths.Where(candidate => candidate <= word.Width)]);
            return (Word: word, Width: width, Lowest: dice.Between(0, word.Width.Bits - width.Bits));
        },
        drawn =>
        {
            var slice = drawn.Word.Slice(drawn.Lowest, drawn.Width);

            slice.Width.ShouldBe(drawn.Width);
            ((BigInteger)slice.Value).ShouldBe(
                Modulo(drawn.Width.Bits, FloorDivide(drawn.Word.Value, BigInteger.Pow(2, drawn.Lowest))));
        });

    [Fact]
    public void Extension_keeps_the_value_as_unsigned_or_as_signed() =>
        Law.Holds(seed: 13, 5000, dice =>
        {
            var word = dice.WordOf(dice.AnyWidth());
            return (Word: word, Width: dice.Pick([.. WordGenerators.Widths.Where(candidate => candidate >= word.Width)]));
        },
        drawn =>
        {
            var (from, to) = (drawn.Word.Width.Bits, drawn.Width.Bits);

            drawn.Word.ZeroExtend(drawn.Width).ShouldBe(Word.Wrap(drawn.Word.Value, drawn.Width));
            var signed = drawn.Word.SignExtend(drawn.Width);
            signed.Width.ShouldBe(drawn.Width);
            Signed(to, signed.Value).ShouldBe(Signed(from, drawn.Word.Value));
        });

    [Fact]
    public void Reversed_bytes_read_from_the_other_end() =>
        Law.Holds(seed: 14, 3000, dice => dice.WordOf(Width.Of(8 * dice.Between(1, 8))), word =>
        {
            var count = word.Width.Bytes;
            var bytes = BitConverter.GetBytes(word.Value)[..count];

            var reversed = word.ReverseBytes();

            reversed.Width.ShouldBe(word.Width);
            BitConverter.GetBytes(reversed.Value)[..count].ShouldBe(bytes.Reverse());
        });

    [Fact]
    public void A_word_holds_no_bits_above_its_width() =>
        Law.Holds(seed: 15, 3000, dice => (dice.AnyWidth(), dice.Next()), drawn =>
        {
            var (width, value) = drawn;

            var word = Word.Constant(value, width);

            ((BigInteger)word.Value).ShouldBe(Modulo(width.Bits, value));
            word.Width.ShouldBe(width);
            ((BigInteger)word.Signed).ShouldBe(Signed(width.Bits, word.Value));
            word.IsKnown(out var known).ShouldBeTrue();
            known.ShouldBe(word.Value);
        });

    [Fact]
    public void A_choice_takes_the_first_word_where_its_condition_holds()
    {
        var (one, two) = (Word.Of(1), Word.Of(2));

        Word.Choose(Truth<Word>.Of(true), one, two).ShouldBe(one);
        Word.Choose(Truth<Word>.Of(false), one, two).ShouldBe(two);
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void Words_of_different_widths_do_not_mix(string name)
    {
        var (narrow, wide) = (Word.Wrap(1, Width.Bits32), Word.Of(1));

        Should.Throw<ArgumentException>(() => Binary[name].Tested(narrow, wide));
        Should.Throw<ArgumentException>(() => Binary[name].Tested(wide, narrow));
    }

    [Fact]
    public void Comparing_and_choosing_words_of_different_widths_is_refused()
    {
        var (narrow, wide) = (Word.Wrap(1, Width.Bits32), Word.Of(1));

        Should.Throw<ArgumentException>(() => Word.Same(narrow, wide));
        Should.Throw<ArgumentException>(() => Word.LessUnsigned(narrow, wide));
        Should.Throw<ArgumentException>(() => Word.LessSigned(narrow, wide));
        Should.Throw<ArgumentException>(() => Word.Choose(Truth<Word>.Of(true), narrow, wide));
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(33, 32)]
    [InlineData(61, 4)]
    [InlineData(-1, 8)]
    public void A_slice_beyond_the_word_is_refused(int lowest, int bits) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Word.Of(ulong.MaxValue).Slice(lowest, Width.Of(bits)));

    [Fact]
    public void Bytes_are_reversed_of_whole_bytes_only() =>
        Should.Throw<InvalidOperationException>(() => Word.Wrap(1, Width.Of(12)).ReverseBytes()).Message.ShouldContain("12 bits");

    [Fact]
    public void A_word_does_not_extend_to_fewer_bits()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Word.Of(1).ZeroExtend(Width.Bits32));
        Should.Throw<ArgumentOutOfRangeException>(() => Word.Of(1).SignExtend(Width.Bits32));
    }

    [Fact]
    public void Equal_values_of_different_widths_are_different_words() =>
        Word.Wrap(1, Width.Bits32).ShouldNotBe(Word.Wrap(1, Width.Bits64));

    private static void CheckBinary(string name, Word left, Word right)
    {
        var (tested, defined) = Binary[name];
        var bits = left.Width.Bits;

        var result = tested(left, right);

        if (result.Width != left.Width || result.Value != Modulo(bits, defined(bits, left.Value, right.Value)))
            Assert.Fail($"{name} of {left} and {right} in {bits} bits is {result}");
    }

    private static void CheckRelation(string name, Word left, Word right)
    {
        var (tested, defined) = Relations[name];

        if (tested(left, right).Value != defined(left.Width.Bits, left.Value, right.Value))
            Assert.Fail($"{name} of {left} and {right} in {left.Width}");
    }

    private static IEnumerable<(Word Left, Word Right)> AllPairs(Width width) =>
        from left in Enumerable.Range(0, 1 << width.Bits)
        from right in Enumerable.Range(0, 1 << width.Bits)
        select (Word.Wrap((ulong)left, width), Word.Wrap((ulong)right, width));

    // SMT-LIB defines both by the unsigned operations on absolute values; a zero divisor takes bvudiv's and bvurem's value.
    private static BigInteger DefinedSignedQuotient(int m, BigInteger s, BigInteger t)
    {
        var (dividend, divisor) = (Signed(m, s), Signed(m, t));
        if (divisor.IsZero) return dividend.Sign < 0 ? 1 : -1;
        var quotient = BigInteger.Abs(dividend) / BigInteger.Abs(divisor);
        return dividend.Sign * divisor.Sign < 0 ? -quotient : quotient;
    }

    private static BigInteger DefinedSignedRemainder(int m, BigInteger s, BigInteger t)
    {
        var (dividend, divisor) = (Signed(m, s), Signed(m, t));
        if (divisor.IsZero) return s;
        var remainder = BigInteger.Abs(dividend) % BigInteger.Abs(divisor);
        return dividend.Sign < 0 ? -remainder : remainder;
    }

    private static BigInteger Signed(int bits, BigInteger value) =>
        value >= BigInteger.Pow(2, bits - 1) ? value - BigInteger.Pow(2, bits) : value;

    private static BigInteger Modulo(int bits, BigInteger value) =>
        value - (FloorDivide(value, BigInteger.Pow(2, bits)) * BigInteger.Pow(2, bits));

    private static BigInteger FloorDivide(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
