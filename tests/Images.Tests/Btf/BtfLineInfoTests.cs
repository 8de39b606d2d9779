using RbpfSpec.Images.Btf;

using static RbpfSpec.Images.Tests.Btf.BtfObject;

namespace RbpfSpec.Images.Tests.Btf;

public sealed class BtfLineInfoTests
{
    // Offsets: 1 .text, 7 prog, 12 a.c, 16 return 1;
    private const string Names = "\0.text\0prog\0a.c\0return 1;\0";

    [Fact]
    public void Lines_are_read_by_section_in_the_order_of_their_offsets()
    {
        var sections =
            Read(Types(Names), Lines(16, Section(1, [16, 12, 16, 3 << 10 | 5], [0, 12, 16, 2 << 10]), Section(7, [8, 12, 0, 0])));

        sections[".text"].ShouldBe([new(0, new("a.c", 2, 0, "return 1;")), new(16, new("a.c", 3, 5, "return 1;"))]);
        sections["prog"].ShouldBe([new(8, null)]);
        sections.Count.ShouldBe(2);
    }

    [Fact]
    public void Longer_records_than_are_known_are_read_as_far_as_they_are_known() =>
        Read(Types(Names), Lines(20, Section(7, [0, 12, 16, 1 << 10, 0xffff_ffff], [8, 12, 16, 2 << 10, 7])))["prog"]
            .Select(line => line.Source!.Line).ShouldBe([1, 2]);

    [Fact]
    public void Without_lines_there_are_none() => Read(Types(Names), Header([], [])).ShouldBeEmpty();

    [Fact]
    public void A_header_that_tells_of_no_lines_tells_of_none()
    {
        Read(Types(Names), [0x9f, 0xeb, 1, 0, 8, 0, 0, 0]).ShouldBeEmpty();
        Read(Types(Names), [0x9f, 0xeb, 1, 0, 23, 0, 0, 0, .. new byte[15]]).ShouldBeEmpty();
        Read([0x9f, 0xeb, 1, 0, 8, 0, 0, 0], Lines(16)).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_damaged_is_told()
    {
        Problem([], Lines(16)).ShouldBe(".BTF does not begin with the magic number 0xeb9f, little-endian");
        Problem(Types(Names), [0xeb, 0x9f, 1, 0, 0, 0, 0, 8]).ShouldBe(
            ".BTF.ext does not begin with the magic number 0xeb9f, little-endian");
        Problem(Types(Names), [0x9f, 0xeb, 2, 0, 8, 0, 0, 0]).ShouldBe(".BTF.ext has version 2; expected 1");
        Problem(Types(Names), [0x9f, 0xeb, 1, 0, 9, 0, 0, 0]).ShouldBe(".BTF.ext has a header of 9 bytes; expected 8 to 8");
        Problem(Types(Names), Header([], [1, 2], length: 3)).ShouldBe(".BTF.ext tells of 3 bytes at 0 behind its header, but there are 2");
        Problem(Types(Names), Header([], [1, 2])).ShouldBe(".BTF.ext: the information on lines has no length of its records");
        Problem(Types(Names), Lines(12)).ShouldBe(".BTF.ext: the information on lines has records of 12 bytes; expected at least 16");
        Problem(Types(Names), Lines(16, [1, 0, 0, 0])).ShouldBe(".BTF.ext: the information on lines ends 4 bytes too early");
        Problem(Types(Names), Lines(16, [1, 0, 0, 0, 2, 0, 0, 0, 9]))
            .ShouldBe(".BTF.ext: the information on lines tells of 2 records of 16 bytes, but 1 bytes are left");
        Problem(Types(Names), Lines(16, Section(99, []))).ShouldBe(
            ".BTF.ext: the information on lines names a section at offset 99 is outside the 26 bytes that hold names");
        Problem(Types(Names), Lines(16, Section(1, [0, 12, 99, 1 << 10]))).ShouldBe(
            ".BTF.ext: the information on lines has a name at offset 99 is outside the 26 bytes that hold names");
        Problem(Types(Names), Lines(0xffff_ffff, Section(1, [0, 12, 16, 1 << 10]))).ShouldBe(
            ".BTF.ext: the information on lines tells of 1 records of 4294967295 bytes, but 16 bytes are left");
    }

    [Fact]
    public void Names_that_share_their_bytes_without_end_are_refused()
    {
        // 4,000 records, each of which names another end of 16 kB of text: 32 MB of names from 80 kB.
        var types = Types(new string('x', 16_000) + "\0");
        var records = Enumerable.Range(0, 4_000).Select(at => (uint[])[(uint)at * 8, (uint)at, 16_000, 1 << 10]).ToArray();

        Problem(types, Lines(16, Section(16_000, records))).ShouldContain("shares its bytes with so many others");
    }

    [Fact]
    public void No_bytes_whatever_make_it_throw()
    {
        var (types, lines) = (Types(Names), Lines(16, Section(1, [16, 12, 16, 3 << 10], [0, 12, 16, 2 << 10]), Section(7, [8, 12, 0, 0])));
        var random = new Random(9669);
        for (var round = 0; round < 20_000; round++)
        {
            var (changedTypes, changedLines) = ((byte[])types.Clone(), (byte[])lines.Clone());
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var target = random.Next(2) == 0 ? changedTypes : changedLines;
                target[random.Next(target.Length)] = (byte)(random.Next(2) == 0 ? 0xff : random.Next(256));
            }

            var cut = changedLines[..(random.Next(3) == 0 ? random.Next(changedLines.Length) : changedLines.Length)];
            BtfLineInfo.TryRead(changedTypes, cut, out var sections, out var problem);
            (sections is null).ShouldBe(problem is not null, $"seed 9669, round {round}");
        }
    }

    private static Dictionary<string, BtfLine[]> Read(byte[] types, byte[] lines)
    {
        BtfLineInfo.TryRead(types, lines, out var sections, out var problem).ShouldBeTrue(problem);
        return sections!;
    }

    private static string Problem(byte[] types, byte[] lines)
    {
        BtfLineInfo.TryRead(types, lines, out var sections, out var problem).ShouldBeFalse();
        sections.ShouldBeNull();
        return problem!;
    }
}
