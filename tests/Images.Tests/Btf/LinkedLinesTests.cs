using System.Text;

namespace RbpfSpec.Images.Tests.Btf;

public sealed class LinkedLinesTests
{
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

    [Fact]
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
