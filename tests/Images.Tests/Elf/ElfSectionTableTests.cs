namespace RbpfSpec.Images.Tests.Elf;

public class ElfSectionTableTests
{
    private static readonly ImageOptions Elf = new() { Format = ImageFormat.Elf };

    [Theory]
    [InlineData(0x00, 0, "ELF header, byte 0: an ELF file starts with the bytes 7f 45 4c 46")]
    [InlineData(0x04, 1, "ELF header, byte 4: class 1; a BPF object is 64-bit, class 2")]
    [InlineData(0x05, 3, "ELF header, byte 5: byte order 3; it is 1, little-endian, or 2, big-endian")]
    [InlineData(0x06, 9, "ELF header, byte 6: version 9; the only version is 1")]
    [InlineData(0x10, 2, "ELF header, byte 0x10: type 2; a relocatable object, as clang -c writes, has type 1")]
    [InlineData(0x12, 62, "ELF header, byte 0x12: machine 62; a BPF object has machine 247 (clang -target bpf)")]
    [InlineData(0x3a, 40, "ELF header, byte 0x3a: section headers of 40 bytes; they have 64")]
    [InlineData(0x3c, 0, "ELF header, byte 0x3c: there are no section headers")]
    [InlineData(0x3c, 200, "ELF header, byte 0x28: 200 section headers at offset 1528 do not lie within the file of "
        + "2488 bytes")]
    [InlineData(0x3e, 2, "ELF header, byte 0x3e: section 2 should hold the names of sections, "
        + "but is no string table within the file")]
    [InlineData(0x3e, 15, "ELF header, byte 0x3e: section 15 should hold the names of sections, "
        + "but is no string table within the file")]
    [InlineData(0x3e, 99, "ELF header, byte 0x3e: section 99 should hold the names of sections, "
        + "but is no string table within the file")]
    public void A_bad_field_of_the_header_is_named(int offset, byte value, string problem) =>
        Reading.Problem(ElfObject.Linking().Put(offset, value).Bytes, Elf).ShouldBe(problem);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(63)]
    public void A_file_that_ends_in_the_header_is_a_problem(int length) =>
        Reading.Problem(Repository.Linking().AsSpan(0, length))
            .ShouldBe($"ELF header: the file ends after {length} bytes; the header has 64");

    [Fact]
    public void A_file_that_ends_behind_the_header_has_one() =>
        Reading.Problem(Repository.Linking().AsSpan(0, 64))
            .ShouldBe("ELF header, byte 0x28: 15 section headers at offset 1528 do not lie within the file of 64 bytes");

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 63)]
    [InlineData(1UL << 32)]
    public void A_table_far_outside_the_file_is_a_problem(ulong offset) =>
        Reading.Problem(ElfObject.Linking().Put64(0x28, offset).Bytes)
            .ShouldContain($"15 section headers at offset {offset} do not lie within the file");

    [Theory]
    [InlineData(0x18, ulong.MaxValue)]
    [InlineData(0x20, ulong.MaxValue)]
    [InlineData(0x20, 4000UL)]
    public void Contents_outside_the_file_are_a_problem(int field, ulong value)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".rodata") + field, value).Bytes)
            .ShouldMatch(@"^section 8 \(\.rodata\): \d+ bytes at offset \d+ do not lie within the file of 2488 bytes$");
    }

    [Theory]
    [InlineData(2488 - 32, true)]
    [InlineData(2488 - 31, false)]
    public void Contents_may_end_where_the_file_does(ulong offset, bool isRead)
    {
        var elf = ElfObject.Linking();

        (ImageFile.Read(elf.Put64(elf.Header(".rodata") + 0x18, offset).Bytes, new() { Function = "alone" }) is ImageResult.Loaded)
            .ShouldBe(isRead);
    }

    [Fact]
    public void A_name_outside_the_string_table_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Header(".rodata"), 5000).Bytes)
            .ShouldBe("section 8: the name at offset 5000 is outside the 204 bytes that hold names");
    }
}
