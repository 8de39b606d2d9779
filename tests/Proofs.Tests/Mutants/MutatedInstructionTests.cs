using RbpfSpec.Proofs.Mutants;

namespace RbpfSpec.Proofs.Tests.Mutants;

public sealed class MutatedInstructionTests
{
    private static readonly string[] Ids =
    [
        "refinement/threaded/mem/ldxdw@rbpf", "refinement/threaded/alu/add64-x@rbpf", "refinement/threaded/alu/add64-k@rbpf",
            "refinement/switch/alu/add64-x@rbpf",
    ];

    [Fact]
    public void An_instruction_comes_once_an_engine_with_all_claims_that_meet_it_the_smallest_first()
    {
        var instructions = MutatedInstruction.Of(Catalogue.Code.Where(claim => Ids.Contains(claim.Id)), 2);

        instructions.Select(one => (one.Engine, one.Place)).ShouldBeUnique();
        instructions.ShouldAllBe(one => one.Claims.All(claim => claim.Claim.Engine == one.Engine));
        instructions.ShouldAllBe(one => one.Claims.Zip(one.Claims.Skip(1)).All(pair => pair.First.Size <= pair.Second.Size));
        var shared = instructions.Where(one => one.Claims.Count > 1).ToList();
        shared.ShouldNotBeEmpty();
        shared.ShouldAllBe(one => one.Claims.Select(claim => claim.Claim.Id).Distinct().Count() == one.Claims.Count);
    }

    [Fact]
    public void They_are_the_same_however_many_threads_read_them()
    {
        var claims = Catalogue.Code.Where(claim => Ids.Contains(claim.Id)).ToList();

        Text(1).ShouldBe(Text(3));

        IEnumerable<string> Text(int threads) => MutatedInstruction.Of(claims, threads)
            .Select(one =>
                $"{one.Id} {one.Place} {string.Join(' ', one.Changes)} {string.Join(' ', one.Claims.Select(claim => claim.Claim.Id))}");
    }
}
