namespace RbpfSpec.Images.Tests.Elf;

public class ElfFileTests
{
    // Three tables of a hundred relocations that are stored once.
    [Fact]
    public void Tables_of_relocations_that_share_their_bytes_are_bounded_together()
    {
        const int size = 1600;
        string[] names = ["p", "q", "r"];
        var writer = new ElfWriter();
        foreach (var name in names) writer.Code(name, "9500000000000000");
        for (var section = 1; section <= names.Length; section++)
        {
            for (var i = 0; i < size / 16; i++) writer.Relocation(section, 0, 10, 0);
        }

        var whole = new ElfObject(writer.Bytes());
        var first = whole.Contents(".relp");
        whole.Put64(whole.Header(".relq") + 0x18, (ulong)first).Put64(whole.Header(".relr") + 0x18, (ulong)first);
        var headers = BitConverter.ToUInt64(whole.Bytes, 0x28);
        whole.Put64(0x28, headers - (2 * size));
        byte[] shared = [.. whole.Bytes[..(first + size)], .. whole.Bytes[(first + (3 * size))..]];

        Reading.Problem(shared).ShouldBe(
            $"section 7 (.relq): the tables of relocations have {2 * size} bytes together, more than the file");
    }

    // A table may be as long as the file, which no table of relocations is: its first ones would be the file's header.
    [Fact]
    public void A_table_of_relocations_is_no_longer_than_the_file()
    {
        var elf = new ElfObject([.. Repository.Linking(), .. new byte[8]]);
        elf.Put64(elf.Header(".rel.text") + 0x18, 0).Put64(elf.Header(".rel.text") + 0x20, (ulong)elf.Bytes.Length);

        Reading.Problem(elf.Bytes).ShouldStartWith("section 3 (.rel.text), relocation 3: symbol index ");
    }

    [Theory]
    [InlineData(77)]
    [InlineData(18)]
    public void A_relocation_refers_to_a_symbol_that_exists(uint index)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Relocation(".rel.text", 2) + 12, index).Bytes)
            .ShouldBe($"section 3 (.rel.text), relocation 2: symbol index {index} is outside the symbol table of 18 symbols");
    }

    [Fact]
    public void Relocations_apply_to_a_section_that_exists()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Header(".rel.text") + 0x2c, 15).Bytes)
            .ShouldBe("section 3 (.rel.text): applies to section 15, but there are 15 sections");
    }

    [Fact]
    public void A_section_has_one_table_of_relocations()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Header(".reloutside") + 0x2c, elf.Index(".text")).Bytes)
            .ShouldBe("section 6 (.reloutside): is a second table of relocations for section 2 (.text); "
                + "one is expected");
    }

    [Fact]
    public void Relocations_of_debug_information_are_ignored()
    {
        var elf = ElfObject.Linking();
        elf.Put32(elf.Relocation(".rel.text", 2) + 12, 77);
        elf.Put32(elf.Header(".rel.text") + 0x2c, elf.Index(".llvm_addrsig"));

        Reading.Image(elf.Bytes, new() { Section = "isolated" }).Program.Count.ShouldBe(24);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    public void Relocations_link_to_the_symbols(uint link)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Header(".rel.text") + 0x28, link).Bytes)
            .ShouldBe($"section 3 (.rel.text): section {link}, to which it links, is not the symbol table");
    }

    [Fact]
    public void Relocations_have_no_addend()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Header(".rel.text") + 4, 4).Bytes)
            .ShouldBe("section 3 (.rel.text): holds SHT_RELA relocations; BPF objects hold SHT_REL ones");
    }

    [Theory]
    [InlineData(0x20, 95, "section 3 (.rel.text): 95 bytes in entries of 16; a relocation is 16 bytes")]
    [InlineData(0x38, 24, "section 3 (.rel.text): 96 bytes in entries of 24; a relocation is 16 bytes")]
    public void Relocations_are_whole(int field, ulong value, string problem)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".rel.text") + field, value).Bytes).ShouldBe(problem);
    }
}
