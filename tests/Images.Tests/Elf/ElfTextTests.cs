namespace RbpfSpec.Images.Tests.Elf;

public class ElfTextTests
{
    private const string End = "9500000000000000";
    private const string Nop = "0500000000000000";
    private const string One = "b700000001000000";

    // Three functions a, b, c of two slots each; the entry is b.
    [Theory]
    [InlineData(new[] { One, End, One, End, One, End }, 2, 2)]
    [InlineData(new[] { One, One, One, End, One, End }, 0, 4)]
    [InlineData(new[] { One, End, One, One, One, End }, 2, 4)]
    [InlineData(new[] { One, End, One, Nop, One, End }, 2, 4)]
    [InlineData(new[] { One, End, One, "0500feff00000000", One, End }, 2, 2)]
    [InlineData(new[] { One, End, "1500010000000000", End, One, End }, 2, 4)]
    [InlineData(new[] { One, End, "1500fdff00000000", End, One, End }, 0, 4)]
    [InlineData(new[] { One, End, One, End, One, "0500fbff00000000" }, 0, 6)]
    [InlineData(new[] { One, End, One, End, One, "0500fcff00000000" }, 2, 4)]
    [InlineData(new[] { "1500040000000000", End, One, End, One, End }, 0, 6)]
    [InlineData(new[] { One, End, One, End, One, "0500ff7f00000000" }, 2, 2)]
    [InlineData(new[] { One, "8510000001000000", One, End, One, End }, 0, 4)]
    public void What_execution_goes_on_to_stays_together(string[] slots, int first, int count)
    {
        var image = Reading.Image(Three(slots), new() { Function = "b" });

        image.Parts.ShouldBe([new("p", 1, first, 0, count)]);
        image.Entry.ShouldBe(2 - first);
        Convert.ToHexStringLower(image.Program.AsSpan()).ShouldBe(string.Concat(slots[first..(first + count)]));
    }

    [Fact]
    public void Called_functions_are_part_and_others_are_not()
    {
        // a calls c by distance; b, between them, is left out, so that the distance is another.
        var image = Reading.Image(
            Three(["8510000003000000", End, "8500000063000000", End, One, End]), new() { Function = "a" });

        Convert.ToHexStringLower(image.Program.AsSpan()).ShouldBe("8510000001000000" + End + One + End);
        image.Functions.ShouldBe([new("a", 0, 2), new("c", 2, 2)]);
        image.Parts.ShouldBe([new("p", 1, 0, 0, 2), new("p", 1, 4, 2, 2)]);
    }

    [Fact]
    public void A_function_calls_itself_and_those_before_it()
    {
        var image = Reading.Image(
            Three([One, End, "85100000ffffffff", End, "85100000fdffffff", End]), new() { Function = "c" });

        Convert.ToHexStringLower(image.Program.AsSpan()).ShouldBe("85100000ffffffff" + End + "85100000fdffffff" + End);
        image.Entry.ShouldBe(2);
    }

    [Fact]
    public void Names_at_the_end_of_a_section_divide_nothing()
    {
        var image = Reading.Image(new ElfWriter().Code("p", One, End)
            .Symbol("p", ElfWriter.GlobalFunction, 1, 0, 16).Symbol("behind", ElfWriter.LocalFunction, 1, 16).Symbol(
                "end", 0, 1, 16).Bytes());

        image.Functions.ShouldBe([new("p", 0, 2), new("behind", 2, 0)]);
        image.Labels.ShouldBe([new("end", 2)]);
    }

    [Fact]
    public void A_call_without_a_relocation_may_lead_to_the_first_slot() =>
        Convert.ToHexStringLower(Reading.Image(new ElfWriter().Code("p", "85100000ffffffff", "85100000feffffff", End)
            .Symbol("p", ElfWriter.GlobalFunction, 1).Bytes()).Program.AsSpan()).ShouldBe("85100000ffffffff" + "85100000feffffff" + End);

