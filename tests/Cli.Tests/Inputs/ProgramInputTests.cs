namespace RbpfSpec.Cli.Tests.Inputs;

public class ProgramInputTests : Scratch
{
    [Fact]
    public void A_program_may_be_bytes_hexadecimal_or_assembly_of_either_ending()
    {
        string[] files =
        [
            Write("seven.bin", [0xb7, 0, 0, 0, 7, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]),
            Write("seven.hex", "b7 00 00 00 07 00 00 00 # seven\n9500000000000000\n"),
            Write("seven.s", "mov %r0, 7\nexit\n"),
            Write("seven.asm", "r0 = 7\r\nexit\r\n"),
            Write("seven.S", "mov %r0, 7\nexit\n"),
            Write("seven.txt", "mov %r0, 7\nexit\n"),
            Write("seven.c",
                "unsigned char seven[] = { 0xb7, 0x00, 0x00, 0x00, 0x07, 0x00, 0x00, 0x00,\n 0x95,0x0,0x0,0x0,0x0,0x0,0x0,0x0 };\n"),
        ];

        foreach (var file in files) Rbpf.Run(["run", file]).Holds().ShouldStartWith("r0 = 0x7 (7)\n", Case.Sensitive, file);
    }

    [Fact]
    public void The_form_can_be_asked_for()
    {
        var file = Write("digits.s", "b700000007000000 9500000000000000");

        Rbpf.Run(["run", file]).ExitCode.ShouldBe(2);
        Rbpf.Run(["run", file, "--format", "hex"]).Holds().ShouldStartWith("r0 = 0x7 (7)\n");
    }

    [Fact]
    public void Assembly_can_be_asked_for()
    {
        var file = Write("add", "add");

        Rbpf.Run(["asm", file]).ExitCode.ShouldBe(2);
        Rbpf.Run(["run", file, "--format", "hex"]).HasNoProgram(
            $"{file}: line 1, column 1: an odd number of hexadecimal digits (3) stands together; a byte is two");
        Rbpf.Run(["run", file, "--format", "asm"]).Error.ShouldStartWith($"rbpf: {file}: line 1, column 4: ");
        Rbpf.Run(["run", Write("seven", "r0 = 7\nexit\n"), "--format", "asm"]).Holds().ShouldStartWith("r0 = 0x7 (7)\n");
    }

    [Fact]
    public void Text_that_is_neither_is_told_as_what_it_is_like()
    {
        Rbpf.Run(["run", Write("words.txt", "# a note\nmov %r0\nexit\n")]).Error.ShouldContain(
            "words.txt: line 2, column 8: found the end of the line");
        Rbpf.Run(["run", Write("digits.txt", "b7 00 0g")]).Error.ShouldContain(
            "digits.txt: line 1, column 8: 'g' is not a hexadecimal digit");
        Rbpf.Run(["run", Write("array.txt", "u8 p[] = { 0xb7, 0xzz };")]).Error.ShouldContain(
            "array.txt: line 1, column 20: 'z' is not a hexadecimal digit");
    }

    [Fact]
    public void Many_errors_and_long_words_are_cut()
    {
        var many = Rbpf.Run(["check", Write("many.s", string.Concat(Enumerable.Repeat("nonsense\n", 150)))]);
        var bytes = Rbpf.Run(["asm", Write("long.s", "mov %r0, " + new string('9', 3_000_000) + "\nexit\n")]);

        many.Error.Split('\n').Length.ShouldBe(102);
        many.Error.ShouldEndWith("many.s: and 50 more errors\n");
        bytes.ExitCode.ShouldBe(2);
        bytes.Error.Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public void A_declared_function_is_the_helper_of_its_name_if_it_is_granted()
    {
        const string file = "tests/Images.Tests/Compilers/helpers-19.o";
        const string memory = "070000000000000001e40b540200000000000000000000000000000000000000000000000000000000000000000000000000";

        Rbpf.Line($"run {file} --memory {memory[..96]} --now 5").Holds().ShouldStartWith("7 and 48\nr0 = ");
        foreach (var command in (string[])["run", "check", "trace"])
        {
            Rbpf.Line($"{command} {file} --helpers printf,store_local,fetch_local").Error.ShouldEndWith(
                "'now_ms' is called but not defined in this object; now_ms is helper 0x20; grant it by --helpers now_ms\n");
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("1")]
    [InlineData("99")]
    public void A_form_that_does_not_exist_is_refused(string form) =>
        Rbpf.Run(["run", "examples/storage.o", "--format", form])
            .IsUsage($"--format '{form}' does not exist; expected raw, hex, elf, rbf, packed or asm (see 'rbpf run --help')");

    [Fact]
    public void A_part_of_an_object_can_be_asked_for()
    {
        Rbpf.Line("run examples/increment.o --section .text --function increment --memory 2900000000000000").Holds()
            .ShouldStartWith("r0 = 0x2a (42)\n");
        Rbpf.Line("run examples/increment.o --function decrement").Error.ShouldContain("decrement");
        Rbpf.Line("run examples/increment.o --function decrement").ExitCode.ShouldBe(2);
        Rbpf.Line("run examples/increment.o --section .data").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void So_is_a_part_of_assembly()
    {
        var file = Write("parts.s", "one: mov %r0, 1\nexit\ntwo: mov %r0, 2\nexit\n.section other,\"ax\"\nthree: mov %r0, 3\nexit\n");

        Rbpf.Run(["run", file, "--function", "two"]).Holds().ShouldStartWith("r0 = 0x2 (2)\n");
        Rbpf.Run(["run", file, "--section", "other"]).Holds().ShouldStartWith("r0 = 0x3 (3)\n");
        Rbpf.Run(["run", file, "--function", "four"]).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Every_error_of_assembly_is_told()
    {
        var file = Write("bad.s", "mov %r0\nexit\nmov\n");

        var ending = Rbpf.Run(["check", file]);

        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith(
            $"rbpf: {file}: line 1, column 8: found the end of the line; expected ','\nrbpf: {file}: line 3, column ");
    }

    [Theory]
    [InlineData("zz", "line 1, column 1: 'z' is not a hexadecimal digit")]
    [InlineData("95 0", "line 1, column 4: an odd number of hexadecimal digits (1) stands together; a byte is two")]
    [InlineData("\u007fELF", "ELF header: the file ends after 4 bytes; the header has 64")]
    public void A_malformed_file_is_told_in_one_line(string text, string problem)
    {
        var file = Write("file.hex", text);

        foreach (var command in (string[])["check", "run", "trace", "disasm"])
            Rbpf.Run([command, file]).HasNoProgram($"{file}: {problem}");
    }
}
