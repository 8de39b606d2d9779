namespace RbpfSpec.Conformance.Tests;

public class DataFileTests
{
    private const string NeitherBytesNorWords =
        "the program is neither bytes (two hexadecimal digits each) nor 64-bit words (0x…)";

    private const string Exit = "9500000000000000";

    [Fact]
    public void An_assembly_file_is_a_program_its_memory_and_its_result()
    {
        var vector = Load(
            """
            # Licence and other notes stand before the first section.
            -- asm
            # the context's first byte
            ldxb %r0, [%r1]
            exit
            -- mem
            2a 00
            ff
            -- result
            0x2a
            """);

        vector.Name.ShouldBe("sample");
        Bytes(vector).ShouldBe("7110000000000000" + Exit);
        vector.Memory.ShouldBe([0x2a, 0x00, 0xff]);
        vector.Expectation.ShouldBe(new Expectation.Returns(0x2a));
    }

    [Fact]
    public void A_file_without_memory_has_an_empty_one() =>
        Load("-- asm\nexit\n-- result\n0\n").Memory.ShouldBe([]);

    [Theory]
    [InlineData("0x95")]
    [InlineData("0x0000000000000095\n")]
    [InlineData("95 00 00 00 00 00 00 00")]
    [InlineData("95 00 00 00\n00 00 00 00")]
    public void A_raw_program_is_words_or_bytes(string raw) =>
        Bytes(Load($"-- raw\n{raw}\n-- result\n0")).ShouldBe(Exit);

    [Fact]
    public void Words_are_stored_with_the_least_significant_byte_first() =>
        Bytes(Load("-- raw\n0x0000002a000000b7\n0x95\n-- result\n42")).ShouldBe("b70000002a000000" + Exit);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0x7", 7)]
    [InlineData("  0xffffffffffffffff  ", ulong.MaxValue)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("-2", ulong.MaxValue - 1)]
    public void A_result_is_decimal_hexadecimal_or_negative(string text, ulong expected) =>
        Load($"-- asm\nexit\n-- result\n{text}\n").Expectation.ShouldBe(new Expectation.Returns(expected));

    [Fact]
    public void An_error_section_means_that_the_program_is_to_be_refused()
    {
        Load("-- asm\nexit\n-- error\n").Expectation.ShouldBe(new Expectation.Refuses());
        Load("-- raw\n0x95\n-- error\nUnknown instruction").Expectation.ShouldBe(new Expectation.Refuses());
    }

    [Fact]
    public void A_file_without_result_or_error_says_nothing_about_what_comes_out()
    {
        Load("-- asm\nexit\n").IsStated.ShouldBeFalse();
        Load("-- asm\nexit\n-- result\n0").IsStated.ShouldBeTrue();
        Load("-- asm\nexit\n-- error\n").IsStated.ShouldBeTrue();
    }

    [Theory]
    [InlineData("trap MemoryAccess at slot 2", true)]
    [InlineData("trap 1 at slot 2", false)]
    [InlineData("trap MemoryAccess at slot -1", false)]
    public void A_trap_is_named_and_a_number_is_no_name(string error, bool isTrap) =>
        (Load($"-- asm\nexit\n-- error\n{error}\n").Expectation is Expectation.Traps).ShouldBe(isTrap);

    [Fact]
    public void Other_sections_are_notes() =>
        Bytes(Load("-- c\nint f() { return 0; }\n-- no register offset\ncall instruction\n-- asm\nexit\n-- result\n0"))
            .ShouldBe(Exit);

    [Fact]
    public void Line_ends_may_be_those_of_Windows()
    {
        var vector = Load("-- asm\r\nldxb %r0, [%r1]\r\nexit\r\n-- mem\r\n01\r\n02\r\n-- result\r\n0x1\r\n");

        Bytes(vector).ShouldBe("7110000000000000" + Exit);
        vector.Memory.ShouldBe([1, 2]);
        vector.Expectation.ShouldBe(new Expectation.Returns(1));
    }

    [Fact]
    public void An_instruction_outside_the_RFC_makes_the_vector_unsupported_not_malformed()
    {
        var vector = Load("-- asm\nmov %r0, 0\ncallx %r2\nexit\n-- result\n0");

        vector.Program.ShouldBeOfType<VectorProgram.Unsupported>().Reason
            .ShouldStartWith("line 3, column 1: found callx, a call through a register ");
    }

    [Theory]
    [InlineData("", 1, "there is no section '-- asm' and none '-- raw'; one of them is the program")]
    [InlineData("exit\n", 1, "there is no section '-- asm' and none '-- raw'; one of them is the program")]
    [InlineData("-- mem\n00\n-- result\n0", 1, "there is no section '-- asm' and none '-- raw'; one of them is the program")]
    [InlineData("-- asm\nexit\n-- result\nseven", 4, "the result is 'seven'; expected a number of up to 64 bits")]
    [InlineData("-- asm\nexit\n-- result\n", 4, "the result is ''; expected a number of up to 64 bits")]
    [InlineData("-- asm\nexit\n-- mem\n0\n-- result\n0", 4, "the memory is not bytes; expected two hexadecimal digits each")]
    [InlineData("-- result\n0\n-- raw\n0x95\nnine", 4, NeitherBytesNorWords)]
    [InlineData("-- result\n0\n-- raw\n95 000", 4, NeitherBytesNorWords)]
    [InlineData("-- result\n0\n-- raw\n149", 4, NeitherBytesNorWords)]
    [InlineData("-- result\n0\n-- raw\n9g", 4, NeitherBytesNorWords)]
    [InlineData("-- asm\nexit\n-- asm\nexit\n-- result\n0", 3, "the section '-- asm' stands here a second time; expected it once")]
    [InlineData(
        "-- asm\nexit\n-- result\n0\n-- mem\n00\n-- result\n1",
        7,
        "the section '-- result' stands here a second time; expected it once")]
    public void A_malformed_file_is_met_by_line_and_problem(string text, int line, string problem) =>
        DataFile.Read("sample", text).ShouldBe(new VectorText.Malformed(line, problem));

    [Fact]
    public void A_line_of_assembly_that_is_wrong_is_met_by_its_line_in_the_file()
    {
        var malformed = DataFile.Read("sample", "# a note\n-- mem\n00\n-- asm\nmov %r0, 1\n  mov %r11, 1\nexit\n-- result\n1")
            .ShouldBeOfType<VectorText.Malformed>();

        malformed.Line.ShouldBe(6);
        malformed.Problem.ShouldStartWith("column 7: found '%r11'; expected ");
    }

    private static Vector Load(string text) =>
        DataFile.Read("sample", text).ShouldBeOfType<VectorText.Loaded>().Vectors.ShouldHaveSingleItem();

    private static string Bytes(Vector vector) =>
        Convert.ToHexStringLower(vector.Program.ShouldBeOfType<VectorProgram.Code>().Bytes.AsSpan());
}
