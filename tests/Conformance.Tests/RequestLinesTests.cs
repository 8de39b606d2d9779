namespace RbpfSpec.Conformance.Tests;

public class RequestLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb", "a|b")]
    [InlineData("\n\na\n", "||a")]
    public void Lines_are_read_in_order_without_their_ends(string text, string lines)
    {
        var requests = new RequestLines(new StringReader(text));
        List<string> read = [];
        while (requests.Next() is { IsTooLong: false } line) read.Add(line.Text);

        string.Join('|', read).ShouldBe(lines);
    }

    [Fact]
    public void A_line_is_there_as_soon_as_it_has_ended_though_the_sender_waits_for_its_answer()
    {
        using var sender = new Waiting($"{new string('x', 100_000)}\n");

        new RequestLines(sender).Next().ShouldNotBeNull().Text.Length.ShouldBe(100_000);
    }

    // Whoever asks it for more than has been sent would wait for ever.
    private sealed class Waiting(string sent) : TextReader
    {
        private int at;

        public override int Read() => at < sent.Length ? sent[at++] : throw new InvalidOperationException("it waits for ever");

        public override int Read(char[] buffer, int index, int count)
        {
            for (var i = 0; i < count; i++) buffer[index + i] = (char)Read();
            return count;
        }
    }
}
