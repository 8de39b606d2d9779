using RbpfSpec.Dialects.Native;
using RbpfSpec.Proofs.Bugs.Native;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Proofs.Tests.Bugs.Native;

[Trait("Needs", "solver")]
public sealed class HavmBlocksTests
{
    [Fact]
    public void Every_published_block_is_proved_and_every_mutant_of_it_is_found()
    {
        using var solver = Open();
        var prover = new Prover(solver, TimeSpan.FromMinutes(1));

        foreach (var claim in HavmBlocks.Claims)
        {
            Ask(prover, claim.State()).ShouldBeOfType<Verdict.Proved>(claim.Id);
            foreach (var mutant in claim.Mutants) Ask(prover, mutant.State()).ShouldBeOfType<Verdict.Refuted>($"{claim.Id}: {mutant.Name}");
        }
    }

    // What is refuted of one register is not proved of another because the formula looks away.
    [Theory]
    [InlineData(0x0c, 10, 3)]
    [InlineData(0x1c, 0, 9)]
    [InlineData(0x2c, 8, 8)]
    public void Blocks_of_other_registers_are_right_and_exchanged_operands_are_wrong(byte opcode, byte destination, byte source)
    {
        using var solver = Open();
        var prover = new Prover(solver, TimeSpan.FromMinutes(1));
        Sequence<Slot> run = [Slot.Of(opcode, destination, source, 0, 0)];
        Sequence<Slot> exchanged = [Slot.Of(opcode, source, destination, 0, 0)];

        Ask(prover, About(run, run)).ShouldBeOfType<Verdict.Proved>();
        if (destination != source) Ask(prover, About(exchanged, run)).ShouldBeOfType<Verdict.Refuted>();
    }

    private static Proposition About(Sequence<Slot> compiled, Sequence<Slot> run)
    {
        var words = HavmCompiler.Published.Block(compiled);
        return new(
            [], HavmReading.IsRight(words, run, isModel: false), assignment => HavmReading.Replayed(words, run, assignment));
    }

    private static Verdict Ask(Prover prover, Proposition proposition) =>
        prover.Ask(proposition.Question(ClaimKind.Always), proposition, ClaimKind.Always, isLikely: false);

    private static ISolver Open() => Z3Solver.Open() switch
    {
        SolverSession.Opened(var solver) => solver,
        SolverSession.Unavailable(var reason) => throw new InvalidOperationException(reason),
    };
}
