using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Tests.Validity;

/// <summary>Programs that may run, and those that may not.</summary>
public sealed class CheckedProgramTests
{
    private static readonly byte[] Exit = Program.Of([Samples.InstructionOf("jmp/exit")]).ToBytes();

    [Fact]
    public void Bytes_and_slots_come_to_the_same()
    {
        foreach (var entry in (int[])[0, 1, -1])
        {
            var rules = Admission.Of(Profile.Rbpf, []);
            var known = CheckedProgram.Check(Exit, entry, rules, out var problems);
            var same = CheckedProgram.Check(Program.Of(Exit), entry, rules, out var sameProblems);

            problems.ShouldBe(sameProblems);
            problems.IsEmpty.ShouldBe(entry == 0);
            (known is null).ShouldBe(entry != 0);
            known?.Program.ShouldBe(same!.Program);
            known?.Entry.ShouldBe(entry);
            known?.Rules.ShouldBe(rules);
        }

        CheckedProgram.Check(Exit.AsSpan(0, 7), 0, Admission.Of(Profile.Rbpf, []), out var broken).ShouldBeNull();
        broken.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(-1, 8)]
    [InlineData(512, 8_388_608)]
    [InlineData(1_048_576, 4_096)]
    [InlineData(65_536, 65_536)]
    [InlineData(0, int.MaxValue)]
    [InlineData(1, (1 << 20) + 1)]
    public void A_profile_whose_frames_no_machine_has_is_refused(int bytes, int limit)
    {
        var rules = Admission.Of(Profile.Rbpf with { FrameBytes = bytes, FrameLimit = limit }, []);

        Should.Throw<ArgumentException>(() => CheckedProgram.Check(Exit, 0, rules, out _));
        Should.Throw<ArgumentException>(() => CheckedProgram.Check(Program.Of(Exit), 0, rules, out _));
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        var rules = Admission.Of(Profile.Rbpf, []);

        Should.Throw<ArgumentNullException>(() => CheckedProgram.Check((Program)null!, 0, rules, out _));
        Should.Throw<ArgumentNullException>(() => CheckedProgram.Check(Exit, 0, null!, out _));
        Should.Throw<ArgumentNullException>(() => CheckedProgram.Check(Exit, 0, Admission.Of(null!, []), out _));
        Should.Throw<ArgumentException>(
            () => CheckedProgram.Check(Exit, 0, Admission.Of(Profile.Rbpf with { Alignment = (Alignment)7 }, []), out _));
    }
}
