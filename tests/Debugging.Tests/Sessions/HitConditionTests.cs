using RbpfSpec.Debugging.Sessions;

namespace RbpfSpec.Debugging.Tests.Sessions;

public class HitConditionTests
{
    [Theory]
    [InlineData("3", "3")]
    [InlineData("== 3", "3")]
    [InlineData(">=3", "3 4 5 6")]
    [InlineData(" > 3 ", "4 5 6")]
    [InlineData("<3", "1 2")]
    [InlineData("<= 3", "1 2 3")]
    [InlineData("%3", "3 6")]
    public void The_hits_that_are_asked_for_stop(string text, string expected) =>
        string.Join(' ', Enumerable.Range(1, 6).Where(hit => HitCondition.Read(text)!.StopsAt(hit))).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("% 0")]
    [InlineData("three")]
    [InlineData("=3")]
    [InlineData("3 times")]
    [InlineData("-1")]
    public void What_makes_no_sense_is_none(string text) => HitCondition.Read(text).ShouldBeNull();
}
