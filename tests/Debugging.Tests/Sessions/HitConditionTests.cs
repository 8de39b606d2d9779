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

    [Theory]
    [InlineData("0")]
    [InlineData("== 0")]
    [InlineData("<= 0")]
    [InlineData("< 1")]
    [InlineData("> 9223372036854775807")]
    public void What_stops_at_no_hit_says_so(string text)
    {
        HitCondition.Read(text)!.StopsAt(1).ShouldBeFalse();
        HitCondition.ProblemOf(text).ShouldBe(
            $"hitCondition '{text}' stops at no hit, as the first is 1; {HitCondition.Expected}");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("<= 1")]
    [InlineData("< 2")]
    [InlineData(">= 0")]
    [InlineData("% 1")]
    public void What_stops_at_the_first_hit_is_no_problem(string text)
    {
        HitCondition.Read(text)!.StopsAt(1).ShouldBeTrue();
        HitCondition.ProblemOf(text).ShouldBeNull();
    }
}
