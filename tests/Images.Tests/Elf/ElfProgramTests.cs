namespace RbpfSpec.Images.Tests.Elf;

public class ElfProgramTests
{
    [Fact]
    public void Text_is_preferred_and_starts_at_its_first_slot()
    {
        var image = Reading.Image(Repository.Linking());

        image.Program.Count.ShouldBe(0x1f0);
        image.Entry.ShouldBe(0);
        image.Notes.ShouldBe(
            ["section 2 (.text) has 2 global functions (triple, "
                + "entry) and none was chosen: the program starts at its slot 0"]);
    }

    [Theory]
    [InlineData("triple", 0)]
    [InlineData("entry", 8)]
    [InlineData("sum", 51)]
    [InlineData("LBB2_2", 55)]
    public void A_function_is_where_the_program_starts(string function, int slot)
    {
        var image = Reading.Image(Repository.Linking(), new() { Function = function });

        image.Entry.ShouldBe(slot);
        image.Program.Count.ShouldBe(0x1f0);
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
    public void The_only_global_function_is_where_the_program_starts()
    {
        var elf = ElfObject.Linking();

        // Local binding, type function.
        var image = Reading.Image(elf.Put(elf.Symbol("triple") + 4, 0x02).Bytes);

        image.Entry.ShouldBe(8);
        image.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Text_follows_a_section_that_calls_it()
    {
        var image = Reading.Image(Repository.Linking(), new() { Section = "outside" });

        image.Program.Count.ShouldBe(0x38 + 0x1f0);
        image.Entry.ShouldBe(0);
        image.Functions.ShouldBe([new("caller", 0, 7), new("triple", 7, 8), new("entry", 15, 43), new("sum", 58, 11)]);
    }

    [Fact]
    public void The_only_section_with_instructions_is_the_program()
    {
        var elf = new ElfObject(Repository.Example("increment"));

        Reading.Image(elf.Rename(".text", ".prog").Bytes).Program.Count.ShouldBe(24);
    }

    [Fact]
    public void Several_sections_without_a_common_one_are_a_question()
    {
        var elf = ElfObject.Linking();

        Reading.Problem(elf.Put64(elf.Header(".text") + 0x20, 0).Bytes)
            .ShouldBe("2 sections hold instructions (isolated, outside); choose one of them");
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
            .ShouldBe("2 sections have a function 'entry'; choose one of .text, isolated, outside");
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

        Reading.Problem(elf.Put64(elf.Header(".text") + 0x20, 0x1ec).Bytes)
            .ShouldBe("section 2 (.text): 492 bytes are not a whole number of slots of 8 bytes");
    }
}
