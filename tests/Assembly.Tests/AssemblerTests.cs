using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Assembly.Objects;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly.Tests;

public class AssemblerTests
{
    private static readonly Gen<string> Fragments = Gen.Elements(
        "mov", "ldxw", "lock", "fetch add", "lddw", "map_by_fd", "call", "local", "exit", "ja", "if", "goto", "skb[",
        "%r1", "%r10", "%r11", "r0", "w2", "r99", "%", "0", "-1", "+4", "0x", "0xfg", "65536", "18446744073709551616",
        "s", "s>", "s>>=", "*(u32 *)", "(", ")", "[", "]", ",", ":", "a:", "a", "=", "<", ">", "#", ".slot", ".", "ll",
        ".text", ".quad", ".section", ".ascii", "\"a\\n\"", "'c'", ".set", ".bss", ".section x", ".size a,", ".quad a", "call a",
        ".set a, a", ".p2align", ".zero", "1:", "1f", "1b", ";", "//", "/*", "*/", "+", "-", "~", "<<",
        "%fp", "mov64", "xadddw", "R0", "010", "0: (b7)", "0:\tb7 00 00 00 01 00 00 00\t", "pc+1",
        "\n", "\r\n", "\t", "\0", "é", "\ud83d\ude00", "\ud83d", "\u2028", "9", "\"");

    [Fact]
    public void Each_line_may_be_in_either_syntax()
    {
        const string Text = """
            start:  r6 = r1              # as LLVM prints
                    ldxw %r0, [%r6+4]    # as bpf_conformance writes
                    if r0 == 0 goto start
                    call 5
                    exit
            """;

        Disassembler.Text(Assembling.Program(Text), Syntax.Conformance)
            .ShouldBe("mov %r6, %r1\nldxw %r0, [%r6+4]\njeq %r0, 0, -3\ncall 5\nexit\n");
    }

    [Fact]
    public void A_given_syntax_excludes_the_other()
    {
        Assembling.Errors("r6 = r1", Syntax.Conformance);
        Assembling.Errors("mov %r6, %r1", Syntax.Llvm);
    }

    [Theory]
    [InlineData("mov %r0, 1\nexit", "Conformance")]
    [InlineData("r0 = 1", "Llvm")]
    [InlineData("exit\nr0 = 1", "Conformance Llvm")]
    [InlineData("mov %r0, 010\nxaddw [%r1+4], %r2", "Gnu")]
    [InlineData("mov64 r0, 1\nr0 = 1", "Llvm Rbpf")]
    [InlineData("mov64 r0, 1\nxaddw [%r1+4], %r2", "Gnu Rbpf")]
    [InlineData("0: (95) exit", "Verifier")]
    [InlineData("0:\t95 00 00 00 00 00 00 00\texit", "Objdump")]
    public void It_tells_how_it_read_the_lines(string text, string dialects)
    {
        string.Join(' ', Assembling.Success(text).Dialects).ShouldBe(dialects);
        string.Join(' ', Assembler.ParseObject(text).ShouldBeOfType<AssembledObject.Success>().Dialects).ShouldBe(dialects);
    }

    // bpf_conformance reads decimal, LLVM and GNU as octal; a line that only GNU as has tells whose the others are.
    [Theory]
    [InlineData("mov %r0, 010", Dialect.Auto, 10)]
    [InlineData("mov %r0, 010", Dialect.Conformance, 10)]
    [InlineData("mov64 r0, 010", Dialect.Auto, 10)]
    [InlineData("r0 = 010", Dialect.Auto, 8)]
    [InlineData("r0 = 010", Dialect.Llvm, 8)]
    [InlineData("mov %r0, 010", Dialect.Gnu, 8)]
    [InlineData("mov %r0, 010\nxaddw [%r1+4], %r2", Dialect.Auto, 8)]
    [InlineData("call 010", Dialect.Llvm, 8)]
    [InlineData("call 010", Dialect.Conformance, 10)]
    public void A_leading_zero_means_what_it_means_to_whom_it_is_written_for(string text, Dialect dialect, int value) =>
        Assembling.Program(text, dialect).Slots[0].Immediate.ShouldBe(value);

    [Fact]
    public void The_cost_is_linear_in_the_text()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(index => $"L{index}: if r1 == {index} goto L{index}\ncall L0\n"));

        Assembling.Program(text).Length.ShouldBe(40_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n \t\n# nothing\n")]
    public void A_text_without_instructions_is_the_empty_program(string text)
    {
        var success = Assembling.Success(text);

        success.Program.ShouldBe(new Program([]));
        success.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(".slot 0x00000000000000ff", 0xffUL)]
    [InlineData(".slot 149", 0x95UL)]
    [InlineData(".slot -1", ulong.MaxValue)]
    public void A_slot_may_be_given_as_a_number(string text, ulong bits) =>
        Assembling.Program(text).ShouldBe(new Program([new Slot(bits)]));

    [Fact]
    [Trait("Needs", "time")]
    public void No_text_makes_it_throw() =>
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            foreach (var dialect in Enum.GetValues<Dialect>())
            {
                Assembler.Parse(text, dialect);
                if (Assembler.ParseObject(text, dialect) is AssembledObject.Success(var file)) ElfWriter.Write(file);
            }
        }).Check(Sample.Config(1000));

    [Fact]
    public void Every_error_lies_in_the_text() =>
        Prop.ForAll(Texts.ToArbitrary(), text => Assembler.Parse(text) switch
        {
            Assembled.Success(var program, _, var lines) => lines.Count == program.Length,
            Assembled.Failure(var errors) => !errors.IsEmpty && errors.All(error => IsIn(error, text.Split('\n'))),
        }).Check(Sample.Config(1000));

    private static bool IsIn(AssemblyError error, string[] lines) =>
        error.Line >= 1
        && error.Line <= lines.Length
        && error.Column >= 1
        && error.Column <= lines[error.Line - 1].Length + 1
        && error.Found != ""
        && error.Expected != "";

    private static Gen<string> Texts => Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Fragments.ListOf().Select(fragments => string.Concat(fragments)),
        Fragments.ListOf().Select(fragments => string.Join(' ', fragments)),
        Mutated);

    // Text of a program with a piece cut out and another put in.
    private static Gen<string> Mutated =>
        from program in Sample.Programs
        from syntax in Gen.Elements(Enum.GetValues<Syntax>())
        let text = Disassembler.Text(program, syntax)
        from start in Gen.Choose(0, text.Length)
        from length in Gen.Choose(0, Math.Min(5, text.Length - start))
        from fragment in Fragments
        select text.Remove(start, length).Insert(start, fragment);
}