    [Fact]
    public void A_wide_load_goes_on_behind_its_second_slot()
    {
        var image = Reading.Image(
            Three([One, End, "1800000001000000", "0000000000000000", One, End]), new() { Function = "b" });

        image.Parts.ShouldBe([new("p", 1, 2, 0, 4)]);
    }

    // The second slot of the LDDW looks like a jump to the next function.
    [Fact]
    public void The_second_slot_of_a_wide_load_leads_nowhere()
    {
        var image = Reading.Image(new ElfWriter()
            .Code("p", "1800000001000000", "1500010000000000", End, One, End)
            .Symbol("a", ElfWriter.GlobalFunction, 1, 0, 24).Symbol("b", ElfWriter.LocalFunction, 1, 24, 16).Bytes());

        image.Parts.ShouldBe([new("p", 1, 0, 0, 3)]);
    }

    [Fact]
    public void A_symbol_within_a_wide_load_divides_nothing()
    {
        var image = Reading.Image(
            Three([One, "1800000001000000", "0000000000000000", End, One, End]), new() { Function = "a" });

        image.Parts.ShouldBe([new("p", 1, 0, 0, 4)]);
    }

    [Fact]
    public void Two_relocations_of_one_slot_are_a_problem()
    {
        var elf = new ElfWriter().Code("p", "85100000ffffffff", End).Symbol("p", ElfWriter.GlobalFunction, 1)
            .Relocation(1, 0, 10, 1).Relocation(1, 0, 10, 1).Bytes();

        Reading.Problem(elf).ShouldBe(
            "section 4 (.relp), relocation 1: is a second relocation of slot 0 of section 1 (p); one is expected");
    }

    [Fact]
    public void What_is_not_reached_may_be_anything()
    {
        // b calls what is not defined, c loads the address of what is not defined.
        var elf = new ElfWriter()
            .Code("p", One, End, "85100000ffffffff", End, "1801000000000000", "0000000000000000", End)
            .Symbol("a", ElfWriter.GlobalFunction, 1, 0, 16).Symbol("b", ElfWriter.GlobalFunction, 1, 16, 16)
            .Symbol("c", ElfWriter.GlobalFunction, 1, 32, 24).Symbol("missing", ElfWriter.GlobalLabel, 0)
            .Relocation(1, 16, 10, 4).Relocation(1, 32, 1, 4).Bytes();

        Reading.Image(elf, new() { Function = "a" }).Program.Count.ShouldBe(16);
        Reading.Problem(elf, new() { Function = "b" }).ShouldContain("'missing' is called but not defined");
        Reading.Problem(elf, new() { Function = "c" }).ShouldContain("'missing' is declared but not defined");
    }

    // Each of a thousand functions jumps over all that follow it; each is linked with all others, and none twice.
    [Fact]
    public void Taking_a_section_apart_is_linear()
    {
        static byte[] Object(int functions)
        {
            var elf = new ElfWriter();
            elf.Code("p", [.. Enumerable.Range(0, functions).Select(index => $"1500{Hex16(functions - 1 - index)}00000000"), End]);
            for (var i = 0; i < functions; i++) elf.Symbol("f", ElfWriter.LocalFunction, 1, (ulong)i * 8, 8);
            return elf.Symbol("entry", ElfWriter.GlobalFunction, 1).Bytes();
        }

        static string Hex16(int value) => Convert.ToHexStringLower(BitConverter.GetBytes((ushort)value));
        static long Allocated(byte[] elf)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Reading.Image(elf).Parts.Count.ShouldBe(1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var (small, large) = (Object(1000), Object(8000));
        Allocated(small);

        Allocated(large).ShouldBeLessThan(16 * Allocated(small));
    }

    private static byte[] Three(string[] slots) => new ElfWriter().Code("p", slots)
        .Symbol("c", ElfWriter.GlobalFunction, 1, 32, 16).Symbol("a", ElfWriter.LocalFunction, 1, 0, 16)
        .Symbol("b", ElfWriter.GlobalFunction, 1, 16, 16).Bytes();
}
