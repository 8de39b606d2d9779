namespace RbpfSpec.Cli.Tests;

public sealed class SuggestionsTests
{
    private static readonly string[] Words = ["prove", "check", "run", "trace", "conformance", "--memory", "--memory-file"];

    [Theory]
    [InlineData("rnu", "run")]
    [InlineData("RUN", "run")]
    [InlineData("runn", "run")]
    [InlineData("prvoe", "prove")]
    [InlineData("proven", "prove")]
    [InlineData("comformence", "conformance")]
    [InlineData("conf", "conformance")]
    [InlineData("--mem", "--memory")]
    [InlineData("--memory-fiel", "--memory-file")]
    public void A_slip_or_a_beginning_is_met_with_the_word(string given, string word) => Suggestions.Nearest(given, Words).ShouldBe(word);

    [Theory]
    [InlineData("walk")]
    [InlineData("r")]
    [InlineData("co")]
    [InlineData("prefect")]
    [InlineData("--budget")]
    [InlineData("")]
    public void Another_word_is_met_with_none(string given) => Suggestions.Nearest(given, Words).ShouldBeNull();

    [Fact]
    public void Of_no_words_there_is_none() => Suggestions.Nearest("run", []).ShouldBeNull();
}
