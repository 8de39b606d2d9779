using RbpfSpec.Assembly;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Specification.Tests.Script;

/// <summary>The compiled script, run in a browser.</summary>
[Trait("Needs", "browser")]
public sealed class SemanticsScriptTests(ScriptPage page) : IClassFixture<ScriptPage>
{
    [Theory]
    [InlineData("alu")]
    [InlineData("jmp")]
    [InlineData("mem")]
    [InlineData("atomic")]
    [InlineData("imm")]
    [InlineData("program")]
    [InlineData("preflight")]
    public async Task Every_vector_of_a_family_ends_in_the_state_that_it_states(string family)
    {
        var report = await page.Value<Checked>($"vectors.check(suite, each => each.rule.startsWith('{family}/'))");

        report.Wrong.ShouldBeEmpty();
        report.Passed.Count.ShouldBeGreaterThan(0);
        (report.Passed.Count + report.Host.Count)
            .ShouldBe(Runnable.Count(vector => vector.Rule.StartsWith($"{family}/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Only_what_a_function_of_the_host_does_is_left_to_the_host()
    {
        var report = await page.Value<Checked>("vectors.check(suite, () => true)");

        report.Host.Count.ShouldBeGreaterThan(0);
        report.Host.ShouldAllBe(name => Runnable.Single(vector => vector.Name == name).Setting.Helpers.Count > 0);
    }

    [Fact]
    public async Task Each_thing_that_a_rule_changes_or_asks_is_noticed_when_it_is_wrong()
    {
        var report = await page.Value<Sweep>("vectors.unnoticed(suite)");

        // With eight frames in use the guard before it holds always.
        report.Found.ShouldBe(["jmp/call-local: guard 1"]);
        report.Tried.ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task A_wrong_rule_is_noticed_and_named()
    {
        var wrong = page.Text.Replace("sdiv(64, register", "udiv(64, register", StringComparison.Ordinal);
        wrong.ShouldNotBe(page.Text);
        await page.Load(wrong);

        var report = await page.Value<Checked>("vectors.check(suite, () => true)");
        await page.Load(page.Text);

        report.Wrong.ShouldNotBeEmpty();
        report.Wrong.ShouldAllBe(
            line => line.StartsWith("alu/sdiv64-", StringComparison.Ordinal) || line.StartsWith("program/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_encoding_is_written_and_read_as_the_assembler_does()
    {
        List<(string Text, string Slots)> wanted = [.. OperationTable.Forms.SelectMany(form => Samples(form).Select(sample => (
            Disassembler.Print(sample, Syntax.Conformance),
            string.Concat(Encoder.Encode(sample).Select(slot => slot.ToString())))))];

        foreach (var chunk in wanted.Chunk(100))
        {
            var texts = string.Join(", ", chunk.Select(each => $"`{each.Text}`"));
            var read = await page.Value<string[]>(
                $"[{texts}].map(text => {{ const read = rbpf.parse(text); return read.problems ? text + ': ' + read.problems : "
                + "rbpf.textOf(rbpf.encode(read)); })");
            var written = await page.Value<string[]>($"[{texts}].map(text => rbpf.print(rbpf.parse(text)))");

            read.ShouldBe([.. chunk.Select(each => each.Slots)]);
            written.ShouldBe([.. chunk.Select(each => each.Text)]);
        }
    }

    [Theory]
    [InlineData("ldxw r1,[r2]", "6121000000000000")]
    [InlineData("  STXW  [ %r1 - 0x10 ] , %r2", "6321f0ff00000000")]
    [InlineData("add32 r3, -1", "04030000ffffffff")]
    [InlineData("lddw r1, 0xffffffffffffffff", "18010000ffffffff00000000ffffffff")]
    public async Task Assembly_text_is_read_as_people_write_it(string text, string slots) =>
        (await page.Value<string>($"rbpf.textOf(rbpf.encode(rbpf.parse('{text}')))")).ShouldBe(slots);

    [Theory]
    [InlineData("add r11, 1")]
    [InlineData("add r1, 0x1ffffffff")]
    [InlineData("ldxw r1, [r2+40000]")]
    [InlineData("addw r1, r2")]
    public async Task What_is_no_instruction_is_refused(string text) =>
        (await page.Value<string[]>($"rbpf.parse('{text}').problems")).ShouldHaveSingleItem();

    [Theory]
    [InlineData("ff00000000000000")]
    [InlineData("07ab000000000000")]
    [InlineData("0f21010000000000")]
    [InlineData("b70a000001000000")]
    [InlineData("1801000000000000")]
    [InlineData("2000000000000000")]
    public async Task Slots_that_the_profile_refuses_are_refused(string slots) =>
        (await page.Value<string[]>($"rbpf.decode(rbpf.slotsOf('{slots}'), 0).problems")).ShouldNotBeEmpty();

    private static IEnumerable<Vector> Runnable => Repository.Vectors.Where(vector => vector.Before is not null);

    private static IEnumerable<Instruction> Samples(Form form) =>
        from values in ((short Offset, int Immediate, int Next)[])[
            (0, 0, 0), (7, 9, 1), (-8, -3, -2), (short.MinValue, int.MinValue, int.MaxValue)]
        select Instruction.Of(form, new(3), new(10), values.Offset, values.Immediate, values.Next);

    private sealed record Checked(IReadOnlyList<string> Passed, IReadOnlyList<string> Host, IReadOnlyList<string> Wrong);

    private sealed record Sweep(int Tried, IReadOnlyList<string> Found);
}
