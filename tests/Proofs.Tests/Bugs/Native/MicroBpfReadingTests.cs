using RbpfSpec.Dialects.Native;
using RbpfSpec.Proofs.Bugs.Native;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Proofs.Tests.Bugs.Native;

[Trait("Needs", "solver")]
public sealed class MicroBpfReadingTests
{
    // What the claims show of one instruction holds of its neighbours.
    [Theory]
    [InlineData("U-1", "mem/ldxw", 7, 0)]
    [InlineData("U-2", "alu/div32-x", 9, 0)]
    [InlineData("U-3", "jmp/jlt32-x", 0, 0)]
    [InlineData("U-7", "alu/add32-k", 9, 5000)]
    [InlineData("U-8", "alu/add32-k", 9, -4096)]
    [InlineData("U-9", "alu/rsh64-k", 3, 40)]
    [InlineData("U-15", "alu/rsh32-k", 3, 0)]
    public void With_a_bug_it_is_refuted_and_without_it_proved(string number, string form, byte destination, int immediate)
    {
        var instruction = Of(form, destination, immediate);

        Ask(instruction, []).ShouldBeOfType<Verdict.Proved>();
        Ask(instruction, [number]).ShouldBeOfType<Verdict.Refuted>().Counterexample.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("alu/add32-x", 9, 0)]
    [InlineData("alu/add32-k", 7, 255)]
    [InlineData("alu/add32-k", 8, 4095)]
    [InlineData("alu/add32-k", 2, -4095)]
    [InlineData("alu/rsh32-k", 3, 31)]
    [InlineData("jmp/jsgt32-x", 0, 0)]
    [InlineData("imm/lddw", 4, 200)]
    public void What_no_bug_is_about_is_proved_with_all_of_them(string form, byte destination, int immediate) =>
        Ask(Of(form, destination, immediate), MicroBpfCompiler.Published.Bugs).ShouldBeOfType<Verdict.Proved>();

    // Jumps go over one slot; loads have no offset.
    private static Instruction Of(string form, byte destination, int immediate)
    {
        var found = OperationTable.Forms.Single(known => known.Id == form);
        return Instruction.Of(
            found, new(destination), new(1), offset: (short)(found.Class is InstructionClass.Ldx ? 0 : 1), immediate: immediate);
    }

    private static Verdict Ask(Instruction instruction, Sequence<string> bugs)
    {
        using var solver = Z3Solver.Open() switch
        {
            SolverSession.Opened(var opened) => opened,
            SolverSession.Unavailable(var reason) => throw new InvalidOperationException(reason),
        };
        var proposition = MicroBpfReading.About(instruction, new(bugs));
        return new Prover(solver, TimeSpan.FromMinutes(1))
            .Ask(proposition.Question(ClaimKind.Always), proposition, ClaimKind.Always, isLikely: false);
    }
}
