namespace RbpfSpec.Reports.Tests;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 programs")]
    [InlineData(1, "1 program")]
    [InlineData(2, "2 programs")]
    [InlineData(1_000_000, "1000000 programs")]
    public void One_is_one_and_any_other_number_is_many(long count, string text) => Counted.Of(count, "program").ShouldBe(text);

    [Fact]
    public void A_word_has_the_form_that_is_given_for_many()
    {
        Counted.Of(2, "branch", "branches").ShouldBe("2 branches");
        Counted.Form(1, "is", "are").ShouldBe("is");
        Counted.Form(0, "is", "are").ShouldBe("are");
    }
}
