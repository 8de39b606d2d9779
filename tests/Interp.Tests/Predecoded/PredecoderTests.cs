using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Pinned;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

using Program = RbpfSpec.Semantics.Encoding.Program;

namespace RbpfSpec.Interp.Tests.Predecoded;

/// <summary>The steps that instructions become.</summary>
public sealed class PredecoderTests
{
    [Fact]
    public void A_step_takes_24_bytes() =>
        Unsafe.SizeOf<PredecodedStep>().ShouldBe(IntPtr.Size == 8 ? 24 : 20);

    [Fact]
    public void No_instruction_becomes_more_than_four_steps()
    {
        var exit = Samples.InstructionOf("jmp/exit");
        foreach (var form in OperationTable.Forms)
        {
            foreach (var immediate in new[] { 0, -1, 100 })
            {
                var instruction = Instruction.Of(form, offset: 0, immediate: form.Displacement.IsEmpty ? immediate : 0);
                if (Comparison.Check(Program.Of([instruction, exit]), Samples.Contrary) is not { } program) continue;

                Predecode(program, isMetered: true).Length.ShouldBeLessThanOrEqualTo(4 + 2);
            }
        }
    }

    [Theory]
    [InlineData("alu/div64-x", 5, "TrapOnZero64 Divide64X Exit")]
    [InlineData("alu/div64-k", 5, "Divide64K Exit")]
    [InlineData("alu/smod32-k", 0, "TrapAlways ModuloSigned32K Exit")]
    [InlineData("imm/lddw", 5, "Constant Exit")]
    public void A_profile_that_traps_has_guards_where_an_operand_can_trap(string id, int immediate, string codes)
    {
        var program = Comparison.Check(
            Program.Of([Samples.InstructionOf(id, 0, 1, immediate: immediate), Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;

        string.Join(' ', Predecode(program, isMetered: false)).ShouldBe(codes);
    }

    [Fact]
    public void A_metered_program_pays_for_each_instruction_first()
    {
        var program = Comparison.Check(
            Program.Of([Samples.InstructionOf("alu/div64-x", 0, 1), Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;

        Predecode(program, isMetered: true).ShouldBe([Code.Pay, Code.TrapOnZero64, Code.Divide64X, Code.Pay, Code.Exit]);
    }

    [Fact]
    public unsafe void Where_no_instruction_starts_there_is_no_step()
    {
        var program = Comparison.Check(Program.Of([Samples.InstructionOf("imm/lddw"), Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;
        var predecoded = Predecoder.Predecode(program, Samples.Platform, Engine.Switch, isMetered: false, PinnedMemory.Own);

        predecoded.SlotOf(predecoded.At(2)).ShouldBe(2);
        Should.Throw<ArgumentOutOfRangeException>(() => (nint)predecoded.At(1));
        Should.Throw<ArgumentOutOfRangeException>(() => (nint)predecoded.At(3));
    }

    private static Code[] Predecode(CheckedProgram program, bool isMetered) =>
    [
        .. Predecoder.Predecode(program, Samples.Platform, Engine.Switch, isMetered, PinnedMemory.Own)
            .Steps.ToArray().Select(step => step.Code),
    ];
}
