using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Images.Tests.Elf;

public class ElfDataTests
{
    [Fact]
    public void Every_section_of_data_is_a_region_with_its_permission() =>
        Reading.Image(Repository.Linking()).Regions
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
        var image = Reading.Image(Repository.Linking(), new() { BaseAddress = 0x1_0000_0000_0001 });

        image.Regions[0].Address.ShouldBe(0x1_0000_0000_0010UL);

        // The second entry of the table of names points to "two", four bytes into the strings.
        image.Regions[0].Bytes.AsSpan()[16..24].ToArray().ShouldBe(BitConverter.GetBytes(0x1_0000_0000_2004UL));
    }

    [Fact]
    public void Metadata_that_something_refers_to_are_a_region()
    {
        var elf = ElfObject.Linking();
        elf.Put32(elf.Relocation(".rel.text", 1) + 12, elf.SymbolIndex("license_text"));

        Reading.Image(elf.Bytes).Regions.ShouldContain(region => region.Name == "license");
    }

    [Fact]
    public void Data_that_do_not_fit_are_a_problem() =>
        Reading.Problem(Repository.Linking(), new() { BaseAddress = ulong.MaxValue - 31 })
            .ShouldBe("section 8 (.rodata) of 32 bytes does not fit above address 0xffffffffffffffe0; "
                + "a lower base address is needed");

    [Fact]
    public void Zeros_without_end_are_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".bss") + 0x20, ulong.MaxValue).Bytes)
            .ShouldStartWith("section 11 (.bss) of 18446744073709551615 bytes makes the data ");
    }

    [Fact]
    public void Thread_local_data_are_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".data") + 8, 0x403).Bytes)
            .ShouldBe("section 12 (.data): thread-local data are not part of this machine");
    }

    [Theory]
    [InlineData(0x0000, "'calls' is declared but not defined in this object")]
    [InlineData(0xfff1, "'calls' lies in no section (index 0xfff1); data must")]
    [InlineData(0xfff2, "'calls' is a common symbol, which has no place yet; compile with -fno-common")]
    [InlineData(2, "the address of a function is not supported: 'calls' lies in section 2 (.text)")]
    [InlineData(13, "'calls' lies in section 13 (.llvm_addrsig), which is not loaded")]
    public void A_symbol_that_names_no_data_is_a_problem(ushort section, string problem)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put16(elf.Symbol("calls") + 6, section).Bytes)
            .ShouldBe("section 3 (.rel.text), relocation 0: " + problem);
    }

    [Fact]
    public void A_thread_local_symbol_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put(elf.Symbol("calls") + 4, 0x16).Bytes)
            .ShouldBe("section 3 (.rel.text), relocation 0: 'calls' is thread-local, "
                + "which is not part of this machine");
    }

    [Theory]
    [InlineData(9UL)]
    [InlineData(ulong.MaxValue)]
    public void A_symbol_outside_its_section_is_a_problem(ulong value)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Symbol("calls") + 8, value).Bytes)
            .ShouldBe($"section 3 (.rel.text), relocation 0: 'calls' lies at byte {value} of section 11 (.bss), "
                + "which has 8");
    }

    [Fact]
    public void Maps_are_a_problem_where_they_are_used()
    {
        var elf = ElfObject.Linking().Rename(".data", ".maps");

        Reading.Problem(elf.Bytes)
            .ShouldBe("section 3 (.rel.text), relocation 1: '.maps' lies in section 12 (.maps); "
                + "maps are not part of this machine");
        Reading.Image(elf.Bytes, new() { Section = "isolated" }).Regions
            .ShouldNotContain(region => region.Name == ".maps");
    }
}
