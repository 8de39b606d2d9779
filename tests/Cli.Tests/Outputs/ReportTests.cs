using RbpfSpec.Cli.Outputs;

namespace RbpfSpec.Cli.Tests.Outputs;

public class ReportTests
{
    [Theory]
    [InlineData("", 10, "")]
    [InlineData("short", 10, "short")]
    [InlineData("exactly 10", 10, "exactly 10")]
    [InlineData("one two three four", 9, "one two|  three|  four")]
    [InlineData("  one two three", 9, "  one two|    three")]
    [InlineData("0123456789abc d", 9, "0123456789abc|  d")]
    [InlineData("a 0123456789abc d", 9, "a|  0123456789abc|  d")]
    [InlineData("ends with space   ", 9, "ends with|  space  ")]
    public void A_line_is_broken_between_words(string text, int width, string lines) =>
        string.Join('|', Report.Wrapped(text, width)).TrimEnd().ShouldBe(lines.TrimEnd());

    [Fact]
    public void Every_word_of_a_line_is_kept_whole_and_in_order()
    {
        const int seed = 3;
        var random = new Random(seed);
        for (var attempt = 0; attempt < 2_000; attempt++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(120)).Select(_ => random.Next(4) == 0 ? ' ' : 'x')]);
            var width = random.Next(1, 40);
            var lines = Report.Wrapped(text, width).ToList();

            lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), $"seed {seed}, attempt {attempt}");
            lines.Where(line => line.Length > width).ShouldAllBe(line => !line.Trim().Contains(' ') || lines.Count == 1);
        }
    }
}
