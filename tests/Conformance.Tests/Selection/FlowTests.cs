using RbpfSpec.Conformance.Selection;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance.Tests.Selection;

public sealed class FlowTests
{
    [Theory]
    [InlineData("mov %r0, 7\nexit", "")]
    [InlineData("exit", "0")]
    [InlineData("mov %r0, %r3\nadd %r0, %r1\nexit", "3")]
    [InlineData("add %r4, 1\nmov %r0, %r2\nexit", "4")]
    [InlineData("jeq %r1, 0, +1\nmov %r0, 1\nexit", "0")]
    [InlineData("jeq %r1, 0, +2\nmov %r0, 1\nja +1\nmov %r0, 2\nexit", "")]
    [InlineData("ldxdw %r0, [%r5]\nexit", "5")]
    [InlineData("stxdw [%r10-8], %r6\nmov %r0, 0\nexit", "6")]
    [InlineData("stdw [%r10-8], 1\nmov %r3, 2\nlock cmpxchg [%r10-8], %r3\nexit", "0")]
    [InlineData("stdw [%r10-8], 1\nmov %r0, 2\nlock fetch add [%r10-8], %r7\nexit", "7")]
    [InlineData("lddw %r8, 5\nmov %r0, %r8\nexit", "")]
    [InlineData("call local f\nexit\nf:\nmov %r0, %r9\nexit", "9")]
    public void Registers_that_some_path_reads_before_it_writes_them_are_named(string text, string unwritten) =>
        string.Join(' ', Flow.Of(Instructions(text)).Unwritten).ShouldBe(unwritten, text);

    [Theory]
    [InlineData("mov %r0, 7\nexit", 0)]
    [InlineData("ja +1\nmov %r0, 7\nmov %r0, 8\nexit", 1)]
    [InlineData("jeq %r1, 0, +1\nmov %r0, 7\nmov %r0, 8\nexit", 0)]
    [InlineData("mov %r0, 7\nexit\nlddw %r1, 5\nexit", 2)]
    [InlineData("call local f\nexit\nf:\nmov %r0, 1\nexit", 0)]
    public void Instructions_that_no_edge_leads_to_are_counted(string text, int unreached) =>
        Flow.Of(Instructions(text)).Unreached.ShouldBe(unreached, text);

    [Fact]
    public void A_way_back_to_the_first_slot_is_seen()
    {
        Flow.Of(Instructions("mov %r0, 7\njeq %r1, 9, -2\nexit")).ReturnsToFirst.ShouldBeTrue();
        Flow.Of(Instructions("mov %r0, 7\nmov %r0, 8\njeq %r1, 9, -2\nexit")).ReturnsToFirst.ShouldBeFalse();
    }

    [Fact]
    public void It_begins_at_the_entry()
    {
        var program = Instructions("mov %r0, %r3\nexit\nmov %r0, 7\nexit");

        Flow.Of(program, 2).Unwritten.ShouldBeEmpty();
        Flow.Of(program, 2).Unreached.ShouldBe(2);
        Flow.Of(program).Unwritten.ShouldBe([3]);
    }

    // Most of what ends well is about something else than what a verifier forbids.
    [Trait("Needs", "time")]
    [Fact]
    public void Nearly_all_vectors_of_a_suite_that_end_well_please_a_verifier()
    {
        var ends = SmallSuite
            .Suite.Vectors.Where(vector =>
                vector.Expectation is Expectation.Returns && !vector.Rule.StartsWith("program/", StringComparison.Ordinal))
            .ToList();
        var flawed = ends.Where(vector =>
                Flow.Of(Instructions(((VectorProgram.Code)vector.Program).Bytes.AsSpan()), vector.Setting.Entry)
                    is not { Unwritten.IsEmpty: true, Unreached: 0 })
            .Select(vector => vector.Name).ToList();

        ((double)flawed.Count / ends.Count).ShouldBeLessThan(0.04, string.Join(", ", flawed));
    }

    private static List<Instruction> Instructions(string text) => Instructions(Code.Of(text).AsSpan());

    private static List<Instruction> Instructions(ReadOnlySpan<byte> code)
    {
        var program = Program.Of(code);
        List<Instruction> instructions = [];
        for (var slot = 0; slot < program.Length; slot += instructions[^1].Form.Layout.Slots)
            instructions.Add(Preflight.Decode(program, slot).ShouldBeOfType<Decoded.Valid>().Instruction);
        return instructions;
    }
}
