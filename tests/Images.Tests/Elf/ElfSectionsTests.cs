namespace RbpfSpec.Images.Tests.Elf;

public class ElfSectionsTests
{
    private const string Load = "18010000040000000000000000000000";
    private const string Jump = "15120500f6ffffff";
    private const string End = "9500000000000000";

    [Fact]
    public void Sections_are_as_the_file_has_them()
    {
        var sections = Sections(new ElfWriter()
            .Code("p", Load, Jump).Section(".data", ElfWriter.Writable, new byte[8]).Section(
                "q", ElfWriter.Text, [.. Convert.FromHexString(End), 1, 2])
            .Symbol("later", ElfWriter.GlobalFunction, 1, 16, 8).Symbol("first", ElfWriter.LocalFunction, 1, 0, 16)
            .Symbol("label", 0, 1, 24).Symbol("askew", 0, 1, 4).Symbol("outside", 0, 1, 32).Symbol("missing", 0, 0)
            .Symbol("", ElfWriter.OfSection, 2)
            .Relocation(1, 16, 10, 6).Relocation(1, 0, 1, 7).Bytes());

        sections.Count.ShouldBe(2);
        var (p, q) = (sections[0], sections[1]);
        (p.Name, p.Index, q.Name, q.Index).ShouldBe(("p", 1, "q", 3));
        Convert.ToHexStringLower(p.Slots.AsSpan()).ShouldBe(Load + Jump);
        p.Stored.ShouldBe(p.Slots);
        p.Functions.ShouldBe([new("first", 0, 2), new("later", 2, 1)]);
        p.Labels.ShouldBe([new("label", 3)]);
        p.References.ShouldBe([new(0, "R_BPF_64_64", ".data"), new(16, "R_BPF_64_32", "missing")]);
        (q.Stored.Count, q.Slots.Count).ShouldBe((10, 8));
    }

    [Fact]
    public void A_big_endian_object_has_the_same_slots()
    {
        // Registers exchanged, offset and immediate reversed.
        var big = new ElfWriter(isBig: true)
            .Code("p", "1810000000000004" + "0000000000000000", "15210005fffffff6")
            .Symbol("f", ElfWriter.GlobalFunction, 1, 8, 16).Relocation(1, 0, 1, 1).Bytes();

        var section = Sections(big).ShouldHaveSingleItem();

        Convert.ToHexStringLower(section.Slots.AsSpan()).ShouldBe(Load + Jump);
        Convert.ToHexStringLower(section.Stored.AsSpan()).ShouldBe("18100000000000040000000000000000" + "15210005fffffff6");
        section.Functions.ShouldBe([new("f", 1, 2)]);
        section.References.ShouldBe([new(0, "R_BPF_64_64", "f")]);
        Reading.Problem(big).ShouldBe("ELF header, byte 5: the object is big-endian; this machine runs little-endian ones "
            + "(clang -target bpfel), and disasm lists both");
    }

    // Flag 4 says that it is executable, and no flag that it is loaded.
    [Fact]
    public void A_section_that_is_not_loaded_holds_no_program()
    {
        var elf = new ElfWriter().Section("notes", 4, Convert.FromHexString(End)).Code("p", End).Bytes();

        Sections(elf).ShouldHaveSingleItem().Name.ShouldBe("p");
        Reading.Image(elf).Parts.ShouldBe([new("p", 2, 0, 0, 1)]);
    }

    [Fact]
    public void Malformed_objects_are_a_problem_here_too() =>
        ImageFile.ReadSections("rBPF"u8).ShouldBeOfType<SectionsResult.Malformed>().Problem
            .ShouldBe("ELF header, byte 0: an ELF file starts with the bytes 7f 45 4c 46");

    [Fact]
    public void Sections_that_share_their_bytes_are_bounded()
    {
        var elf = ElfObject.Linking();
        foreach (var section in (string[])[".text", "isolated", "outside"])
        {
            elf.Put64(elf.Header(section) + 0x18, 0);
            elf.Put64(elf.Header(section) + 0x20, (ulong)elf.Bytes.Length / 2);
        }

        ImageFile.ReadSections(elf.Bytes).ShouldBeOfType<SectionsResult.Malformed>().Problem
            .ShouldBe($"the sections of instructions have {elf.Bytes.Length / 2 * 3} bytes together, more than the file");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(16, false)]
    public void Sections_may_have_as_many_bytes_as_the_file_together(ulong last, bool areRead)
    {
        var elf = ElfObject.Linking();
        ulong[] sizes = [(ulong)elf.Bytes.Length - 16, 8, last];
        foreach (var (section, size) in ((string[])[".text", "isolated", "outside"]).Zip(sizes))
            elf.Put64(elf.Header(section) + 0x18, 0).Put64(elf.Header(section) + 0x20, size);

        (ImageFile.ReadSections(elf.Bytes) is SectionsResult.Loaded).ShouldBe(areRead);
    }

    [Fact]
    public void An_object_without_instructions_has_no_sections() =>
        Sections(new ElfWriter().Section(".data", ElfWriter.Writable, new byte[8]).Bytes()).ShouldBeEmpty();

    private static Sequence<CodeSection> Sections(byte[] elf) =>
        ImageFile.ReadSections(elf).ShouldBeOfType<SectionsResult.Loaded>().Sections;
}
