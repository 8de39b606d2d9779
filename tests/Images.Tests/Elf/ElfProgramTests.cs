namespace RbpfSpec.Images.Tests.Elf;

public class ElfProgramTests
{
    [Theory]
    [InlineData("triple", 0, 8)]
    [InlineData("entry", 8, 62)]
    [InlineData("sum", 0, 11)]
    [InlineData("LBB2_2", 4, 11)]
    public void A_function_is_where_the_program_starts(string function, int slot, int slots)
    {
        var image = Reading.Image(Repository.Linking(), new() { Function = function });

        image.Entry.ShouldBe(slot);
        image.Program.Count.ShouldBe(slots * 8);
        image.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void A_function_chooses_its_section()
    {
        var image = Reading.Image(Repository.Linking(), new() { Function = "alone" });

        image.Program.Count.ShouldBe(24);
        image.Functions.ShouldBe([new("alone", 0, 3)]);
    }

    [Fact]
    public void Functions_that_are_called_follow_from_their_section()
    {
        var image = Reading.Image(Repository.Linking(), new() { Section = "outside" });

        image.Program.Count.ShouldBe((7 + 8 + 11) * 8);
        image.Entry.ShouldBe(0);
        image.Functions.ShouldBe([new("caller", 0, 7), new("triple", 7, 8), new("sum", 15, 11)]);
        image.Parts.ShouldBe([new("outside", 5, 0, 0, 7), new(".text", 2, 0, 7, 8), new(".text", 2, 51, 15, 11)]);
    }

    // a of one section calls b of a second, which calls c of a third, which calls a.
    [Fact]
    public void Sections_follow_the_one_that_starts_in_the_order_of_the_file()
    {
        var image = Reading.Image(new ElfWriter()
            .Code(".text.c", "85100000ffffffff", "9500000000000000").Code(".text.a", "85100000ffffffff", "9500000000000000")
            .Code(".text.unused", "85100000ffffffff", "9500000000000000").Code(".text.b", "85100000ffffffff", "9500000000000000")
            .Symbol("c", ElfWriter.LocalFunction, 1).Symbol("a", ElfWriter.GlobalFunction, 2).Symbol("b", ElfWriter.LocalFunction, 4)
            .Relocation(2, 0, 10, 3).Relocation(4, 0, 10, 1).Relocation(1, 0, 10, 2).Relocation(3, 0, 10, 0).Bytes());

        image.Parts.Select(part => part.Section).ShouldBe([".text.a", ".text.c", ".text.b"]);
        Convert.ToHexStringLower(image.Program.AsSpan()).ShouldBe(
            "8510000003000000" + "9500000000000000" + "85100000fdffffff" + "9500000000000000" + "85100000fdffffff" + "9500000000000000");
        image.Entry.ShouldBe(0);
    }

    // The second slot of an LDDW looks like a call of b.
    [Fact]
    public void The_second_slot_of_a_wide_load_calls_nothing()
    {
        var image = Reading.Image(new ElfWriter()
            .Code("p", "1800000000000000", "8510000001000000", "9500000000000000", "9500000000000000")
            .Symbol("a", ElfWriter.GlobalFunction, 1, 0, 24).Symbol("b", ElfWriter.LocalFunction, 1, 24, 8).Bytes());

        image.Parts.ShouldBe([new("p", 1, 0, 0, 3)]);
        Convert.ToHexStringLower(image.Program.AsSpan()).ShouldBe("1800000000000000" + "8510000001000000" + "9500000000000000");
    }

    [Fact]
    public void A_section_without_functions_is_linked_whole()
    {
        var image = Reading.Image(new ElfWriter()
            .Code("p", "85100000ffffffff", "9500000000000000").Code("q", "b700000001000000", "9500000000000000")
            .Symbol("p", ElfWriter.GlobalFunction, 1).Symbol("q", ElfWriter.OfSection, 2)
            .Relocation(1, 0, 10, 2).Bytes());

        image.Program.Count.ShouldBe(32);
    }

    [Fact]
    [Trait("Needs", "time")]
    public void The_sections_linked_are_bounded_together()
    {
        // Two sections of as many bytes each: p calls q.
        static ElfWriter Object(int size)
        {
            var code = new byte[size];
            Convert.FromHexString("85100000ffffffff").CopyTo(code, 0);
            code[^8] = 0x95;
            return new ElfWriter().Section("p", ElfWriter.Text, code).Section("q", ElfWriter.Text, code)
                .Symbol("p", ElfWriter.GlobalFunction, 1).Symbol("q", ElfWriter.LocalFunction, 2);
        }

        Reading.Image(Object((8 << 20) + 8).Bytes()).Program.Count.ShouldBe((8 << 20) + 8);
        Reading.Image(Object(8 << 20).Relocation(1, 0, 10, 2).Bytes()).Program.Count.ShouldBe(16 << 20);
        Reading.Problem(Object((8 << 20) + 8).Relocation(1, 0, 10, 2).Bytes()).ShouldBe(
            "section 2 (q): the program's sections have 16777232 bytes; at most 16777216 are supported");
    }

    [Fact]
    public void A_section_linked_is_bounded()
    {
        var code = new byte[(1 << 24) + 8];

        Reading.Problem(new ElfWriter().Section("p", ElfWriter.Text, code).Bytes()).ShouldBe(
            "section 1 (p): the program has 16777224 bytes; at most 16777216 are supported");
        Reading.Image(new ElfWriter().Section("p", ElfWriter.Text, code[..^8]).Bytes()).Program.Count.ShouldBe(1 << 24);
    }

    [Fact]
    public void The_only_section_with_instructions_is_the_program()
    {
        var elf = new ElfObject(Repository.Example("increment"));

        Reading.Image(elf.Rename(".text", ".prog").Bytes).Program.Count.ShouldBe(24);
    }

    [Fact]
    public void An_object_without_instructions_is_a_problem()
    {
        var elf = new ElfObject(Repository.Example("increment"));

        Reading.Problem(elf.Put64(elf.Header(".text") + 0x20, 0).Bytes)
            .ShouldBe("the object has no instructions: no executable section with contents");
    }

    [Theory]
    [InlineData("missing")]
    [InlineData(".data")]
    public void A_section_without_instructions_is_a_problem(string section) =>
        Reading.Problem(Repository.Linking(), new() { Section = section })
            .ShouldBe($"there is no section '{section}' with instructions; there is .text, isolated, outside");

    [Fact]
    public void A_function_that_does_not_exist_is_a_problem() =>
        Reading.Problem(Repository.Linking(), new() { Function = "table" })
            .ShouldBe("there is no function 'table'; there is sum, triple, entry, alone, caller");

    [Fact]
    public void A_function_of_another_section_is_a_problem() =>
        Reading.Problem(Repository.Linking(), new() { Section = "isolated", Function = "sum" })
            .ShouldBe("there is no function 'sum' in section 4 (isolated); there is sum, triple, entry, alone, caller");

    [Fact]
    public void Two_sections_of_one_name_are_a_problem()
    {
        var elf = ElfObject.Linking();
        elf.Put(elf.Header("isolated"), elf.Bytes.AsSpan(elf.Header("outside"), 4).ToArray());

        Reading.Problem(elf.Bytes, new() { Section = "outside" })
            .ShouldBe("2 sections with instructions are named 'outside'; one is expected");
    }

    [Fact]
    public void Two_functions_of_one_name_are_a_problem()
    {
        var elf = ElfObject.Linking();
        elf.Put(elf.Symbol("sum"), elf.Bytes.AsSpan(elf.Symbol("entry"), 4).ToArray());

        Reading.Problem(elf.Bytes, new() { Function = "entry" })
            .ShouldBe("2 functions of section 2 (.text) are named 'entry'; one is expected");
    }

    [Fact]
    public void A_function_of_two_sections_is_a_question()
    {
        var elf = ElfObject.Linking();
        elf.Put(elf.Symbol("alone"), elf.Bytes.AsSpan(elf.Symbol("entry"), 4).ToArray());

        Reading.Problem(elf.Bytes, new() { Function = "entry" })
            .ShouldBe("2 sections have a function 'entry'; choose one of .text, isolated (--section)");
    }

    [Theory]
    [InlineData(0x44UL)]
    [InlineData(0x1f0UL)]
    [InlineData(ulong.MaxValue)]
    public void A_program_starts_at_a_slot_of_its_section(ulong value)
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Symbol("entry") + 8, value).Bytes, new() { Function = "entry" })
            .ShouldBe($"symbol 12 (entry): byte {value} of section 2 (.text) does not start a slot of it");
    }

    [Fact]
    public void A_section_holds_whole_slots()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".text") + 0x20, 0x1ec).Bytes, new() { Function = "entry" })
            .ShouldBe("section 2 (.text): 492 bytes are not a whole number of slots of 8 bytes");
    }
}
