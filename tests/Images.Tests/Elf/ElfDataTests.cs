namespace RbpfSpec.Images.Tests.Elf;

public class ElfDataTests
{
    private static readonly ImageOptions Entry = new() { Function = "entry" };

    [Fact]
    public void Every_section_of_data_referred_to_is_a_region_with_its_permission() =>
        Reading.Image(Repository.Linking(), Entry).Regions
            .Select(region => (region.Name, region.Address, region.Bytes.Count, region.Permission))
            .ShouldBe(
            [
                (".rodata", 0x3000_0000UL, 32, Permission.Read),
                (".rodata.str1.1", 0x3000_2000UL, 8, Permission.Read),
                (".bss", 0x3000_4000UL, 8, Permission.ReadWrite),
                (".data", 0x3000_6000UL, 24, Permission.ReadWrite),
            ]);

    [Fact]
    public void The_base_address_is_the_callers_choice()
    {
        var image = Reading.Image(Repository.Linking(), new() { Function = "entry", BaseAddress = 0x1_0000_0000_0001 });

        image.Regions[0].Address.ShouldBe(0x1_0000_0000_0010UL);

        // The second entry of the table of names points to "two", four bytes into the strings.
        image.Regions[0].Bytes.AsSpan()[16..24].ToArray().ShouldBe(BitConverter.GetBytes(0x1_0000_0000_2004UL));
    }

    [Fact]
    public void Metadata_that_something_refers_to_are_a_region()
    {
        var elf = ElfObject.Linking();
        elf.Put32(elf.Relocation(".rel.text", 1) + 12, elf.SymbolIndex("license_text"));

        Reading.Image(elf.Bytes, Entry).Regions.ShouldContain(region => region.Name == "license");
    }

    [Fact]
    public void Data_that_do_not_fit_are_a_problem() =>
        Reading.Problem(Repository.Linking(), new() { Function = "entry", BaseAddress = ulong.MaxValue - 31 })
            .ShouldBe("section 8 (.rodata) of 32 bytes does not fit above address 0xffffffffffffffe0; "
                + "a lower base address is needed");

