namespace RbpfSpec.Images.Tests.Rbf;

public class RbfReaderTests
{
    [Fact]
    public void A_container_is_a_program_with_its_data()
    {
        var image = Reading.Image(RbfObject.Small().ToBytes());

        image.Format.ShouldBe(ImageFormat.Rbf);
        image.Entry.ShouldBe(0);
        image.Notes.ShouldBeEmpty();
        image.Regions.Select(region => (region.Name, region.Address, region.Permission)).ShouldBe(
            [(".data", 0x3000_0000UL, Permission.ReadWrite), (".rodata", 0x3000_2000UL, Permission.Read)]);
        image.Regions[0].Bytes.ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        image.Regions[1].Bytes.Count.ShouldBe(16);
        image.Functions.ShouldBe([new("run", 0, 6), new("end", 6, 1)]);
    }

    [Fact]
    public void Relative_loads_become_wide_loads_of_addresses() =>
        Convert.ToHexStringLower(Reading.Image(RbfObject.Small().ToBytes()).Program.AsSpan()).ShouldBe(
            "18010000040000300000000000000000"
            + "18020000032000300000000000000000"
            + "18030000d80000000000000000000000"
            + "9500000000000000");

    [Theory]
    [InlineData("b8010000ffffffff00000000ffffffff", 0x3000_0000, "18010000ffffff2f0000000000000000")]
    [InlineData("b8010000ffffffff0000000001000000", 0x3000_0000, "18010000ffffff2f0000000002000000")]
    [InlineData("b801000001000000" + "0000000000000000", 0xabcd_0000_0010, "1801000011000000" + "00000000cdab0000")]
    public void Addresses_are_sums_modulo_64_bits(string load, ulong baseAddress, string expected)
    {
        var container = RbfObject.Small() with { Text = Convert.FromHexString(load), Functions = [] };

        var image = Reading.Image(container.ToBytes(), new() { BaseAddress = baseAddress });

        Convert.ToHexStringLower(image.Program.AsSpan()).ShouldBe(expected);
    }

    [Fact]
    public void The_C_headers_magic_is_noted()
    {
        var image = Reading.Image((RbfObject.Small() with { Magic = [0x46, 0x50, 0x42, 0x72] }).ToBytes());

        image.Notes.ShouldBe(
            ["the magic is 46 50 42 72, the C headers' 0x72425046 in little-endian order; "
                + "gen_rbf.py writes 72 42 50 46"]);
    }

    [Theory]
    [InlineData(0xb8)]
    [InlineData(0xd8)]
    [InlineData(0x18)]
    public void A_wide_instruction_at_the_end_is_a_problem(byte opcode)
    {
        var container = RbfObject.Small() with { Text = [.. new byte[8], opcode, 0, 0, 0, 0, 0, 0, 0] };

        Reading.Problem(container.ToBytes())
            .ShouldBe($"text, slot 1: opcode {opcode:x2} takes two slots, but the text ends after 2");
    }

    [Theory]
    [InlineData("0100000000000000")]
    [InlineData("0010000000000000")]
    [InlineData("0000008000000000")]
    public void The_second_slot_holds_nothing_but_an_immediate(string second)
    {
        var container = RbfObject.Small() with { Text = Convert.FromHexString("b801000000000000" + second) };

        Reading.Problem(container.ToBytes())
            .ShouldBe($"text, slot 1: the second slot of opcode b8 holds {second}; all but its immediate must be zero");
    }

    [Theory]
    [InlineData(0xb8, ".data")]
    [InlineData(0xd8, ".rodata")]
    public void A_load_from_data_that_do_not_exist_is_a_problem(byte opcode, string name)
    {
        var container = new RbfObject { Text = [opcode, .. new byte[15]] };

        Reading.Problem(container.ToBytes())
            .ShouldBe($"text, slot 0: opcode {opcode:x2} loads an address in {name}, which is empty");
    }

    [Fact]
    public void A_function_is_where_the_program_starts() =>
        Reading.Image(RbfObject.Small().ToBytes(), new() { Section = ".text", Function = "end" }).Entry.ShouldBe(6);

    [Fact]
    public void A_function_that_does_not_exist_is_a_problem()
    {
        Reading.Problem(RbfObject.Small().ToBytes(), new() { Function = "main" })
            .ShouldBe("there is no function 'main'; there is run, end");
        Reading.Problem((RbfObject.Small() with { Functions = [] }).ToBytes(), new() { Function = "main" })
            .ShouldBe("there is no function 'main'; there is none");
    }

    [Fact]
    public void Two_functions_of_one_name_are_a_problem() =>
        Reading.Problem(
            (RbfObject.Small() with { Functions = [(3, 0, 0), (3, 0, 48)] }).ToBytes(), new() { Function = "run" })
            .ShouldBe("2 functions are named 'run'; one is expected");

    [Fact]
    public void A_container_has_one_section() =>
        Reading.Problem(RbfObject.Small().ToBytes(), new() { Section = "xdp" })
            .ShouldBe("there is no section 'xdp' with instructions; a container has one, .text");

    [Fact]
    public void Data_that_do_not_fit_are_a_problem() =>
        Reading.Problem(RbfObject.Small().ToBytes(), new() { BaseAddress = ulong.MaxValue })
            .ShouldBe(".data of 8 bytes does not fit above address 0xffffffffffffffff; a lower base address is needed");
}
