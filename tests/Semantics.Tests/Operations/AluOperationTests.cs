using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Operations;

/// <summary>RFC 9669 §4.1 and §4.2 by example; each value is computed by hand.</summary>
public sealed class AluOperationTests
{
    private const ulong Value = 0x0123_4567_89ab_cdef;

    [Theory]
    [InlineData("alu/add32-k", 0xffff_ffff_ffff_ffff, 1, 0)]
    [InlineData("alu/add64-k", 0, -1, 0xffff_ffff_ffff_ffff)]
    [InlineData("alu/sub32-k", 0, 1, 0xffff_ffff)]
    [InlineData("alu/sub64-k", 0, 1, 0xffff_ffff_ffff_ffff)]
    [InlineData("alu/mul32-k", 0x1_8000_0001, 2, 2)]
    [InlineData("alu/or64-k", 0, int.MinValue, 0xffff_ffff_8000_0000)]
    [InlineData("alu/and64-k", 0xffff_ffff_ffff_ffff, -2, 0xffff_ffff_ffff_fffe)]
    [InlineData("alu/and32-k", 0xffff_ffff_ffff_ffff, -2, 0xffff_fffe)]
    [InlineData("alu/xor64-k", 0, -1, 0xffff_ffff_ffff_ffff)]
    [InlineData("alu/xor32-k", 0, -1, 0xffff_ffff)]
    [InlineData("alu/mov64-k", 5, -1, 0xffff_ffff_ffff_ffff)]
    [InlineData("alu/mov32-k", 5, -1, 0xffff_ffff)]
    [InlineData("alu/neg64", 1, 0, 0xffff_ffff_ffff_ffff)]
    [InlineData("alu/neg64", 0x8000_0000_0000_0000, 0, 0x8000_0000_0000_0000)]
    [InlineData("alu/neg32", 0xffff_ffff_0000_0001, 0, 0xffff_ffff)]
    [InlineData("alu/neg32", 0xffff_ffff_0000_0000, 0, 0)]
    [InlineData("alu/le16", Value, 0, 0xcdef)]
    [InlineData("alu/le32", Value, 0, 0x89ab_cdef)]
    [InlineData("alu/le64", Value, 0, Value)]
    [InlineData("alu/be16", Value, 0, 0xefcd)]
    [InlineData("alu/be32", Value, 0, 0xefcd_ab89)]
    [InlineData("alu/be64", Value, 0, 0xefcd_ab89_6745_2301)]
    [InlineData("alu/bswap16", Value, 0, 0xefcd)]
    [InlineData("alu/bswap32", Value, 0, 0xefcd_ab89)]
    [InlineData("alu/bswap64", Value, 0, 0xefcd_ab89_6745_2301)]
    public void The_destination_becomes_the_result(string id, ulong value, int immediate, ulong result)
    {
        var state = Samples.StateOf(Profile.Rbpf, (3, value));

        var next = Samples.Step(Samples.InstructionOf(id, 3, immediate: immediate), state, Profile.Rbpf).Next();

        next.Registers.ShouldBe(state.Registers.With(3, Word.Of(result)));
    }

    [Theory]
    [InlineData("alu/mov64-x", 0xffff_ffff_8000_8080, 0xffff_ffff_8000_8080)]
    [InlineData("alu/mov32-x", 0xffff_ffff_8000_8080, 0x8000_8080)]
    [InlineData("alu/movsx8to32", 0xffff_ffff_8000_8080, 0xffff_ff80)]
    [InlineData("alu/movsx16to32", 0xffff_ffff_8000_8080, 0xffff_8080)]
    [InlineData("alu/movsx8to64", 0x80, 0xffff_ffff_ffff_ff80)]
    [InlineData("alu/movsx16to64", 0x8080, 0xffff_ffff_ffff_8080)]
    [InlineData("alu/movsx32to64", 0x8000_0000, 0xffff_ffff_8000_0000)]
    [InlineData("alu/movsx8to64", 0xff7f, 0x7f)]
    public void A_move_copies_and_extends(string id, ulong source, ulong result)
    {
        var state = Samples.StateOf(Profile.Rbpf, (1, 42), (2, source));

        var next = Samples.Step(Samples.InstructionOf(id, 1, 2), state, Profile.Rbpf).Next();

        next.Registers.ShouldBe(state.Registers.With(1, Word.Of(result)));
    }

    [Fact]
    public void Every_result_of_the_32_bit_class_has_a_zero_upper_half() =>
        Law.Holds(seed: 90, 3000, dice => (
            Instruction: dice.InstructionOf(
                dice.Pick([.. OperationTable.Forms.Where(form => form is { Operation: AluOperation, Width.Bits: 32 })])),
            State: dice.StateOf(Samples.Contrary)), drawn =>
        {
            var state = drawn.State with { ProgramCounter = Word.Of(0) };

            if (Samples.Step(drawn.Instruction, state, Samples.Contrary) is Outcome<Word>.Next next)
                (next.State.Registers[drawn.Instruction.Destination.Number].Value >> 32).ShouldBe(0UL);
        });

    [Fact]
    public void The_rules_alone_work_at_any_width()
    {
        // The rule of a form sees words of the form's width; nothing in it knows 32 or 64.
        var (seven, three) = (Word.Wrap(7, Width.Bits8), Word.Wrap(3, Width.Bits8));

        Apply(new AluOperation.Add()).ShouldBe(10UL);
        Apply(new AluOperation.Multiply()).ShouldBe(21UL);
        Apply(new AluOperation.Division.Divide()).ShouldBe(2UL);
        Apply(new AluOperation.Division.ModuloSigned()).ShouldBe(1UL);
        Apply(new AluOperation.ShiftLeft()).ShouldBe(56UL);

        ulong Apply(AluOperation operation) => operation.Apply<Word>(seven, three, Profile.Rfc9669).Value.Value;
    }
}
