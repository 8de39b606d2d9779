using RbpfSpec.Specification.Device;

namespace RbpfSpec.Specification.Tests.Device;

public sealed class CWordTests
{
    private static CWord Named => CWord.Named("a", Width.Bits32);

    [Fact]
    public void What_is_known_is_computed() =>
        Text(CWord.ShiftRightArithmetic(CWord.Constant(0x8000_0000, Width.Bits32), CWord.Constant(4, Width.Bits32)))
            .ShouldBe("0xf8000000u");

    [Fact]
    public void A_shift_has_an_amount_below_the_width()
    {
        Text(CWord.ShiftLeft(Named, Named & CWord.Constant(31, Width.Bits32))).ShouldBe("a << (a & 31)");
        Should.Throw<InvalidOperationException>(() => CWord.ShiftLeft(Named, Named & CWord.Constant(63, Width.Bits32)));
    }

    [Fact]
    public void A_division_stands_where_its_divisor_is_not_zero()
    {
        var divisor = CWord.Named("b", Width.Bits32);
        var quotient = CWord.DivideUnsigned(Named, divisor);
        var isZero = CWord.Same(divisor, CWord.Constant(0, Width.Bits32));

        Text(CWord.Choose(isZero, divisor, quotient)).ShouldBe("(b == 0) ? b : rbpf_divide32(a, b)");
        CText.Of(quotient.Term, [isZero.Term]).ShouldBe("rbpf_divide32(a, b)");
        Should.Throw<InvalidOperationException>(() => Text(quotient));
        Should.Throw<InvalidOperationException>(() => Text(CWord.Choose(isZero, quotient, divisor)));
    }

    [Fact]
    public void Words_that_C_would_promote_are_not_computed_with() =>
        Should.Throw<InvalidOperationException>(() => CWord.Named("c", Width.Bits16) + CWord.Named("d", Width.Bits16));

    [Fact]
    public void An_extension_is_taken_back() =>
        Text(Named.SignExtend(Width.Bits64).Low(Width.Bits32)).ShouldBe("a");

    [Fact]
    public void An_immediate_is_known_by_its_extension() =>
        Text(CWord.LowOf(CWord.Named("src", Width.Bits64), Width.Bits32).SignExtend(Width.Bits64)).ShouldBe("src");

    private static string Text(CWord word) => CText.Of(word.Term, []);
}
