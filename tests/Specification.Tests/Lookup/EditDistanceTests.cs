using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class EditDistanceTests
{
    [Theory]
    [InlineData("stack", "stack", 0)]
    [InlineData("stack", "stak", 1)]
    [InlineData("stack", "satck", 1)]
    [InlineData("stack", "stuck", 1)]
    [InlineData("stack", "stackss", 2)]
    [InlineData("", "abc", 3)]
    public void Letters_put_in_left_out_replaced_and_exchanged_count_one(string left, string right, int distance)
    {
        EditDistance.Between(left, right).ShouldBe(distance);
        EditDistance.Between(right, left).ShouldBe(distance);
    }

    [Fact]
    public void The_nearest_are_those_at_the_least_distance()
    {
        EditDistance.Nearest("overflw", ["overflow", "underflow", "overflows"]).ShouldBe(["overflow"]);
        EditDistance.Nearest("word", ["words", "ward", "wyrd", "wards"]).ShouldBe(["words", "ward", "wyrd"]);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0x123")]
    [InlineData("stack")]
    public void Short_words_and_numbers_are_no_slips_and_far_words_are_not_near(string word) =>
        EditDistance.Nearest(word, ["abd", "0x124", "trick"]).ShouldBeEmpty();
}
