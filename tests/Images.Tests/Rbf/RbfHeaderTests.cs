namespace RbpfSpec.Images.Tests.Rbf;

public class RbfHeaderTests
{
    [Fact]
    public void The_magic_is_checked() =>
        Problem(new() { Magic = [0, 0, 0, 0] })
            .ShouldBe("byte 0: a container starts with the bytes 72 42 50 46 (rBPF)");

    [Fact]
    public void The_version_is_checked() =>
        Problem(new() { Version = 1 }).ShouldBe("byte 0x04: version 1; the only version is 0");

    [Fact]
    public void Compressed_text_is_refused() =>
        Problem(new() { Flags = 1 }).ShouldBe(
            "byte 0x08: the text is compressed, and compressed text is not executable by any machine; "
            + "generate the file without compression");

    [Fact]
    public void Unknown_flags_are_refused() =>
        Problem(new() { Flags = 0x8000_0000 })
            .ShouldBe("byte 0x08: flags 0x80000000; the only flag is 1, compressed text");

    [Fact]
    public void Lengths_are_multiples_of_eight()
    {
        Problem(new() { Data = new byte[7] })
            .ShouldBe("byte 0x0c: the data have 7 bytes; they are padded to a multiple of 8");
        Problem(new() { ReadOnlyData = new byte[17] })
            .ShouldBe("byte 0x10: the read-only data have 17 bytes; they are padded to a multiple of 8");
        Problem(new() { Text = new byte[4] })
            .ShouldBe("byte 0x14: the text has 4 bytes; slots have 8 each");
    }

    [Theory]
    [InlineData(120 + 8, 8, 0)]
    [InlineData(120 + 0xffff_ffb8UL, 0xffff_ffb8, 0)]
    [InlineData(120 + (0xffff_fffdUL * 6), 0, 0xffff_fffd)]
    public void Lengths_that_do_not_add_up_are_refused(ulong sum, uint textError, uint functionsError)
    {
        var container = RbfObject.Small() with { TextLengthError = textError, FunctionsError = functionsError };

        Problem(container).ShouldBe(
            $"header, data, read-only data, text and {2UL + functionsError} functions make {sum} bytes; "
                + "the file has 120");
    }

    [Fact]
    public void Lengths_whose_sum_wraps_at_32_bits_are_refused() =>
        Problem(RbfObject.Small() with { DataLengthError = 0xffff_fff0, ReadOnlyDataLengthError = 0x10 })
            .ShouldBe("header, data, read-only data, text and 2 functions make 4294967416 bytes; the file has 120");

    [Fact]
    public void Bytes_too_many_or_too_few_are_refused()
    {
        var small = RbfObject.Small().ToBytes();

        Reading.Problem([.. small, 0]).ShouldEndWith("make 120 bytes; the file has 121");
        Reading.Problem(small.AsSpan(0, 119)).ShouldEndWith("make 120 bytes; the file has 119");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(27)]
    public void A_file_that_ends_in_the_header_is_refused(int length) =>
        Reading.Problem(RbfObject.Small().ToBytes().AsSpan(0, length))
            .ShouldBe($"RBF header: the file ends after {length} bytes; the header has 28");

    // The problem without the prefix that all problems of headers have.
    private static string Problem(RbfObject container)
    {
        var problem = Reading.Problem(container.ToBytes(), new() { Format = ImageFormat.Rbf });
        problem.ShouldStartWith("RBF header");
        return problem["RBF header".Length..].TrimStart(',', ':', ' ');
    }
}
