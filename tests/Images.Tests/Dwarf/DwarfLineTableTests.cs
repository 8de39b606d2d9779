using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Images.Dwarf;

namespace RbpfSpec.Images.Tests.Dwarf;

/// <summary>Lines of source of objects that have no BTF: what clang wrote of the same source as BTF says what is right.</summary>
public class DwarfLineTableTests
{
    // Version 2: two files, four rows, the last of them an end. Made by hand from DWARF 2 §6.2.
    private static readonly byte[] Table =
    [
        0x40, 0, 0, 0, 2, 0, 0x1f, 0, 0, 0, 8, 1, 0xfb, 14, 10, 0, 1, 1, 1, 1, 0, 0, 0, 1,
        (byte)'d', 0, 0, (byte)'a', (byte)'.', (byte)'c', 0, 1, 0, 0, (byte)'/', (byte)'b', 0, 0, 0, 0, 0,
        0, 9, 2, 0, 0, 0, 0, 0, 0, 0, 0,
        3, 6, 1,
        4, 2, 5, 9, 10 + 14 + 5 + 1,
        8, 1, 9, 24, 0, 0, 1, 1,
    ];

    [Theory]
    [InlineData("dwarf4.o")]
    [InlineData("dwarf5.o")]
    public void The_lines_are_those_that_BTF_tells(string name)
    {
        var (image, right) = (Loaded(Read(name)), Loaded(File.ReadAllBytes(At("Lines", "lines.o"))));
        image.Notes.ShouldBeEmpty();
        image.Program.ShouldBe(right.Program);
        var slots = Enumerable.Range(0, image.Program.Count / 8).ToList();

        // Slots 10 and 11 clang says nothing of, and so BTF lets them be of the line before.
        slots.Where(slot => image.SourceAt((ulong)slot) is null).ShouldBe([10, 11]);
        foreach (var slot in slots.Except([10, 11]))
            image.SourceAt((ulong)slot)!.Place.ShouldBe(right.SourceAt((ulong)slot)!.Place, $"{slot}");
        image.SourceAt(16)!.ToString().ShouldBe("lines.c:3");
    }

    [Fact]
    public void Rows_are_made_by_every_kind_of_instruction()
    {
        Lines(Table, out _).ShouldBe(
        [
            new(7, 0x100, false, new("d/a.c", 7, 0, "")),
            new(7, 0x108, false, new("/b", 8, 9, "")),
            new(7, 0x190, false, new("/b", 8, 9, "")),
            new(7, 0x1a8, true, null),
        ]);
    }

    [Theory]
    [InlineData(0, 0x41, "has a unit of 65 bytes, but 64 are left")]
    [InlineData(0, 0xff, "has a unit of 255 bytes, but 64 are left")]
    [InlineData(4, 6, "has a unit of version 6; expected 2 to 5")]
    [InlineData(4, 1, "has a unit of version 1; expected 2 to 5")]
    [InlineData(6, 0x40, "has a header that is longer than its unit")]
    [InlineData(13, 0, "has a header without a range of lines, or without opcodes")]
    [InlineData(14, 0, "has a header without a range of lines, or without opcodes")]
    [InlineData(42, 60, "ends within an instruction")]
    public void A_table_that_makes_no_sense_says_so(int at, byte value, string problem)
    {
        byte[] changed = [.. Table];
        changed[at] = value;

        Lines(changed, out var found).ShouldBeNull();
        found.ShouldBe($".debug_line {problem}");
    }

    [Fact]
    public void An_object_with_a_table_that_makes_no_sense_is_read_without_lines()
    {
        var bytes = Read("dwarf4.o");

        // The version, the length of the header, bytes an instruction, instructions at once, and whether rows are statements.
        var version = Enumerable.Range(0, bytes.Length - 9).First(at =>
            bytes[at] == 4 && bytes[at + 1] == 0 && bytes[at + 6] == 8 && bytes[at + 7] == 1 && bytes[at + 8] == 1);
        bytes[version] = 9;

        var image = Loaded(bytes);

        image.Lines.ShouldBeEmpty();
        image.Notes.ShouldHaveSingleItem().ShouldBe(
            ".debug_line has a unit of version 9; expected 2 to 5: no lines of source are told");
    }

    [Theory]
    [InlineData("dwarf4.o")]
    [InlineData("dwarf5.o")]
    public void Whatever_bytes_are_changed_there_is_an_answer(string name)
    {
        var whole = Read(name);

        Prop.ForAll(Gen.Choose(0, whole.Length - 1).Zip(Gen.Choose(0, 255)).ListOf().ToArbitrary(), changes =>
        {
            byte[] bytes = [.. whole];
            foreach (var (at, value) in changes) bytes[at] = (byte)value;
            ImageFile.Read(bytes, new()).ShouldNotBeNull();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(9669, 17));
    }

    [Fact]
    public void Whatever_bytes_a_table_has_there_is_an_answer() =>
        Prop.ForAll(Gen.Choose(0, Table.Length - 1).Zip(Gen.Choose(0, 255)).ListOf().ToArbitrary(), changes =>
        {
            byte[] bytes = [.. Table];
            foreach (var (at, value) in changes) bytes[at] = (byte)value;
            (Lines(bytes, out var problem) is null).ShouldBe(problem is not null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(9669, 17));

    private static DwarfLine[]? Lines(byte[] table, out string? problem)
    {
        DwarfLineTable.TryRead(table, [], [], static at => at == 44 ? (7, 0x100UL) : null, out var lines, out problem);
        return lines;
    }

    private static Image Loaded(byte[] bytes) => ImageFile.Read(bytes, new()).ShouldBeOfType<ImageResult.Loaded>().Image;

    private static byte[] Read(string name) => File.ReadAllBytes(At("Dwarf", name));

    private static string At(string folder, string name) => Path.Combine(Repository.Root, "tests/Images.Tests", folder, name);
}
