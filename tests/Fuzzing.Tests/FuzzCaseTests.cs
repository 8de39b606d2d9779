using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Fuzzing.Tests;

/// <summary>Smaller cases are smaller, and their jumps lead where they led.</summary>
public sealed class FuzzCaseTests
{
    [Theory]
    [InlineData("ja +2\nlddw %r1, 5\nexit\n", 1, "ja +0\nexit\n")]
    [InlineData("mov %r0, 1\nmov %r2, 2\njeq %r0, 1, -3\nexit\n", 1, "mov %r0, 1\njeq %r0, 1, -2\nexit\n")]
    [InlineData("mov %r0, 1\nmov %r2, 2\njeq %r0, 1, -2\nexit\n", 1, "mov %r0, 1\njeq %r0, 1, -1\nexit\n")]
    [InlineData("call local +1\nexit\nmov %r0, 1\nexit\n", 1, "call local +0\nmov %r0, 1\nexit\n")]
    public void A_jump_follows_its_target(string text, int without, string expected)
    {
        var program = ((Assembled.Success)Assembler.Parse(text)).Program;
        var instructions = Instructions(program);

        var fewer = Bodies.Without([.. instructions], without, 1).ShouldNotBeNull();

        Disassembler.Text(Semantics.Encoding.Program.Of(fewer), Syntax.Conformance).ShouldBe(expected);
    }

    [Fact]
    public void Making_small_ends()
    {
        var setting = Setting.Of(Profile.Rbpf);
        var current = FuzzCase.Draw(setting, 9669);
        var steps = 0;
        while (current.Smaller().LastOrDefault() is { } smaller)
        {
            current = smaller;
            (++steps).ShouldBeLessThan(5_000);
        }

        current.Body.Count.ShouldBeGreaterThan(0);
    }

    private static IEnumerable<Semantics.Instructions.Instruction> Instructions(Semantics.Encoding.Program program)
    {
        for (var slot = 0; slot < program.Length;)
        {
            var instruction = ((Semantics.Validity.Decoded.Valid)Semantics.Validity.Preflight.Decode(program, slot)).Instruction;
            yield return instruction;
            slot += instruction.Form.Layout.Slots;
        }
    }
}
