using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §4.3 by example.</summary>
public sealed class JumpOperationTests
{
    [Theory]
    [InlineData("jmp/jeq64-k", 0xffff_ffff_ffff_ffff, -1, true)]
    [InlineData("jmp/jeq64-k", 0xffff_ffff, -1, false)]
    [InlineData("jmp/jeq32-k", 0x1_ffff_ffff, -1, true)]
    [InlineData("jmp/jset64-k", 0x8000_0000_0000_0000, int.MinValue, true)]
    [InlineData("jmp/jset32-k", 0x8000_0000_0000_0000, int.MinValue, false)]
    [InlineData("jmp/jgt64-k", 0, -1, false)]
    [InlineData("jmp/jsgt64-k", 0, -1, true)]
    [InlineData("jmp/jsgt32-k", 0x8000_0000, 0, false)]
    [InlineData("jmp/jgt32-k", 0x8000_0000, 0, true)]
    [InlineData("jmp/jsgt64-k", 0x8000_0000, 0, true)]
    [InlineData("jmp/jsge64-k", 0, 0, true)]
    [InlineData("jmp/jsle64-k", 0, 0, true)]
    [InlineData("jmp/jslt64-k", 0, 0, false)]
    [InlineData("jmp/jlt64-k", 5, -1, true)]
    [InlineData("jmp/jle32-k", 0xffff_ffff, -1, true)]
    [InlineData("jmp/jne64-k", 1, 1, false)]
    public void A_jump_is_taken_where_its_condition_holds(string id, ulong value, int immediate, bool taken)
    {
        var state = Samples.StateOf(Profile.Rbpf, (1, value));

        var next = Samples.Step(Samples.InstructionOf(id, 1, offset: 100, immediate: immediate), state, Profile.Rbpf).Next();

        next.ProgramCounter.Value.ShouldBe(taken ? 101UL : 1UL);
    }

    [Fact]
    public void Opposite_conditions_never_agree() =>
        Law.Holds(seed: 91, 5000, dice => dice.WordPair(), pair =>
        {
            Holds(new JumpOperation.Equal()).ShouldBe(!Holds(new JumpOperation.NotEqual()));
            Holds(new JumpOperation.Greater()).ShouldBe(!Holds(new JumpOperation.LessOrEqual()));
            Holds(new JumpOperation.GreaterOrEqual()).ShouldBe(!Holds(new JumpOperation.Less()));
            Holds(new JumpOperation.GreaterSigned()).ShouldBe(!Holds(new JumpOperation.LessOrEqualSigned()));
            Holds(new JumpOperation.GreaterOrEqualSigned()).ShouldBe(!Holds(new JumpOperation.LessSigned()));

            bool Holds(JumpOperation operation) => operation.Holds<Word>(pair.Left, pair.Right).Value;
        });

    [Theory]
    [InlineData("jmp/ja", short.MinValue, 0, 0xffff_ffff_ffff_8001)]
    [InlineData("jmp/ja", -1, 0, 0)]
    [InlineData("jmp/ja", short.MaxValue, 0, 0x8000)]
    [InlineData("jmp/ja32", 0, int.MaxValue, 0x8000_0000)]
    [InlineData("jmp/ja32", 0, int.MinValue, 0xffff_ffff_8000_0001)]
    public void The_distance_counts_from_the_next_slot(string id, int offset, int immediate, ulong target)
    {
        var instruction = Samples.InstructionOf(id, offset: offset, immediate: immediate);

        Samples.Step(instruction, Samples.StateOf(Profile.Rfc9669), Profile.Rfc9669).Next()
            .ProgramCounter.Value.ShouldBe(target);
    }
}
