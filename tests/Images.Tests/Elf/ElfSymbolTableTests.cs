namespace RbpfSpec.Images.Tests.Elf;

public class ElfSymbolTableTests
{
    [Fact]
    public void Entries_of_another_size_are_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".symtab") + 0x38, 16).Bytes)
            .ShouldBe("section 14 (.symtab): 432 bytes in entries of 16; a symbol is 24 bytes");
    }

    [Fact]
    public void A_table_cut_within_a_symbol_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".symtab") + 0x20, 431).Bytes)
            .ShouldBe("section 14 (.symtab): 431 bytes in entries of 24; a symbol is 24 bytes");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(uint.MaxValue)]
    public void The_names_of_symbols_stand_in_a_string_table(uint link)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Header(".symtab") + 0x28, link).Bytes)
            .ShouldBe($"section 14 (.symtab): section {link}, to which it links, is not a string table");
    }

    [Fact]
    public void A_second_table_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Header(".rodata") + 4, 2).Bytes)
            .ShouldBe("section 14 (.symtab): is a second symbol table; an object has one");
    }

    [Fact]
    public void The_section_of_a_symbol_exists()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put16(elf.Symbol("word") + 6, 15).Bytes)
            .ShouldBe("section 14 (.symtab), symbol 17: section index 15 is outside the table of 15 sections");
    }

    [Fact]
    public void The_name_of_a_symbol_exists()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Symbol("word"), 204).Bytes)
            .ShouldBe("section 14 (.symtab), symbol 17: the name at offset 204 is outside the 204 bytes that hold "
                + "names");
    }

    [Fact]
    public void A_place_without_a_name_is_no_label() =>
        Reading.Image(new ElfWriter().Code("p", "9500000000000000").Symbol("", 0, 1).Symbol("l", 0, 1).Bytes()).Labels.ShouldBe(
            [new("l", 0)]);

    [Theory]
    [InlineData(0xff00)]
    [InlineData(0xffff)]
    public void A_symbol_of_a_section_without_one_has_its_own_name(ushort section)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put16(elf.Symbol("calls") + 6, section).Put(elf.Symbol("calls") + 4, 3).Bytes, new() { Function = "entry" })
            .ShouldEndWith($"'calls' lies in no section (index 0x{section:x}); data must");
    }

    [Fact]
    public void A_program_without_references_needs_no_symbols()
    {
        var elf = new ElfObject(Repository.Example("increment"));

        var image = Reading.Image(elf.Put32(elf.Header(".symtab") + 4, 1).Bytes);

        image.Program.Count.ShouldBe(24);
        image.Functions.ShouldBeEmpty();
    }

    // Each of the symbols has the same name of ten thousand characters.
    [Fact]
    public void Symbols_of_one_name_share_it()
    {
        static ElfObject Of(int symbols)
        {
            var writer = new ElfWriter().Code("p", "9500000000000000").Symbol(new string('n', 10_000), ElfWriter.GlobalFunction, 1);
            for (var i = 0; i < symbols; i++) writer.Symbol("", 0, 1);
            var elf = new ElfObject(writer.Bytes());
            for (var i = 0; i < symbols; i++)
                elf.Bytes.AsSpan(elf.Contents(".symtab") + 24, 4).CopyTo(elf.Bytes.AsSpan(elf.Contents(".symtab") + ((2 + i) * 24)));
            return elf;
        }

        var file = Of(2000).Bytes;
        Reading.Image(Of(1).Bytes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Reading.Image(file).Labels.Count.ShouldBe(2000);

        // Two thousand copies of the name would take 40 million bytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(3_000_000);
    }
}
