using RbpfSpec.Assembly;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Certified;

/// <summary>A proved access is not checked again; and nobody outside can say that something is proved.</summary>
public sealed class RunFactsTests
{
    // Sums up to 8 bytes of the context, by way of the stack: the loop takes at most 7 branches.
    private const string Sum =
        """
        mov %r3, 0
        mov %r0, 0
        jlt %r2, 8, end
        loop: mov %r4, %r1
        add %r4, %r3
        ldxb %r5, [%r4]
        mov %r6, %r10
        add %r6, -8
        stxdw [%r6], %r5
        ldxdw %r5, [%r6]
        add %r0, %r5
        add %r3, 1
        jlt %r3, 8, loop
        end: exit
        """;

    private const int Load = 5;
    private const int Store = 8;
    private const int Reload = 9;

    private static readonly CheckedProgram Program =
        CheckedProgram.Check(((Assembled.Success)Assembler.Parse(Sum)).Program, 0, Admission.Of(Profile.Rbpf, []), out _)!;

    private static RunFacts Facts => new(
        Program,
        [new(1, AddressSpace.Context, 8, Permission.Read)],
        new Dictionary<int, int> { [Load] = 0, [Store] = -1, [Reload] = -1 },
        mostBranches: 8);

    [Fact]
    public void What_is_proved_is_not_checked_again()
    {
        var plan = new CompiledPlan(
            RbpfSpec.Interp.Predecoded.Predecoder.Decode(Program, new VmOptions().Platform, isMetered: false), 0, isMetered: false, 512);
        var expectations = Prediction.Of(plan, AddressSpace.Stack, new(1, AddressSpace.Context));

        var without = Size(null);
        var with = Size(Facts);

        with.Blocks.ShouldBeLessThan(without.Blocks);
        with.Variables.ShouldBe(without.Variables - 4);

        CompiledBody Size(RunFacts? facts)
        {
            var method = new System.Reflection.Emit.DynamicMethod("size", typeof(int), [typeof(nint), typeof(int)]);
            return Emitter.Emit(plan, expectations, facts, null, method.GetILGenerator());
        }
    }

    [Fact]
    public void Facts_are_no_part_of_what_others_can_use() => typeof(RunFacts).IsPublic.ShouldBeFalse();
}
