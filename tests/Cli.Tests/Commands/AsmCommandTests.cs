namespace RbpfSpec.Cli.Tests.Commands;

public class AsmCommandTests : Scratch
{
    private const string Seven = "b700000007000000\n9500000000000000\n";

    [Theory]
    [InlineData("mov %r0, 7\nexit\n")]
    [InlineData("r0 = 7\nexit\n")]
    [InlineData("mov %r0, 7 # a comment\r\n\r\nexit")]
    [InlineData("\ufeffr0 = 7\nexit\n")]
    public void Either_syntax_is_read_and_a_slot_is_printed_a_line(string text) =>
        Rbpf.Run(["asm", Write("seven.txt", text)]).Holds().ShouldBe(Seven);

    [Fact]
    public void A_syntax_may_be_demanded()
    {
        var file = Write("seven.s", "r0 = 7\nexit\n");

        Rbpf.Run(["asm", file, "--syntax", "llvm"]).Holds().ShouldBe(Seven);
        Rbpf.Run(["asm", file, "--syntax", "conformance"]).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("mov64 r0, 7\nexit\n", "rbpf", "the syntax of rbpf and sBPF (mov64 r0, 7)")]
    [InlineData("mov %r0, 3+4\nexit\n", "gnu", "the syntax of GNU as (xadddw [%fp+-8],%r1)")]
    [InlineData("0: (b7) r0 = 7\n1: (95) exit\n", "verifier", "a log of Linux's verifier")]
    [InlineData(" 0:\tb7 00 00 00 07 00 00 00\tr0 = 7\n 1:\t95 00 00 00 00 00 00 00\texit\n", "objdump", "a listing of objdump")]
    public void Other_dialects_are_recognised_and_a_note_tells_which(string text, string syntax, string note)
    {
        var file = Write("seven.txt", text);
        var ending = Rbpf.Run(["asm", file]);

        ending.Output.ShouldBe(Seven);
        ending.Error.ShouldBe($"rbpf: {file}: note: read as {note}\n");
        Rbpf.Run(["asm", file, "--syntax", syntax]).Error.ShouldBe("");
    }

    [Fact]
    public void Text_with_data_becomes_an_object_that_runs()
    {
        var file = Write("data.s",
            ".globl f\n.type f,@function\nf: r1 = seven ll\nr0 = *(u8 *)(r1 + 0)\nexit\n.section .rodata,\"a\"\nseven: .byte 7\n");

        Rbpf.Run(["run", file]).Holds().ShouldStartWith("r0 = 0x7 (7)\n");
        Rbpf.Run(["asm", file]).Error.ShouldContain(
            "line 3, column 9: found 'seven', which lies in another section; expected an object: 'rbpf asm --object'");
        Rbpf.Run(["asm", file, "--object"]).ExitCode.ShouldBe(2);
        Rbpf.Run(["asm", file, "--object", "--output", At("data.o")]).Holds();
        Rbpf.Run(["run", At("data.o"), "--function", "f"]).Holds().ShouldStartWith("r0 = 0x7 (7)\n");
    }

    [Fact]
    public void Every_error_is_told_with_line_and_column()
    {
        var file = Write("bad.s", "mov %r0\n  mov %r11, 1\nja nowhere\nexit\n");

        var ending = Rbpf.Run(["asm", file]);

        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        var lines = ending.Error.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldBe($"rbpf: {file}: line 1, column 8: found the end of the line; expected ','");
        lines[1].ShouldStartWith($"rbpf: {file}: line 2, column 7: found '%r11'; expected ");
        lines[2].ShouldBe($"rbpf: {file}: line 3, column 4: found 'nowhere', which no line defines; expected a defined label");
    }

    [Fact]
    public void The_output_file_holds_the_bytes_and_runs()
    {
        Rbpf.Run(["asm", Write("seven.s", "r0 = 7\nexit\n"), "--output", At("seven.bin")]).Holds().ShouldBe("");

        Convert.ToHexStringLower(File.ReadAllBytes(At("seven.bin"))).ShouldBe(Seven.Replace("\n", "", StringComparison.Ordinal));
        Rbpf.Run(["run", At("seven.bin")]).Holds().ShouldStartWith("r0 = 0x7 (7)\n");
    }

    [Fact]
    public void The_output_file_is_written_whole_or_not_at_all()
    {
        var target = Write("out.bin", "as before");

        Rbpf.Run(["asm", Write("bad.s", "r0 = 7\nnonsense\n"), "-o", target]).ExitCode.ShouldBe(2);
        File.ReadAllText(target).ShouldBe("as before");

        Rbpf.Run(["asm", Write("good.s", "exit\n"), "-o", target]).Holds();
        File.ReadAllBytes(target).ShouldBe([0x95, 0, 0, 0, 0, 0, 0, 0]);

        Directory.GetFiles(Folder).Select(Path.GetFileName).ShouldBe(["out.bin", "bad.s", "good.s"], ignoreOrder: true);
    }

    [Fact]
    public void An_output_that_cannot_be_written_leaves_nothing_behind()
    {
        var file = Write("seven.s", "exit\n");
        Directory.CreateDirectory(At("folder"));

        var ending = Rbpf.Run(["asm", file, "-o", At("folder")]);

        ending.ExitCode.ShouldBe(2);
        ending.Output.ShouldBe("");
        ending.Error.ShouldStartWith($"rbpf: '{At("folder")}' cannot be written: ");
        ending.Error.TrimEnd('\n').ShouldNotContain('\n');
        Directory.GetFileSystemEntries(Folder).ShouldBe([At("folder"), file], ignoreOrder: true);
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        if (!File.Exists("/dev/null")) return;

        Rbpf.Run(["asm", Write("seven.s", "exit\n"), "-o", "/dev/null"]).Holds().ShouldBe("");

        File.ReadAllBytes("/dev/null").ShouldBeEmpty();
    }
}
