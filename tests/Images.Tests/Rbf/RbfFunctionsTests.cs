namespace RbpfSpec.Images.Tests.Rbf;

public class RbfFunctionsTests
{
    [Fact]
    public void A_function_ends_where_the_next_starts()
    {
        var container = RbfObject.Small() with { Functions = [(7, 0, 48), (3, 0, 16), (0, 0, 16), (5, 0, 0)] };

        Reading.Image(container.ToBytes()).Functions
            .ShouldBe([new("n", 0, 2), new("run", 2, 4), new("hi", 2, 4), new("end", 6, 1)]);
    }

    [Theory]
    [InlineData(16, 0, 0, "the name at offset 16 is outside the 16 bytes that hold names (the read-only data)")]
    [InlineData(0, 1, 0, "flags 0x1; no flag of functions is known")]
    [InlineData(0, 0, 4, "byte 4 of the text, which has 56, does not start a slot")]
    [InlineData(0, 0, 56, "byte 56 of the text, which has 56, does not start a slot")]
    public void A_bad_entry_is_named(ushort name, ushort flags, ushort location, string problem) =>
        Reading.Problem((RbfObject.Small() with { Functions = [(3, 0, 0), (name, flags, location)] }).ToBytes())
            .ShouldBe("function 1: " + problem);

    [Fact]
    public void A_name_ends_within_the_read_only_data() =>
        Reading.Problem((RbfObject.Small() with { ReadOnlyData = "hi\0noend"u8.ToArray() }).ToBytes())
            .ShouldBe("function 0: the name at offset 3 does not end within the 8 bytes that hold names (the "
                + "read-only data)");

    [Fact]
    public void Functions_of_one_name_share_it()
    {
        RbfObject Of(int functions) => RbfObject.Small() with
        {
            ReadOnlyData = [.. Enumerable.Repeat((byte)'n', 15_000), .. new byte[8]],
            Functions = [.. Enumerable.Repeat(((ushort)0, (ushort)0, (ushort)0), functions)],
        };
        var file = Of(2000).ToBytes();
        Reading.Image(Of(1).ToBytes());

        var before = GC.GetAllocatedBytesForCurrentThread();
        Reading.Image(file).Functions.Count.ShouldBe(2000);

        // Two thousand copies of the name would take 60 million bytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(3_000_000);
    }

    [Fact]
    public void A_function_that_does_not_exist_is_told_with_few_of_those_that_do() =>
        Reading.Problem(
            (RbfObject.Small() with { Functions = [.. Enumerable.Repeat(((ushort)3, (ushort)0, (ushort)0), 300)] }).ToBytes(),
            new() { Function = "nope" })
            .ShouldBe($"there is no function 'nope'; there is {string.Join(", ", Enumerable.Repeat("run", 10))} and 290 more");
}