    [Fact]
    public void Zeros_without_end_are_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".bss") + 0x20, ulong.MaxValue).Bytes, Entry)
            .ShouldStartWith("section 11 (.bss) of 18446744073709551615 bytes makes the data ");
    }

    [Fact]
    public void Thread_local_data_are_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".data") + 8, 0x403).Bytes, Entry)
            .ShouldBe("section 12 (.data): thread-local data are not part of this machine");
    }

    [Theory]
    [InlineData(0x0000, "'calls' is declared but not defined in this object")]
    [InlineData(0xff00, "'calls' lies in no section (index 0xff00); data must")]
    [InlineData(0xfff1, "'calls' lies in no section (index 0xfff1); data must")]
    [InlineData(2, "the address of a function is taken, 'calls' in section 2 (.text); no profile of this machine calls "
        + "through a register (callx), so it would lead nowhere")]
    [InlineData(13, "'calls' lies in section 13 (.llvm_addrsig), which is not loaded")]
    public void A_symbol_that_names_no_data_is_a_problem(ushort section, string problem)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put16(elf.Symbol("calls") + 6, section).Bytes, Entry)
            .ShouldBe("section 3 (.rel.text), relocation 0: " + problem);
    }

    [Fact]
    public void A_thread_local_symbol_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put(elf.Symbol("calls") + 4, 0x16).Bytes, Entry)
            .ShouldBe("section 3 (.rel.text), relocation 0: 'calls' is thread-local, "
                + "which is not part of this machine");
    }

    [Theory]
    [InlineData(9UL)]
    [InlineData(ulong.MaxValue)]
    public void A_symbol_outside_its_section_is_a_problem(ulong value)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Symbol("calls") + 8, value).Bytes, Entry)
            .ShouldBe($"section 3 (.rel.text), relocation 0: 'calls' lies at byte {value} of section 11 (.bss), "
                + "which has 8");
    }

    [Fact]
    public void Maps_are_a_problem_where_they_are_used()
    {
        var elf = ElfObject.Linking().Rename(".data", ".maps");

        Reading.Problem(elf.Bytes, Entry)
            .ShouldBe("section 3 (.rel.text), relocation 1: '.maps' lies in section 12 (.maps); "
                + "maps are not part of this machine");
        Reading.Image(elf.Bytes, new() { Section = "isolated" }).Regions
            .ShouldNotContain(region => region.Name == ".maps");
    }

    [Theory]
    [InlineData("maps", 8, "lies in section 2 (maps); maps are not part of this machine")]
    [InlineData("map", 0, "lies in section 2 (map), which is not loaded")]
    public void What_is_no_data_cannot_be_loaded_from(string name, int size, string problem) =>
        Reading.Problem(new ElfWriter()
            .Code("p", "1801000000000000", "0000000000000000", "9500000000000000")
            .Section(name, ElfWriter.Writable, new byte[size]).Symbol("d", ElfWriter.GlobalObject, 2)
            .Relocation(1, 0, 1, 1).Bytes()).ShouldEndWith($"'d' {problem}");

    // Nothing tells apart what lies in .data, so all of it may be meant again and again.
    [Fact]
    public void Data_may_refer_to_themselves() =>
        Reading.Image(new ElfWriter()
            .Code("p", "1801000000000000", "0000000000000000", "9500000000000000")
            .Section(".data", ElfWriter.Writable, new byte[8]).Symbol("d", ElfWriter.OfSection, 2)
            .Relocation(1, 0, 1, 1).Relocation(2, 0, 2, 1).Bytes())
            .Regions[0].Bytes.AsSpan().ToArray().ShouldBe(BitConverter.GetBytes(0x3000_0000UL));

    [Fact]
    public void Data_that_nothing_refers_to_are_no_region()
    {
        Reading.Image(Repository.Linking(), new() { Function = "alone" }).Regions.ShouldBeEmpty();
        Reading.Image(Repository.Linking(), new() { Function = "triple" }).Regions.Select(region => region.Name).ShouldBe([".bss"]);
    }

    [Fact]
    public void Data_are_referred_to_through_data()
    {
        // r1 = first; first holds the address of second; third is not referred to.
        var image = Reading.Image(new ElfWriter()
            .Code("p", "1801000004000000", "0000000000000000", "9500000000000000")
            .Section("first", ElfWriter.Writable, [8, 0, 0, 0, 0, 0, 0, 0])
            .Section("second", ElfWriter.ReadOnly, new byte[16])
            .Section("third", ElfWriter.ReadOnly, new byte[16])
            .Symbol("first", ElfWriter.OfSection, 2).Symbol("second", ElfWriter.OfSection, 3)
            .Relocation(1, 0, 1, 1).Relocation(2, 0, 2, 2).Bytes());

        image.Regions.Select(region => (region.Name, region.Address)).ShouldBe([("first", 0x3000_0000UL), ("second", 0x3000_2000UL)]);
        image.Regions[0].Bytes.AsSpan().ToArray().ShouldBe([8, 0x20, 0, 0x30, 0, 0, 0, 0]);
        Convert.ToHexStringLower(image.Program.AsSpan()[..16]).ShouldBe("18010000040000300000000000000000");
    }

    [Fact]
    public void A_weak_symbol_that_is_not_defined_lies_at_0()
    {
        var image = Reading.Image(new ElfWriter()
            .Code("p", "1801000002000000", "0000000000000000", "9500000000000000")
            .Symbol("maybe", ElfWriter.WeakNothing, 0).Relocation(1, 0, 1, 1).Bytes());

        Convert.ToHexStringLower(image.Program.AsSpan()[..16]).ShouldBe("18010000020000000000000000000000");
    }

    [Fact]
    public void Common_symbols_lie_in_zeros_as_aligned_as_they_ask()
    {
        // Values are alignments: a of 3 bytes at 4, b of 40 at 32, c, which nothing refers to.
        ElfWriter Object(ulong alignment) => new ElfWriter()
            .Code("p", "1801000000000000", "0000000000000000", "1802000000000000", "0000000000000000", "9500000000000000")
            .Section(".data", ElfWriter.Writable, new byte[8])
            .Symbol("a", ElfWriter.GlobalObject, 0xfff2, 4, 3).Symbol("c", ElfWriter.GlobalObject, 0xfff2, 8, 1000)
            .Symbol("b", ElfWriter.GlobalObject, 0xfff2, alignment, 40)
            .Relocation(1, 0, 1, 1).Relocation(1, 16, 1, 3);

        var image = Reading.Image(Object(32).Bytes());

        image.Regions.ShouldBe([new(".bss", 0x3000_0000, Sequence.Of<byte>(new byte[72]), Permission.ReadWrite)]);
        Convert.ToHexStringLower(image.Program.AsSpan()[..32])
            .ShouldBe("18010000000000300000000000000000" + "18020000200000300000000000000000");
        Reading.Image(Object(32).Bytes(), new() { BaseAddress = 0x3000_0010 }).Regions[0].Address.ShouldBe(0x3000_0020UL);
        Reading.Problem(Object(3).Bytes()).ShouldBe("symbol 3 (b) asks for an alignment of 3, which is not a power of two");
        Reading.Problem(Object(0).Bytes()).ShouldBe("symbol 3 (b) asks for an alignment of 0, which is not a power of two");
        Reading.Problem(Object(1UL << 63).Bytes())
            .ShouldBe("symbol 3 (b): the common symbols have 9223372036854775848 bytes together; at most 16777216 are supported");
    }

    [Fact]
    public void Common_symbols_are_bounded_together()
    {
        byte[] Object(ulong size) => new ElfWriter()
            .Code("p", "1801000000000000", "0000000000000000", "9500000000000000")
            .Symbol("a", ElfWriter.GlobalObject, 0xfff2, 1, size).Relocation(1, 0, 1, 1).Bytes();

        Reading.Image(Object(1 << 24)).Regions[0].Bytes.Count.ShouldBe(1 << 24);
        Reading.Problem(Object((1 << 24) + 1))
            .ShouldBe("symbol 1 (a): the common symbols have 16777217 bytes together; at most 16777216 are supported");
    }

    [Fact]
    public void Common_symbols_follow_the_sections()
    {
        var image = Reading.Image(new ElfWriter()
            .Code("p", "1801000000000000", "0000000000000000", "1802000000000000", "0000000000000000", "9500000000000000")
            .Section(".data", ElfWriter.Writable, new byte[8])
            .Symbol("a", ElfWriter.GlobalObject, 0xfff2, 4, 4).Symbol("d", ElfWriter.GlobalObject, 2, 4, 4)
            .Relocation(1, 0, 1, 1).Relocation(1, 16, 1, 2).Bytes());

        image.Regions.Select(region => (region.Name, region.Address, region.Bytes.Count))
            .ShouldBe([(".data", 0x3000_0000UL, 8), (".bss", 0x3000_2000UL, 4)]);
        Convert.ToHexStringLower(image.Program.AsSpan()[..32])
            .ShouldBe("18010000002000300000000000000000" + "18020000040000300000000000000000");
    }

    // The last address of an object may be that behind its last byte, as loops and assemblers write it.
    [Fact]
    public void A_symbol_may_lie_at_the_end_of_its_section()
    {
        var elf = ElfObject.Linking();

        Reading.Image(elf.Put64(elf.Symbol("calls") + 8, 8).Bytes, Entry).Regions.ShouldContain(region => region.Name == ".bss");
    }
}
