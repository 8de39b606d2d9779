namespace RbpfSpec.Images.Tests;

public class NameTableTests
{
    [Theory]
    [InlineData(0, "one")]
    [InlineData(1, "ne")]
    [InlineData(3, "")]
    [InlineData(4, "grün")]
    [InlineData(10, "a\ufffdb")]
    public void A_name_ends_at_its_terminator(uint offset, string expected)
    {
        Table("one\0grün\0a\u001bb\0rest").TryRead(offset, out var name, out _).ShouldBeTrue();

        name.ShouldBe(expected);
    }

    [Theory]
    [InlineData(14, "at offset 14 does not end within the 18 bytes that hold names")]
    [InlineData(18, "at offset 18 is outside the 18 bytes that hold names")]
    [InlineData(uint.MaxValue, "at offset 4294967295 is outside the 18 bytes that hold names")]
    public void A_name_stays_in_its_table(uint offset, string expected)
    {
        Table("one\0grün\0a\u001bb\0rest").TryRead(offset, out _, out var problem).ShouldBeFalse();

        problem.ShouldBe(expected);
    }

    [Fact]
    public void A_name_that_many_refer_to_is_read_once()
    {
        var table = Table(new string('a', 10_000) + "\0");
        table.TryRead(0, out var first, out _).ShouldBeTrue();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            table.TryRead(0, out var again, out _).ShouldBeTrue();
            ReferenceEquals(again, first).ShouldBeTrue();
        }

        // A thousand copies would take twenty million bytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
    }

    [Theory]
    [InlineData(NameTable.LongestName, true)]
    [InlineData(NameTable.LongestName + 1, false)]
    public void A_name_has_a_greatest_length(int length, bool isRead)
    {
        Table(new string('n', length) + "\0" + new string('x', 20)).TryRead(0, out var name, out var problem).ShouldBe(isRead);

        name.Length.ShouldBe(isRead ? length : 0);
        problem.ShouldBe(isRead ? null : "at offset 0 has more than 16384 bytes, which is the most a name may have");
    }

    [Fact]
    public void A_table_that_ends_before_a_name_does_is_told_of()
    {
        Table(new string('n', NameTable.LongestName)).TryRead(0, out _, out var problem).ShouldBeFalse();

        problem.ShouldBe("at offset 0 does not end within the 16384 bytes that hold names");
    }

    // Each place of a long name starts a name of its own: all of them together are quadratic in the table.
    [Fact]
    public void Names_that_share_their_bytes_are_bounded_together()
    {
        var table = Table(new string('n', 10_000) + "\0");
        var read = 0L;
        var problem = "";
        for (uint offset = 0; problem is null or "" && offset < 10_000; offset++)
        {
            if (table.TryRead(offset, out var name, out problem)) read += name.Length;
        }

        problem.ShouldNotBeNull().ShouldEndWith("together they have more than 16 times the 10001 bytes that hold names");
        read.ShouldBeInRange(16 * 9_000, (16 * 10_001) + NameTable.LongestName);
    }

    [Fact]
    public void Names_may_have_as_many_bytes_together_as_is_said()
    {
        // 10000, 9999, ... 9984 and 6536 bytes: 16 times those of the table and the longest name.
        var table = Table(new string('n', 10_000) + "\0");
        for (uint offset = 0; offset < 17; offset++) table.TryRead(offset, out _, out _).ShouldBeTrue();
        table.TryRead(10_000 - 6_536, out _, out _).ShouldBeTrue();

        table.TryRead(9_999, out _, out _).ShouldBeFalse();
    }

    private static NameTable Table(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
