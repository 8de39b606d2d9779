namespace RbpfSpec.Images.Tests.Elf;

public class ElfRelocatorTests
{
    [Theory]
    [InlineData(0x04UL)]
    [InlineData(0x10UL)]
    [InlineData(0x1f0UL)]
    [InlineData(ulong.MaxValue - 7)]
    public void A_relocation_applies_to_the_start_of_an_instruction(ulong offset)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Relocation(".rel.text", 0), offset).Bytes)
            .ShouldBe($"section 3 (.rel.text), relocation 0: byte {offset} of section 2 (.text) does not start an "
                + "instruction");
    }

    [Theory]
    [InlineData(2, "R_BPF_64_ABS64")]
    [InlineData(3, "R_BPF_64_ABS32")]
    [InlineData(4, "type 4")]
    [InlineData(uint.MaxValue, "type 4294967295")]
    public void Types_for_data_do_not_apply_to_instructions(uint type, string name)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Relocation(".rel.text", 0) + 8, type).Bytes)
            .ShouldBe($"section 3 (.rel.text), relocation 0: {name} does not apply to instructions; "
                + "R_BPF_64_64 and R_BPF_64_32 do");
    }

    [Fact]
    public void An_address_belongs_to_a_wide_load()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Relocation(".rel.text", 0), 0x18).Bytes)
            .ShouldBe(
                "section 3 (.rel.text), relocation 0: R_BPF_64_64 applies to an LDDW (opcode 18, source register 0, "
                + "two slots), but slot 3 of section 2 (.text) holds 7912000000000000");
    }

    [Fact]
    public void A_wide_load_at_the_end_of_its_section_is_a_problem()
    {
        var elf = ElfObject.Linking();
        elf.Put(elf.Contents(".text") + 0x1e8, 0x18);

        Reading.Problem(elf.Put64(elf.Relocation(".rel.text", 0), 0x1e8).Bytes)
            .ShouldEndWith("but slot 61 of section 2 (.text) holds 1800000000000000");
    }

    [Fact]
    public void A_distance_belongs_to_a_local_call()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Relocation(".rel.text", 4), 0x1e8).Bytes)
            .ShouldBe(
                "section 3 (.rel.text), relocation 4: R_BPF_64_32 applies to a local call (opcode 85, source "
                + "register 1), but slot 61 of section 2 (.text) holds 9500000000000000");
    }

    [Fact]
    public void A_call_of_an_undefined_function_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put16(elf.Symbol("triple") + 6, 0).Bytes)
            .ShouldBe("section 3 (.rel.text), relocation 4: 'triple' is called but not defined in this object; "
                + "a helper function is called by its id");
    }

    [Fact]
    public void A_call_out_of_the_program_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put16(elf.Symbol("triple") + 6, elf.Index("isolated")).Bytes)
            .ShouldBe("section 3 (.rel.text), relocation 4: 'triple' is called but lies in section 4 (isolated), "
                + "which is not part of the program; put it in .text");
    }

    [Theory]
    [InlineData(4UL, "4")]
    [InlineData(0x1f0UL, "496")]
    [InlineData(ulong.MaxValue - 7, "18446744073709551608")]
    public void A_call_reaches_a_slot_of_its_section(ulong value, string offset)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Symbol("triple") + 8, value).Bytes)
            .ShouldBe($"section 3 (.rel.text), relocation 4: 'triple' is called at byte {offset} of section 2 (.text), "
                + "where no slot of it starts");
    }

    [Theory]
    [InlineData(uint.MaxValue - 1, "-8")]
    [InlineData(0x8000_0000, "-17179869176")]
    [InlineData(0x7fff_ffff, "17179869184")]
    public void The_addend_of_a_call_stays_in_its_section(uint immediate, string offset)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Contents(".text") + 0xe8 + 4, immediate).Bytes)
            .ShouldContain($"'triple' is called at byte {offset} of section 2 (.text)");
    }

    [Theory]
    [InlineData(1, "R_BPF_64_64")]
    [InlineData(10, "R_BPF_64_32")]
    public void Types_for_instructions_do_not_apply_to_data(uint type, string name)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Relocation(".rel.rodata", 0) + 8, type).Bytes)
            .ShouldBe(
                $"section 9 (.rel.rodata), relocation 0: {name} does not apply to data; "
                + "R_BPF_64_ABS64 and R_BPF_64_ABS32 do (compilers before LLVM 13 wrote others)");
    }

    [Theory]
    [InlineData(25UL)]
    [InlineData(ulong.MaxValue)]
    public void A_pointer_lies_within_its_section(ulong offset)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Relocation(".rel.rodata", 0), offset).Bytes)
            .ShouldBe("section 9 (.rel.rodata), "
                + $"relocation 0: 8 bytes at byte {offset} of section 8 (.rodata) are outside its 32 bytes");
    }

    [Fact]
    public void A_pointer_of_four_bytes_holds_its_address()
    {
        var elf = ElfObject.Linking();
        elf.Put32(elf.Relocation(".rel.rodata", 1) + 8, 3);

        // The strings start at 0x30002000; "two" is four bytes into them.
        Reading.Image(elf.Bytes).Regions[0].Bytes.AsSpan()[16..24].ToArray().ShouldBe([4, 0x20, 0, 0x30, 0, 0, 0, 0]);
        Reading.Problem(elf.Bytes, new() { BaseAddress = 0x1_0000_0000 })
            .ShouldBe("section 9 (.rel.rodata), relocation 1: the address 0x100002004 of '.rodata.str1.1' does not "
                + "fit in 4 bytes; a lower base address is needed");
    }

    [Fact]
    public void A_pointer_to_a_function_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Relocation(".rel.rodata", 0) + 12, elf.SymbolIndex("sum")).Bytes)
            .ShouldBe("section 9 (.rel.rodata), "
                + "relocation 0: the address of a function is not supported: 'sum' lies in section 2 (.text)");
    }
}
