using RbpfSpec.Interp.Pinned;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Tests.Predecoded;

/// <summary>Slots and steps, both ways.</summary>
public sealed class PredecodedProgramTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void Every_instruction_has_its_first_step_and_every_step_its_slot(bool isMetered)
    {
        var program = Predecode(isMetered, "imm/lddw", "alu/div64-x", "mem/stb", "jmp/exit");

        program.IsMetered.ShouldBe(isMetered);
        foreach (var slot in (ulong[])[0, 2, 3, 4])
        {
            program.SlotOf(program.At(slot)).ShouldBe((int)slot);
            (program.At(slot)->Code is Code.Pay).ShouldBe(isMetered);
        }

        program.SlotOf(program.At(2) + 1).ShouldBe(2, "its guard and its step");
        Should.Throw<ArgumentOutOfRangeException>(() => (nint)program.At(1)).Message.ShouldContain("no instruction starts at slot 1");
        Should.Throw<ArgumentOutOfRangeException>(() => (nint)program.At(5));
        Should.Throw<ArgumentOutOfRangeException>(() => (nint)program.At(ulong.MaxValue));
        program.Steps.Length.ShouldBe(isMetered ? 9 : 5);
    }

    [Theory]
    [InlineData(false, "alu/mov64-k")]
    [InlineData(false, "mem/ldxdw")]
    [InlineData(true, "mem/stb")]
    [InlineData(true, "mem/stxdw")]
    [InlineData(true, "jmp/call-helper")]
    public void A_program_may_write_if_one_instruction_may(bool mayWrite, string id) =>
        Predecode(false, "alu/mov64-k", id, "jmp/exit").MayWrite.ShouldBe(mayWrite);

    private static PredecodedProgram Predecode(bool isMetered, params string[] ids)
    {
        var program = Program.Of(
            ids.Select(id => Samples.InstructionOf(id, destination: 1, immediate: id == "jmp/call-helper" ? Samples.Mix : 0)));
        return Predecoder.Predecode(
            Comparison.Check(program, Profile.Rbpf)!, Platform<Word>.Identity(Word.Of(0)), Engine.Switch, isMetered, PinnedMemory.Own);
    }
}
