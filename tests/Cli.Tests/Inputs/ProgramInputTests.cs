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
        ];

        foreach (var file in files) Rbpf.Run(["run", file]).Holds().ShouldStartWith("r0 = 0x7 (7)\n", Case.Sensitive, file);
    }

    [Fact]
    public void The_form_can_be_asked_for()
    {
        var file = Write("digits.s", "b700000007000000 9500000000000000");

        Rbpf.Run(["run", file]).ExitCode.ShouldBe(1);
        Rbpf.Run(["run", file, "--format", "hex"]).Holds().ShouldStartWith("r0 = 0x7 (7)\n");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("1")]
    [InlineData("99")]
    public void A_form_that_does_not_exist_is_refused(string form) =>
        Rbpf.Run(["run", "examples/storage.o", "--format", form])
            .IsUsage($"--format '{form}' does not exist; expected raw, hex, elf or rbf (see 'rbpf run --help')");

    [Fact]
    public void A_part_of_an_object_can_be_asked_for()
    {
        Rbpf.Line("run examples/increment.o --section .text --function increment --memory 2900000000000000").Holds()
            .ShouldStartWith("r0 = 0x2a (42)\n");
        Rbpf.Line("run examples/increment.o --function decrement").Error.ShouldContain("decrement");
        Rbpf.Line("run examples/increment.o --function decrement").ExitCode.ShouldBe(1);
        Rbpf.Line("run examples/increment.o --section .data").ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("--section")]
    [InlineData("--function")]
    public void A_part_of_assembly_cannot(string option)
    {
        var file = Write("seven.s", "mov %r0, 7\nexit\n");

        Rbpf.Run(["run", file, option, "main"])
            .IsUsage($"--section and --function choose from an object; '{file}' is assembly, which starts at its first line");
    }

    [Fact]
    public void Every_error_of_assembly_is_told()
    {
        var file = Write("bad.s", "mov %r0\nexit\nmov\n");

        var ending = Rbpf.Run(["check", file]);

        ending.ExitCode.ShouldBe(1);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: {file}: line 1, column 8: found the end of the line; expected ','\nrbpf: {file}: line 3, column ");
    }

    [Theory]
    [InlineData("zz", "line 1, column 1: 'z' is not a hexadecimal digit")]
    [InlineData("95 0", "line 1, column 4: an odd number of hexadecimal digits (1) stands together; a byte is two")]
    [InlineData("\u007fELF", "ELF header: the file ends after 4 bytes; the header has 64")]
    public void A_malformed_file_is_told_in_one_line(string text, string problem)
    {
        var file = Write("file.hex", text);

        foreach (var command in (string[])["check", "run", "trace", "disasm"])
            Rbpf.Run([command, file]).FailsWith($"{file}: {problem}");
    }
}
