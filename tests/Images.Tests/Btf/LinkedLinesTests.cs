using System.Text;
using RbpfSpec.Images.Tests.Elf;

namespace RbpfSpec.Images.Tests.Btf;

public sealed class LinkedLinesTests
{
    private const string End = "9500000000000000";
    private const string One = "b700000001000000";

    private static readonly string[] Expected =
    [
        "6", "7", "7", "7", "7", "7", "7", "7", "7",
        "3", "3", "3", "3", "3", "3", "3", "3", "3",
    ];

    [Fact]
    public void Each_slot_of_the_linked_program_has_the_line_that_it_comes_from()
    {
        var image = Load(Bytes());

        image.Notes.ShouldBeEmpty();
        Enumerable.Range(0, image.Program.Count / 8).Select(slot => $"{image.SourceAt((ulong)slot)?.Line}").ShouldBe(Expected);
        image.SourceAt(16).ShouldBe(new("./lines.c", 3, 3, "  return p[at + 1];"));
        image.SourceAt(18).ShouldBeNull();
        image.SourceAt(ulong.MaxValue).ShouldBeNull();
    }

    [Fact]
    public void The_function_alone_has_its_own_lines()
    {
        var image = ImageFile.Read(Bytes(), new ImageOptions { Function = "unreached" }).ShouldBeOfType<ImageResult.Loaded>().Image;

        for (var slot = 0UL; slot < (ulong)image.Program.Count / 8; slot++) image.SourceAt(slot)!.Line.ShouldBe(1);
    }

    [Fact]
    public void An_object_without_them_has_none() => Load(Repository.Linking(), "entry").Lines.ShouldBeEmpty();

    [Fact]
    public void Damaged_lines_are_a_note_and_the_program_loads()
    {
        var bytes = Bytes();
        new ElfObject(bytes).Put(new ElfObject(bytes).Contents(".BTF.ext") + 2, 9);

        var image = Load(bytes);

        image.Lines.ShouldBeEmpty();
        image.Notes.ShouldBe([".BTF.ext has version 9; expected 1: no lines of source are told"]);
        image.Program.ShouldBe(Load(Bytes()).Program);
    }

    [Fact]
    public void Two_sections_of_one_name_have_no_lines()
    {
        // Which of them is meant stands in relocations, which are not read.
        var bytes = Bytes();
        var text = Encoding.ASCII.GetBytes("\0.relprog\0");
        bytes.AsSpan().IndexOf(text).ShouldBeGreaterThan(0);
        var renamed = new ElfObject(bytes);
        renamed.Put32(renamed.Header("prog"), BitConverter.ToUInt32(bytes, renamed.Header(".text")));

        var image = Load(bytes, "entry");

        image.SourceAt((ulong)image.Entry).ShouldBeNull();
    }

    // p of six slots: a, which is two, b, which is two and calls q, and c, which is two; of q nothing is told.
    [Fact]
    public void A_part_has_its_own_lines_alone()
    {
        byte[] lines = BtfObject.Lines(16, BtfObject.Section(
            1, [0, 3, 1, 1 << 10], [8, 3, 1, 2 << 10], [16, 3, 1, 3 << 10], [24, 3, 1, 4 << 10], [32, 3, 1, 5 << 10], [40, 3, 1, 6 << 10]));
        var elf = Object("\0p\0a.c\0", lines);

        Load(elf, "b").Lines.Select(line => (line.Slot, line.Source?.Line)).ShouldBe([(0, null), (0, 3), (1, 4), (2, null)]);
        Load(elf, "c").Lines.Select(line => (line.Slot, line.Source?.Line)).ShouldBe([(0, null), (0, 5), (1, 6)]);
        Load(elf, "b").SourceAt(1)!.Place.ShouldBe("a.c:4");
        Load(elf, "b").SourceAt(2).ShouldBeNull();
    }

    [Fact]
    public void Lines_of_other_sections_alone_are_none()
    {
        var image = Load(Object("\0r\0a.c\0", BtfObject.Lines(16, BtfObject.Section(1, [0, 3, 1, 1 << 10]))), "b");

        image.Lines.ShouldBeEmpty();
        image.Notes.ShouldBeEmpty();
    }

    // An empty section tells nothing, and one of more than 16 MiB is not read; what is read tells that it is damaged.
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(ImageFile.MaximumSize, true)]
    [InlineData(ImageFile.MaximumSize + 1, false)]
    public void Sections_of_a_supported_size_are_read(int size, bool isRead)
    {
        var elf = new ElfWriter().Code("p", End)
            .Section(".BTF", 0, new byte[size]).Section(".BTF.ext", 0, BtfObject.Lines(16)).Symbol("p", ElfWriter.GlobalFunction, 1);

        Load(elf.Bytes()).Notes.ShouldBe(
            isRead ? [".BTF does not begin with the magic number 0xeb9f, little-endian: no lines of source are told"] : []);
    }

    [Fact]
    public void Sections_of_another_type_are_not_read() =>
        Load(new ElfWriter().Code("p", End)
            .Section(".BTF", 0, [1], type: 7).Section(".BTF.ext", 0, BtfObject.Lines(16))
            .Symbol("p", ElfWriter.GlobalFunction, 1).Bytes()).Notes.ShouldBeEmpty();

    private static byte[] Object(string names, byte[] lines) => new ElfWriter()
        .Code("p", One, End, "85100000ffffffff", End, One, End).Code("q", End)
        .Section(".BTF", 0, BtfObject.Types(names)).Section(".BTF.ext", 0, lines)
        .Symbol("a", ElfWriter.GlobalFunction, 1, 0, 16).Symbol("b", ElfWriter.GlobalFunction, 1, 16, 16)
        .Symbol("c", ElfWriter.GlobalFunction, 1, 32, 16).Symbol("q", ElfWriter.LocalFunction, 2)
        .Relocation(1, 16, 10, 4).Bytes();

    [Fact]
    [Trait("Needs", "time")]
    public void No_byte_of_the_object_makes_reading_throw()
    {
        var whole = Bytes();
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var value in (byte[])[0x00, 0xff, (byte)(whole[at] ^ 1)])
            {
                byte[] changed = [.. whole];
                changed[at] = value;
                if (ImageFile.Read(changed, new ImageOptions()) is not ImageResult.Loaded(var image)) continue;
                for (var slot = 0UL; slot < (ulong)image.Program.Count / 8; slot++) _ = image.SourceAt(slot)?.ToString();
            }
        }
    }

    private static byte[] Bytes() => File.ReadAllBytes(Path.Combine(Repository.Project, "Lines", "lines.o"));

    private static Image Load(byte[] bytes, string? function = null) =>
        ImageFile.Read(bytes, new ImageOptions { Function = function }).ShouldBeOfType<ImageResult.Loaded>().Image;
}
