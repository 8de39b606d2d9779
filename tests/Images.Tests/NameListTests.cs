namespace RbpfSpec.Images.Tests;

public class NameListTests
{
    [Theory]
    [InlineData(0, "none")]
    [InlineData(1, "n0")]
    [InlineData(10, "n0, n1, n2, n3, n4, n5, n6, n7, n8, n9")]
    [InlineData(11, "n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 1 more")]
    public void Ten_names_are_shown(int count, string expected) =>
        NameList.Of(Enumerable.Range(0, count).Select(index => $"n{index}")).ShouldBe(expected);

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void A_name_is_cut_behind_a_hundred_characters(int length, bool isCut) =>
        NameList.Short(new string('n', length)).ShouldBe(new string('n', 100) + (isCut ? "…" : ""));
}
