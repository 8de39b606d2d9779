using RbpfSpec.Assembly;
using RbpfSpec.Fuzzing;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Tests.Site;

namespace RbpfSpec.Specification.Tests.Playground;

/// <summary>The playground's assembler beside that of the command line.</summary>
[Collection(SiteReaders.Name)]
[Trait("Needs", "browser")]
public sealed class SyntaxScriptTests(BuiltSite site)
{
    private const ulong Seed = 19;
    private const string Read = "cases.assembled(JSON.parse(json))";

    [Theory]
    [InlineData(Syntax.Conformance, "conformance")]
    [InlineData(Syntax.Llvm, "llvm")]
    public async Task Every_encoding_is_written_and_read_as_by_the_assembler(Syntax syntax, string dialect)
    {
        var page = await site.Compare();
        List<(string Text, string Slots)> wanted = [.. Samples.Select(sample => (Disassembler.Print(sample, syntax), Slots(sample)))];

        (await page.Ask(Read, wanted.Select(each => each.Text))).ShouldBe(wanted.Select(each => each.Slots));
        (await page.Ask($"cases.printed(JSON.parse(json), '{dialect}')", wanted.Select(each => each.Slots)))
            .ShouldBe(wanted.Select(each => each.Text));
    }

    [Theory]
    [InlineData("a:\n  mov %r0, 1 # one\n  jeq %r0, 2, a\n  ja exit\n  call f\n  exit\nf: exit")]
    [InlineData("r0 = 1; r0 += 2 /* three\nlines */ exit")]
    [InlineData("if r1 s> 5 goto end\nr1 = 0x1122334455667788 ll\nend:\nexit")]
    [InlineData("mov %r0, 1 ; a comment\nexit")]
    [InlineData(".slot 0x0000000000000095\nexit")]
    [InlineData("jne %r1, %r2, +1\nlock *(u64 *)(r1 + 0) += r2\ngoto -1\nexit")]
    public async Task Texts_with_labels_comments_and_both_syntaxes_are_read_as_by_the_assembler(string text) =>
        (await (await site.Compare()).Ask(Read, [text])).ShouldBe([Bytes(text).ShouldNotBeNull()]);

    [Theory]
    [InlineData("mov %r11, 1\nexit", "line 1, column 5: '%r11'; expected a register from %r0 to %r10")]
    [InlineData("exit\nldxw %r1, [%r2+40000]", "line 2, column 16: '40000'; expected an offset from -32768 to +32767")]
    [InlineData("exit\n\n  ja nowhere", "line 3, column 6: 'nowhere'")]
    [InlineData("a: exit\na: exit", "line 2, column 1: 'a' a second time; expected a new label")]
    [InlineData("divide %r1", "line 1, column 1: 'divide'; expected an instruction, a label")]
    [InlineData("callx %r1\nexit", "line 1, column 1: callx, a call through a register")]
    [InlineData("ja +0; exit", "line 1, column 6: ';' before a statement")]
    [InlineData("call 010", "line 1, column 6: '010'")]
    public async Task What_is_wrong_is_refused_with_its_line_and_the_reason(string text, string problem)
    {
        var found = (await (await site.Compare()).Ask(Read, [text])).ShouldHaveSingleItem();

        found.ShouldStartWith(problem);
        Bytes(text).ShouldBeNull();
    }

    [Fact]
    public async Task Directives_are_left_to_the_command_line() =>
        (await (await site.Compare()).Ask(Read, [".byte 1"])).ShouldBe(
        [
            "line 1, column 1: the directive '.byte'; expected instructions, labels and .slot here; "
                + "'rbpf asm' takes directives and data",
        ]);

    // What the page reads otherwise than the command line would be a trap for its user; it may read less.
    [Fact]
    public async Task No_changed_line_is_read_otherwise_than_by_the_assembler()
    {
        var page = await site.Compare();
        var dice = new Dice(Seed);
        List<string> texts = [];
        var lines = Enum.GetValues<Syntax>().SelectMany(syntax => Samples.Select(sample => Disassembler.Print(sample, syntax))).ToArray();
        for (var i = 0; i < 3000; i++)
        {
            var line = dice.Pick<string>(lines);
            var at = dice.Between(0, line.Length - 1);
            texts.Add(dice.Between(0, 2) switch
            {
                0 => line.Remove(at, 1),
                1 => line.Insert(at, dice.Pick("0", "1", "x", "-", "+", " ", "%", "r", "w", "u", "6", "L", ";", "8", "=", "s")),
                _ => line[..at] + dice.Pick("0", "9", "R", "-", "f", "2", ",", "S") + line[(at + 1)..],
            });
        }

        var found = await page.Ask(Read, texts);

        var read = texts.Zip(found).Where(pair => pair.Second.All(char.IsAsciiHexDigit)).ToList();
        read.Count.ShouldBeGreaterThan(300);
        foreach (var (text, bytes) in read) (Bytes(text) ?? "").ShouldBe(bytes, $"{text}, seed {Seed}");
    }

    private static IEnumerable<Instruction> Samples =>
        from form in OperationTable.Forms
        from values in ((short Offset, int Immediate, int Next)[])
            [(0, 0, 0), (7, 9, 1), (-8, -3, -2), (short.MinValue, int.MinValue, int.MaxValue)]
        select Instruction.Of(form, new(3), new(10), values.Offset, values.Immediate, values.Next);

    private static string Slots(Instruction instruction) => string.Concat(Encoder.Encode(instruction).Select(slot => slot.ToString()));

    private static string? Bytes(string text) => Assembler.Parse(text) is Assembled.Success(var program, _, _)
        ? Convert.ToHexStringLower(program.ToBytes())
        : null;
}
