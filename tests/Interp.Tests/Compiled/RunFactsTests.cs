using RbpfSpec.Assembly;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Compiled;

/// <summary>Facts that hold change nothing that can be seen; they are for one program, and from none but a checker.</summary>
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

    [Theory]
    [InlineData(200)]
    [InlineData(8)]
    [InlineData(7)]
    [InlineData(3)]
    [InlineData(0)]
    public void Runs_end_as_in_the_semantics_whatever_the_context_and_the_budget(int branches)
    {
        var mirror = new VmMirror(
            Program,
            new() { Engine = Engine.Compiled, Facts = Facts, BranchLimit = new Allowance<ulong>.Remaining((ulong)branches) });

        foreach (var length in (int[])[8, 9, 100, 7, 1, 0, 8]) mirror.Run([.. Enumerable.Range(1, length).Select(i => (byte)i)]);

        mirror.Vm.IsCompiled.ShouldBeTrue();
    }

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
            return Emitter.Emit(plan, expectations, facts, method.GetILGenerator());
        }
    }

    [Fact]
    public void Facts_about_another_program_are_refused()
    {
        var other = CheckedProgram.Check(Program.Program, 0, Program.Rules, out _)!;

        Should.Throw<ArgumentException>(() => new Vm(other, new() { Facts = Facts })).Message.ShouldContain("another program");
    }

    [Fact]
    public void Nobody_but_a_checker_makes_facts() =>
        typeof(RunFacts).GetConstructors(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance).ShouldBeEmpty();
}
