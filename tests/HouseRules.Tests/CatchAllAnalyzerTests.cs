namespace RbpfSpec.HouseRules.Tests;

public sealed class CatchAllAnalyzerTests
{
    [Theory]
    [InlineData("_ => 1")]
    [InlineData("var _ => 1")]
    [InlineData("var other => 1")]
    [InlineData("{ } => 1")]
    [InlineData("not null => 1")]
    [InlineData("Coin => 1")]
    [InlineData("Coin.Tails or _ => 1")]
    public async Task An_arm_for_whatever_is_left_is_an_error(string arm) =>
        (await Snippet.Broken(Reader("Coin", "Coin.Heads => 0, " + arm))).ShouldBe([CatchAllAnalyzer.Id]);

    [Theory]
    [InlineData("Coin.Heads => 0, Coin.Tails => 1")]
    [InlineData("Coin.Heads => 0, Coin.Tails { Side: _ } => 1")]
    [InlineData("Coin.Heads => 0, _ when guard => 2, Coin.Tails => 1")]
    public async Task Arms_that_name_their_cases_are_fine(string arms) =>
        (await Snippet.Broken(Reader("Coin", arms))).ShouldBeEmpty();

    [Theory]
    [InlineData("null => 0, { } => 1", true)]
    [InlineData("null => 0, var found => 1", true)]
    [InlineData("null => 0, Coin.Heads => 1, { } => 2", false)]
    [InlineData("{ } => 1, null => 0", true)]
    public async Task A_switch_may_ask_whether_there_is_a_value(string arms, bool allowed) =>
        (await Snippet.Broken(Reader("Coin?", arms))).IsEmpty.ShouldBe(allowed);

    [Theory]
    [InlineData("byte", "0 => 1, _ => 2")]
    [InlineData("System.Exception", "System.ArgumentException => 1, _ => 2")]
    [InlineData("System.DayOfWeek", "System.DayOfWeek.Monday => 1, _ => 2")]
    [InlineData("System.Type", "{ IsAbstract: true } => 1, _ => 2")]
    public async Task Open_types_may_have_a_catch_all(string type, string arms) =>
        (await Snippet.Broken(Reader(type, arms))).ShouldBeEmpty();

    [Fact]
    public async Task A_single_arm_for_everything_is_an_error_too() =>
        (await Snippet.Broken(Reader("Coin", "_ => 1"))).ShouldBe([CatchAllAnalyzer.Id]);

    private static string Reader(string type, string arms) =>
        $$"""
        public abstract record Coin
        {
            private Coin() { }
            public sealed record Heads : Coin;
            public sealed record Tails(int Side) : Coin;
        }

        public static class Reader { public static int Read({{type}} coin, bool guard) => coin switch { {{arms}} }; }
        """;
}
