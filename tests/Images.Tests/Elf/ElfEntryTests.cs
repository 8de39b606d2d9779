namespace RbpfSpec.Images.Tests.Elf;

public class ElfEntryTests
{
    private const string End = "9500000000000000";
    private const string One = "b700000001000000";

    [Fact]
    public void Functions_of_text_are_no_entries_once_another_section_holds_programs()
    {
        var elf = new ElfWriter()
            .Code(".text", One, End).Code(".text.hot", One, End).Code("xdp", End, "b700000003000000", End)
            .Symbol("helper", ElfWriter.GlobalFunction, 1).Symbol("other", ElfWriter.GlobalFunction, 2)
            .Symbol("prog", ElfWriter.GlobalFunction, 3, 8).Bytes();

        Entry(elf).ShouldBe("prog");
        Reading.Image(elf).Program.Count.ShouldBe(16);
        Entry(elf, section: ".text").ShouldBe("helper");
        Entry(elf, function: "other").ShouldBe("other");
    }

    [Fact]
    public void A_section_of_programs_may_have_static_functions_too() =>
        Entry(new ElfWriter()
            .Code(".text", One, End).Code("xdp", One, End, One, End)
            .Symbol("helper", ElfWriter.GlobalFunction, 1).Symbol("aside", ElfWriter.LocalFunction, 2)
            .Symbol("prog", ElfWriter.GlobalFunction, 2, 16).Bytes()).ShouldBe("prog");

    [Fact]
    public void A_static_function_of_another_section_is_no_program()
    {
        Entry(new ElfWriter()
            .Code(".text", One, End).Code("cold", One, End)
            .Symbol("entry", ElfWriter.GlobalFunction, 1).Symbol("aside", ElfWriter.LocalFunction, 2).Bytes()).ShouldBe("entry");
    }

    [Theory]
    [InlineData(".text", ".text.f")]
    [InlineData(".text.f", ".text.g")]
    [InlineData("one", "two")]
    public void Several_candidates_are_a_question(string first, string second) =>
        Reading.Problem(new ElfWriter()
            .Code(first, One, End).Code(second, One, End)
            .Symbol("f", ElfWriter.GlobalFunction, 1).Symbol("g", ElfWriter.GlobalFunction, 2).Bytes())
            .ShouldBe(
                $"2 functions could be where the program starts: f (in {first}), g (in {second}); choose one by its name (--function)");

    [Fact]
    public void Several_candidates_of_one_section_are_a_question()
    {
        var elf = new ElfWriter()
            .Code("p", One, End, One, End).Symbol("second", ElfWriter.GlobalFunction, 1, 16).Symbol(
                "first", ElfWriter.GlobalFunction, 1).Bytes();

        Reading.Problem(elf).ShouldBe(
            "2 functions could be where the program starts: first, second, all in section 1 (p); choose one by its name (--function)");
        Reading.Problem(elf, new() { Section = "p" }).ShouldStartWith("2 functions could be where the program starts");
        Reading.Image(elf, new() { Function = "second", Section = "p" }).Program.Count.ShouldBe(16);
    }

    [Fact]
    public void Two_names_of_one_place_are_one_candidate() =>
        Entry(new ElfWriter().Code("p", One, End)
            .Symbol("f", ElfWriter.GlobalFunction, 1).Symbol("alias", ElfWriter.GlobalFunction, 1).Bytes()).ShouldBe("f");

    [Fact]
    public void Inline_functions_of_groups_are_candidates_only_alone()
    {
        var both = new ElfWriter()
            .Section(".text._Z4doubi", ElfWriter.Grouped, Convert.FromHexString(One + End)).Code(".text", One, End)
            .Symbol("_Z4doubi", ElfWriter.WeakFunction, 1).Symbol("entry", ElfWriter.GlobalFunction, 2).Bytes();
        var alone = new ElfWriter()
            .Section(".text._Z4doubi", ElfWriter.Grouped, Convert.FromHexString(One + End))
            .Symbol("_Z4doubi", ElfWriter.WeakFunction, 1).Bytes();

        Entry(both).ShouldBe("entry");
        Entry(alone).ShouldBe("_Z4doubi");
    }

    [Fact]
    public void An_inline_function_of_a_group_goes_before_static_ones_and_labels()
    {
        Entry(new ElfWriter()
            .Code(".text", One, End).Section(".text._Z4doubi", ElfWriter.Grouped, Convert.FromHexString(One + End))
            .Symbol("aside", ElfWriter.LocalFunction, 1).Symbol("label", ElfWriter.GlobalLabel, 1, 8)
            .Symbol("_Z4doubi", ElfWriter.WeakFunction, 2).Bytes()).ShouldBe("_Z4doubi");
    }

    [Fact]
    public void A_weak_function_is_a_candidate_like_others() =>
        Reading.Problem(new ElfWriter().Code("p", One, End, One, End)
            .Symbol("weak", ElfWriter.WeakFunction, 1).Symbol("strong", ElfWriter.GlobalFunction, 1, 16).Bytes())
            .ShouldStartWith("2 functions could be where the program starts: weak, strong,");

    [Fact]
    public void Labels_and_static_functions_are_candidates_where_nothing_else_is()
    {
        Slot(new ElfWriter().Code("p", One, One, End)
            .Symbol("s", ElfWriter.LocalFunction, 1, 8).Symbol("l", ElfWriter.GlobalLabel, 1, 16).Bytes()).ShouldBe("9500000000000000");
        Slot(new ElfWriter().Code("p", One, "b700000002000000", End)
            .Symbol("s", ElfWriter.LocalFunction, 1, 8).Symbol("l", 0, 1, 16).Bytes()).ShouldBe("b700000002000000");
        Slot(new ElfWriter().Code("p", One, End).Symbol("l", 0, 1, 8).Bytes()).ShouldBe(One);
    }

    [Fact]
    public void Sections_without_any_name_are_a_question_if_there_are_several()
    {
        Reading.Problem(new ElfWriter().Code("p", One, End).Code("q", One, End).Bytes())
            .ShouldBe("2 sections hold instructions (p, q) and none a function; choose one of them (--section)");
        Reading.Image(new ElfWriter().Code("p", One, End).Code("q", End).Bytes(), new() { Section = "q" }).Program.Count.ShouldBe(8);
    }

    [Fact]
    public void What_is_asked_names_few_of_many()
    {
        var elf = new ElfWriter().Code("p", [.. Enumerable.Repeat(End, 300)]);
        for (ulong i = 0; i < 300; i++) elf.Symbol($"f{i}" + new string('x', 200), ElfWriter.GlobalFunction, 1, i * 8);

        var problem = Reading.Problem(elf.Bytes());

        problem.ShouldStartWith("300 functions could be where the program starts: f0xxx");
        problem.ShouldContain("x… and 290 more, all in section 1 (p)");
        problem.Length.ShouldBeLessThan(1300);
        Reading.Problem(elf.Bytes(), new() { Function = new string('y', 5000) }).Length.ShouldBeLessThan(1500);
        Reading.Problem(elf.Bytes(), new() { Section = new string('y', 5000) }).Length.ShouldBeLessThan(1500);
    }

    private static string Entry(byte[] elf, string? section = null, string? function = null)
    {
        var image = Reading.Image(elf, new() { Section = section, Function = function });
        return image.Functions.First(candidate => candidate.Slot == image.Entry).Name;
    }

    private static string Slot(byte[] elf)
    {
        var image = Reading.Image(elf);
        return Convert.ToHexStringLower(image.Program.AsSpan().Slice(image.Entry * 8, 8));
    }
}
