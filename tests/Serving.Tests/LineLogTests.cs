namespace RbpfSpec.Serving.Tests;

public sealed class LineLogTests
{
    [Fact]
    public void All_lines_are_told_in_order_before_it_ends()
    {
        List<string> told = [];
        var expected = Enumerable.Range(0, LineLog.Most).Select(number => $"line {number}").ToArray();
        using (LineLog log = new(lines => told.AddRange(lines)))
        {
            foreach (var line in expected) log.Add(line);
        }

        told.ShouldBe(expected);
    }

    [Fact]
    public void Nobody_waits_for_a_reader_and_what_is_lost_is_counted()
    {
        const int TooMany = 100;
        List<string> told = [];
        using ManualResetEventSlim began = new(), read = new();
        using (LineLog log = new(lines =>
        {
            began.Set();
            read.Wait();
            told.AddRange(lines);
        }))
        {
            log.Add("first");
            began.Wait();
            for (var number = 0; number < LineLog.Most + TooMany; number++) log.Add($"line {number}");
            read.Set();
        }

        var expected = Enumerable.Range(0, LineLog.Most).Select(number => $"line {number}");
        told.ShouldBe(["first", .. expected, $"lines lost after these: {TooMany}"]);
    }
}
