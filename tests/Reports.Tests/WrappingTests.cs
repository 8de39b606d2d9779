namespace RbpfSpec.Reports.Tests;

public sealed class WrappingTests
{
    [Theory]
    [InlineData("one two three", 13, "one two three")]
    [InlineData("one two three", 12, "one two|  three")]
    [InlineData("one two three", 7, "one two|  three")]
    [InlineData("one two three", 6, "one|  two|  three")]
    [InlineData("  one two three", 9, "  one two|    three")]
    [InlineData("0123456789 abc", 6, "0123456789|  abc")]
    [InlineData("./rbpf run program.o --memory 00", 10, "./rbpf run program.o --memory 00")]
    [InlineData("", 10, "")]
    [InlineData("one two", 1, "one two")]
    [InlineData("a b ", 3, "a b")]
    public void A_line_is_broken_between_words(string text, int columns, string lines) =>
        string.Join('|', Wrapping.Lines(text, columns)).ShouldBe(lines);

    [Fact]
    public void No_word_is_lost_and_no_line_with_several_words_is_too_wide()
    {
        var random = new Random(11);
        for (var round = 0; round < 2_000; round++)
        {
            var words = Enumerable.Range(0, random.Next(1, 12)).Select(_ => new string('w', random.Next(1, 12))).ToList();
            var text = new string(' ', random.Next(5)) + string.Join(' ', words);
            var columns = random.Next(1, 40);

            var lines = Wrapping.Lines(text, columns).ToList();

            string.Join(' ', lines).Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
                words, Case.Sensitive, $"seed 11, round {round}");
            if (lines.Count > 1) lines.ShouldAllBe(line => line.Length <= columns || !line.Trim().Contains(' '), $"seed 11, round {round}");
        }
    }
}
