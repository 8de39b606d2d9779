using RbpfSpec.Ranges.Relations;

namespace RbpfSpec.Ranges.Tests.Relations;

/// <summary>Sums of multiples of values: what is too large for them is left out, never computed wrongly.</summary>
public sealed class LinearFormTests
{
    private const long Most = 1L << 40;

    [Fact]
    public void A_factor_that_has_no_room_stays_too_large()
    {
        var form = LinearForm.Of(3, Int128.One << 70, 1);

        form.IsWithin.ShouldBeFalse();
        form.Negated().IsWithin.ShouldBeFalse();
        LinearForm.Combine(form, 1, form, -1).ShouldBeNull();
        RelationSet.Empty.Holds(form).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Most, Most, null)]
    [InlineData(Most, 1, Most)]
    [InlineData(1L << 20, 1L << 20, Most)]
    [InlineData((1L << 20) + 1, 1L << 20, null)]
    [InlineData(-Most, 2, null)]
    public void A_multiple_has_the_product_or_is_none(long factor, long times, long? product)
    {
        var found = LinearForm.Combine(LinearForm.Of(7, factor, 0), times, LinearForm.Of(0), 1);

        (found?.FactorOf(7)).ShouldBe(product);
    }

    [Fact]
    public void Large_factors_that_cancel_out_leave_the_rest()
    {
        var one = LinearForm.Of([new(9, Most), new(2, 5)], 3);
        var other = LinearForm.Of([new(9, 1L << 30)], 1);

        LinearForm.Combine(one, 1, other, -(1L << 10)).ShouldBe(LinearForm.Of(2, 5, 3 - (1 << 10)));
    }

    [Fact]
    public void A_form_is_the_negation_of_one_only_of_which_every_term_and_the_constant_are()
    {
        var form = LinearForm.Of([new(4, 2), new(1, -3)], 6);

        form.IsNegationOf(form.Negated()).ShouldBeTrue();
        form.IsNegationOf(form).ShouldBeFalse();
        form.IsNegationOf(form.Negated().Plus(1)).ShouldBeFalse();
        form.IsNegationOf(LinearForm.Of([new(4, -2), new(1, 4)], -6)).ShouldBeFalse();
        form.IsNegationOf(LinearForm.Of([new(4, -2), new(0, 3)], -6)).ShouldBeFalse();
    }
}
