using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class QueryTests
{
    [Theory]
    [InlineData("divide divides divided dividing", "divid")]
    [InlineData("map maps mapped mapping", "map")]
    [InlineData("access accesses accessed", "access")]
    [InlineData("address addresses", "address")]
    [InlineData("byte bytes", "byte")]
    [InlineData("loop loops looping", "loop")]
    [InlineData("end ends", "end")]
    [InlineData("ldx st r10", "ldx st r10")]
    public void Endings_do_not_tell_words_apart(string words, string stems) =>
        words.Split(' ').Select(Query.Stem).Distinct().ShouldBe(stems.Split(' '));

    [Theory]
    [InlineData("r0 s>>= r1", "r0 s>>= r1")]
    [InlineData("if r1 s< 0 goto", "if r1 s< 0 goto")]
    [InlineData("lock *(u64*)", "lock u64")]
    [InlineData("JumpOutOfCode", "jump out of code")]
    [InlineData("alu/div32-x", "alu/div32-x")]
    [InlineData("is a < b?", "is a < b")]
    public void Words_are_operators_too(string text, string words) =>
        Query.Groups(text).Select(group => group.Word).ShouldBe(words.Split(' '));

    [Fact]
    public void What_is_joined_has_parts() => Query.Groups("little-endian").ShouldHaveSingleItem().Parts.ShouldBe(["little", "endian"]);
}
