namespace RbpfSpec.Images.Tests.Elf;

public class ElfRelocatorTests
{
    private static readonly ImageOptions Entry = new() { Function = "entry" };

    [Theory]
    [InlineData(0x04UL)]
    [InlineData(0x10UL)]
    [InlineData(0x1f0UL)]
    [InlineData(ulong.MaxValue - 7)]
    public void A_relocation_applies_to_the_start_of_an_instruction(ulong offset)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Relocation(".rel.text", 0), offset).Bytes, Entry)
            .ShouldBe($"section 3 (.rel.text), relocation 0: byte {offset} of section 2 (.text) does not start an instruction");
    }

    [Theory]
    [InlineData(2, "R_BPF_64_ABS64")]
    [InlineData(3, "R_BPF_64_ABS32")]
    [InlineData(4, "type 4")]
    [InlineData(uint.MaxValue, "type 4294967295")]
    public void Types_for_data_do_not_apply_to_instructions(uint type, string name)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Relocation(".rel.text", 0) + 8, type).Bytes, Entry)
            .ShouldBe($"section 3 (.rel.text), relocation 0: {name} does not apply to instructions; R_BPF_64_64 and R_BPF_64_32 do");
    }

    [Fact]
    public void An_address_belongs_to_a_wide_load()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Relocation(".rel.text", 0), 0x18).Bytes, Entry)
            .ShouldBe("section 3 (.rel.text), relocation 0: R_BPF_64_64 applies to an LDDW (opcode 18, source register 0, "
                + "two slots), but slot 3 of section 2 (.text) holds 7912000000000000");
    }

    [Theory]
    [InlineData("1810000000000000")]
    [InlineData("b700000000000000")]
    public void A_wide_load_of_an_address_has_source_register_0(string slot) =>
        Reading.Problem(new ElfWriter()
            .Code("p", slot, "0000000000000000", "9500000000000000").Section(".data", ElfWriter.Writable, new byte[8])
            .Symbol("d", ElfWriter.OfSection, 2).Relocation(1, 0, 1, 1).Bytes())
            .ShouldBe("section 5 (.relp), relocation 0: R_BPF_64_64 applies to an LDDW (opcode 18, source register 0, two slots), "
                + $"but slot 0 of section 1 (p) holds {slot}");

    [Fact]
    public void A_wide_load_at_the_end_of_its_section_is_a_problem()
    {
        var elf = ElfObject.Linking();
        elf.Put(elf.Contents(".text") + 0x1e8, 0x18);

        Reading.Problem(elf.Put64(elf.Relocation(".rel.text", 0), 0x1e8).Bytes, Entry)
            .ShouldEndWith("but slot 61 of section 2 (.text) holds 1800000000000000");
    }

    [Fact]
    public void A_distance_belongs_to_a_local_call()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Relocation(".rel.text", 4), 0x1e8).Bytes, Entry)
            .ShouldBe(
                "section 3 (.rel.text), relocation 4: R_BPF_64_32 applies to a local call (opcode 85, source "
                + "register 1), but slot 61 of section 2 (.text) holds 9500000000000000");
    }

    [Fact]
    public void A_call_of_an_undefined_function_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put16(elf.Symbol("triple") + 6, 0).Bytes, Entry)
            .ShouldBe("section 3 (.rel.text), relocation 4: 'triple' is called but not defined in this object; "
                + "define it, or call a helper: printf, memcpy, print_debug, store_local, store_global, fetch_local, fetch_global, now_ms, "
                + "saul_reg_find_nth, saul_reg_find_type and 12 more");
    }

    [Fact]
    public void What_is_called_holds_instructions()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put16(elf.Symbol("triple") + 6, elf.Index(".data")).Bytes, Entry)
            .ShouldBe("section 3 (.rel.text), relocation 4: 'triple' is called but lies in section 12 (.data), "
                + "which holds no instructions");
        Reading.Problem(elf.Put16(elf.Symbol("triple") + 6, 0xfff1).Bytes, Entry)
            .ShouldEndWith("'triple' is called but lies in no section, which holds no instructions");
    }

    [Theory]
    [InlineData(4UL, "4")]
    [InlineData(0x1f0UL, "496")]
    [InlineData(ulong.MaxValue - 7, "18446744073709551608")]
    public void A_call_reaches_a_slot_of_its_section(ulong value, string offset)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Symbol("triple") + 8, value).Bytes, Entry)
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

        Reading.Problem(elf.Put32(elf.Contents(".text") + 0xe8 + 4, immediate).Bytes, Entry)
            .ShouldContain($"'triple' is called at byte {offset} of section 2 (.text)");
    }

    [Theory]
    [InlineData(1, "R_BPF_64_64")]
    [InlineData(10, "R_BPF_64_32")]
    public void Types_for_instructions_do_not_apply_to_data(uint type, string name)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Relocation(".rel.rodata", 0) + 8, type).Bytes, Entry)
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

        Reading.Problem(elf.Put64(elf.Relocation(".rel.rodata", 0), offset).Bytes, Entry)
            .ShouldBe("section 9 (.rel.rodata), "
                + $"relocation 0: 8 bytes at byte {offset} of section 8 (.rodata) are outside its 32 bytes");
    }

    [Fact]
    public void A_pointer_of_four_bytes_holds_its_address()
    {
        var elf = ElfObject.Linking();
        elf.Put32(elf.Relocation(".rel.rodata", 1) + 8, 3);

        // The strings start at 0x30002000; "two" is four bytes into them.
        Reading.Image(elf.Bytes, Entry).Regions[0].Bytes.AsSpan()[16..24].ToArray().ShouldBe([4, 0x20, 0, 0x30, 0, 0, 0, 0]);
        Reading.Problem(elf.Bytes, new() { Function = "entry", BaseAddress = 0x1_0000_0000 })
            .ShouldBe("section 9 (.rel.rodata), relocation 1: the address 0x100002004 of '.rodata.str1.1' does not "
                + "fit in 4 bytes; a lower base address is needed");
    }

    // At 0xfffff000 lie four bytes that point that far behind themselves.
    [Theory]
    [InlineData(0xfff, null)]
    [InlineData(0x1000, "the address 0x100000000 of '.data' does not fit in 4 bytes; a lower base address is needed")]
    public void A_pointer_of_four_bytes_may_be_the_highest(uint addend, string? problem)
    {
        var elf = new ElfWriter()
            .Code("p", "1801000000000000", "0000000000000000", "9500000000000000")
            .Section(".data", ElfWriter.Writable, BitConverter.GetBytes(addend))
            .Symbol("d", ElfWriter.OfSection, 2).Relocation(1, 0, 1, 1).Relocation(2, 0, 3, 1).Bytes();
        var options = new ImageOptions { BaseAddress = 0xffff_f000 };

        if (problem is null) Reading.Image(elf, options).Regions[0].Bytes.AsSpan().ToArray().ShouldBe([0xff, 0xff, 0xff, 0xff]);
        else Reading.Problem(elf, options).ShouldEndWith(problem);
    }

    [Fact]
    public void A_pointer_to_a_function_is_a_problem()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put32(elf.Relocation(".rel.rodata", 0) + 12, elf.SymbolIndex("sum")).Bytes, Entry)
            .ShouldBe("section 9 (.rel.rodata), "
                + "relocation 0: the address of a function is taken, 'sum' in section 2 (.text); no profile of this machine "
                + "calls through a register (callx), so it would lead nowhere");
    }

    [Fact]
    public void A_table_of_functions_that_nothing_refers_to_does_not_matter()
    {
        // r1 = address of byte `offset` of .data, of which the bytes from 8 on are a table of two functions.
        ImageResult Read(string offset) => ImageFile.Read(
            new ElfWriter()
                .Code("p", $"18010000{offset}000000", "0000000000000000", "9500000000000000")
                .Section(".data", ElfWriter.Writable, [1, 2, 3, 4, 0, 0, 0, 0, .. new byte[16], 9, 9, 9, 9])
                .Symbol(".data", ElfWriter.OfSection, 2)
                .Symbol("table", ElfWriter.LocalObject, 2, 8, 16)
                .Symbol("p", ElfWriter.GlobalFunction, 1, 0, 24).Symbol("first", ElfWriter.LocalObject, 2, 0, 8)
                .Relocation(1, 0, 1, 1).Relocation(2, 8, 2, 3).Relocation(2, 16, 2, 3).Bytes(),
            new());

        var image = Read("00").ShouldBeOfType<ImageResult.Loaded>().Image;
        image.Regions[0].Bytes.AsSpan()[8..24].ToArray().ShouldBe(new byte[16]);
        image.Notes.Count.ShouldBe(2);
        image.Notes[0].ShouldEndWith("so it would lead nowhere; 'table' holds it, which nothing refers to, so it does not matter");
        Read("07").ShouldBeOfType<ImageResult.Loaded>();
        foreach (var inside in (string[])["08", "09", "17", "18", "ff"])
        {
            Read(inside).ShouldBeOfType<ImageResult.Malformed>().Problem
                .ShouldContain("relocation 0: the address of a function is taken, 'p' in section 1 (p)");
        }
    }

    // The program uses a; b, which nothing uses, points to a table of functions in another section, as a virtual table is.
    [Theory]
    [InlineData("00", true)]
    [InlineData("08", false)]
    [InlineData("10", false)]
    public void What_only_unused_data_refer_to_does_not_matter(string offset, bool isLoaded)
    {
        var result = ImageFile.Read(
            new ElfWriter()
                .Code("p", $"18010000{offset}000000", "0000000000000000", "9500000000000000")
                .Section(".data", ElfWriter.Writable, new byte[24])
                .Section(".table", ElfWriter.ReadOnly, new byte[8])
                .Symbol(".data", ElfWriter.OfSection, 2).Symbol("a", ElfWriter.LocalObject, 2, 0, 8)
                .Symbol("b", ElfWriter.LocalObject, 2, 8, 8).Symbol("table", ElfWriter.LocalObject, 3, 0, 8)
                .Symbol("p", ElfWriter.GlobalFunction, 1)
                .Relocation(1, 0, 1, 1).Relocation(2, 8, 2, 4).Relocation(3, 0, 2, 5).Bytes(),
            new());

        (result is ImageResult.Loaded).ShouldBe(isLoaded);
        if (result is not ImageResult.Loaded(var image)) return;

        // What can be resolved is resolved all the same.
        image.Regions[0].Bytes.AsSpan()[8..16].ToArray().ShouldBe(BitConverter.GetBytes(0x3000_2000UL));
        image.Notes.ShouldHaveSingleItem().ShouldContain("'table' holds it, which nothing refers to");
    }

    // a holds the address of byte `addend` of .table, of which the first object is a number and the second a function.
    [Theory]
    [InlineData(2, 0, true)]
    [InlineData(2, 8, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 8, false)]
    public void What_data_refer_to_is_told_apart_by_the_addend(uint type, byte addend, bool isLoaded)
    {
        var result = ImageFile.Read(
            new ElfWriter()
                .Code("p", "1801000000000000", "0000000000000000", "9500000000000000")
                .Section(".data", ElfWriter.Writable, [addend, 0, 0, 0, 0, 0, 0, 0])
                .Section(".table", ElfWriter.ReadOnly, new byte[16])
                .Symbol("a", ElfWriter.LocalObject, 2, 0, 8).Symbol(".table", ElfWriter.OfSection, 3)
                .Symbol("number", ElfWriter.LocalObject, 3, 0, 8).Symbol("function", ElfWriter.LocalObject, 3, 8, 8)
                .Symbol("p", ElfWriter.GlobalFunction, 1)
                .Relocation(1, 0, 1, 1).Relocation(2, 0, type, 2).Relocation(3, 8, 2, 5).Bytes(),
            new());

        (result is ImageResult.Loaded).ShouldBe(isLoaded);
    }

    // What is no object, or has no size, tells nothing apart: of byte 16 the object `table` is told, if one is.
    [Theory]
    [InlineData(ElfWriter.LocalObject, 16, true)]
    [InlineData(ElfWriter.LocalObject, 0, false)]
    [InlineData(0, 16, false)]
    public void Only_objects_with_a_size_are_told_apart(byte info, ulong size, bool isLoaded)
    {
        var result = ImageFile.Read(
            new ElfWriter()
                .Code("p", "1801000000000000", "0000000000000000", "9500000000000000")
                .Section(".data", ElfWriter.Writable, new byte[24])
                .Symbol(".data", ElfWriter.OfSection, 2).Symbol("first", ElfWriter.LocalObject, 2, 0, 8)
                .Symbol("table", info, 2, 8, size).Symbol("within", ElfWriter.LocalObject, 2, 12, 0)
                .Symbol("p", ElfWriter.GlobalFunction, 1)
                .Relocation(1, 0, 1, 1).Relocation(2, 16, 2, 5).Bytes(),
            new());

        (result is ImageResult.Loaded).ShouldBe(isLoaded);
    }

    // a and c refer to a table of functions, b to a number; the relocations are not in the order of their places.
    [Theory]
    [InlineData("00", false)]
    [InlineData("08", true)]
    [InlineData("10", false)]
    public void Relocations_may_stand_in_any_order(string offset, bool isLoaded)
    {
        var result = ImageFile.Read(
            new ElfWriter()
                .Code("p", $"18010000{offset}000000", "0000000000000000", "9500000000000000")
                .Section(".data", ElfWriter.Writable, new byte[24])
                .Section(".table", ElfWriter.ReadOnly, new byte[16])
                .Symbol(".data", ElfWriter.OfSection, 2).Symbol("a", ElfWriter.LocalObject, 2, 0, 8)
                .Symbol("b", ElfWriter.LocalObject, 2, 8, 8).Symbol("c", ElfWriter.LocalObject, 2, 16, 8)
                .Symbol("number", ElfWriter.LocalObject, 3, 0, 8).Symbol("table", ElfWriter.LocalObject, 3, 8, 8)
                .Symbol("p", ElfWriter.GlobalFunction, 1)
                .Relocation(1, 0, 1, 1).Relocation(2, 16, 2, 6).Relocation(2, 8, 2, 5).Relocation(2, 0, 2, 6)
                .Relocation(3, 8, 2, 7).Bytes(),
            new());

        (result is ImageResult.Loaded).ShouldBe(isLoaded);
    }

    // Behind the last object lies nothing that a symbol tells apart, so that all of the section may be meant.
    [Fact]
    public void The_end_of_an_object_may_mean_any_of_them()
    {
        Reading.Problem(new ElfWriter()
            .Code("p", "1801000010000000", "0000000000000000", "9500000000000000")
            .Section(".data", ElfWriter.Writable, new byte[24])
            .Symbol(".data", ElfWriter.OfSection, 2).Symbol("table", ElfWriter.LocalObject, 2, 0, 8)
            .Symbol("last", ElfWriter.LocalObject, 2, 8, 8).Symbol("p", ElfWriter.GlobalFunction, 1)
            .Relocation(1, 0, 1, 1).Relocation(2, 0, 2, 4).Bytes()).ShouldContain("the address of a function is taken");
    }

    [Theory]
    [InlineData(5, 5, "relocation 4: ")]
    [InlineData(6, 6, "and 1 more like these")]
    [InlineData(8, 6, "and 3 more like these")]
    public void Notes_are_few(int open, int count, string last)
    {
        var elf = new ElfWriter()
            .Code("p", "1801000000000000", "0000000000000000", "9500000000000000")
            .Section(".data", ElfWriter.Writable, new byte[72])
            .Symbol(".data", ElfWriter.OfSection, 2).Symbol("table", ElfWriter.LocalObject, 2, 8, 64).Symbol(
                "p", ElfWriter.GlobalFunction, 1)
            .Symbol("first", ElfWriter.LocalObject, 2, 0, 8)
            .Relocation(1, 0, 1, 1);
        for (var i = 1; i <= open; i++) elf.Relocation(2, (ulong)i * 8, 2, 3);

        var notes = Reading.Image(elf.Bytes()).Notes;

        notes.Count.ShouldBe(count);
        notes[^1].ShouldContain(last);
    }

    [Fact]
    public void A_declared_function_with_the_name_of_a_helper_is_a_call_of_it()
    {
        var elf = new ElfWriter()
            .Code("p", "85100000ffffffff", "9500000000000000")
            .Symbol("memcpy", ElfWriter.GlobalLabel, 0).Relocation(1, 0, 10, 1).Bytes();

        Convert.ToHexStringLower(Reading.Image(elf).Program.AsSpan()).ShouldBe("8500000002000000" + "9500000000000000");
        Reading.Problem(elf, new() { Helpers = [] }).ShouldBe(
            "section 4 (.relp), relocation 0: 'memcpy' is called but not defined in this object; memcpy is helper 0x2; "
            + "grant it by --helpers memcpy");
        Convert.ToHexStringLower(Reading.Image(elf, new() { Helpers = [new(0xffff_fffe, "memcpy", "", [])] }).Program.AsSpan())
            .ShouldBe("85000000feffffff" + "9500000000000000");
    }

    [Fact]
    public void A_weak_function_that_is_not_defined_cannot_be_called() =>
        Reading.Problem(new ElfWriter()
            .Code("p", "85100000ffffffff", "9500000000000000")
            .Symbol("maybe", ElfWriter.WeakNothing, 0).Relocation(1, 0, 10, 1).Bytes())
            .ShouldBe("section 4 (.relp), relocation 0: 'maybe' is called but not defined in this object; "
                + "it is weak, so its address is 0, where nothing can be called");

    // p and q lie in two sections, p calls q; what leads out of p may not lead into q by chance.
    [Theory]
    [InlineData("0500010000000000", "slot 1 of section 1 (p) jumps to slot 3, outside of it")]
    [InlineData("8510000001000000", "slot 1 of section 1 (p) calls slot 3, outside of it")]
    [InlineData("0500020000000000", null)]
    [InlineData("0500fdff00000000", null)]
    [InlineData("8510000002000000", null)]
    [InlineData("85100000fdffffff", null)]
    public void Nothing_leads_into_another_section_by_chance(string slot, string? problem) =>
        Of(ImageFile.Read(
            new ElfWriter()
                .Code("p", "85100000ffffffff", slot, "9500000000000000").Code("q", "9500000000000000")
                .Symbol("p", ElfWriter.GlobalFunction, 1).Symbol("q", ElfWriter.LocalFunction, 2)
                .Relocation(1, 0, 10, 2).Bytes(),
            new())).ShouldBe(problem);

    [Fact]
    public void Nothing_leads_back_to_the_first_slot_of_all_by_chance() =>
        Of(ImageFile.Read(
            new ElfWriter()
                .Code("p", "85100000ffffffff", "9500000000000000").Code("q", "0500fdff00000000")
                .Symbol("p", ElfWriter.GlobalFunction, 1).Symbol("q", ElfWriter.LocalFunction, 2)
                .Relocation(1, 0, 10, 2).Bytes(),
            new())).ShouldBe("slot 0 of section 2 (q) jumps to slot -2, outside of it");

    [Theory]
    [InlineData("b700000000000000", "execution goes on behind slot 1, the last of section 1 (p)")]
    [InlineData("9500000000000000", null)]
    [InlineData("0500feff00000000", null)]
    [InlineData("18000000000000000000000000000000", "execution goes on behind slot 1, the last of section 1 (p)")]
    [InlineData("1500feff00000000", "execution goes on behind slot 1, the last of section 1 (p)")]
    public void Execution_does_not_go_on_in_another_section(string last, string? problem) =>
        Of(ImageFile.Read(
            new ElfWriter()
                .Code("p", "85100000ffffffff", last).Code("q", "9500000000000000")
                .Symbol("p", ElfWriter.GlobalFunction, 1).Symbol("q", ElfWriter.LocalFunction, 2)
                .Relocation(1, 0, 10, 2).Bytes(),
            new())).ShouldBe(problem);

    private static string? Of(ImageResult result) => result is ImageResult.Malformed(var problem) ? problem : null;
}
