using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proofs.Engines;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Proofs.Tests.Engines;

public sealed class RefinementsTests
{
    [Fact]
    public void Every_encoding_and_every_superinstruction_has_its_claim_about_each_engine()
    {
        var ids = Refinements.Claims.Select(claim => claim.Id).ToList();

        ids.ShouldBeUnique();
        foreach (var engine in (string[])["threaded", "switch"])
        {
            foreach (var form in OperationTable.Forms)
            {
                ids.ShouldContain(id => id.StartsWith($"refinement/{engine}/{form.Id}@rbpf", StringComparison.Ordinal)
                    || id.StartsWith($"refinement/{engine}/{form.Id}[", StringComparison.Ordinal));
            }

            foreach (var superinstruction in Superinstruction.All) ids.ShouldContain($"refinement/{engine}/fused/{superinstruction.Code}");
        }
    }

    [Fact]
    public void Every_claim_has_a_mutant() => Refinements.Claims.ShouldAllBe(claim => !claim.Mutants.IsEmpty);

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("refinement/threaded/alu/add32-x@rbpf")]
    [InlineData("refinement/switch/mem/ldxb@rbpf")]
    [InlineData("refinement/threaded/fused/MoveLow32")]
    [InlineData("refinement/reach/4")]
    [InlineData("refinement/by-minus-one/32")]
    public void A_claim_is_proved_and_its_mutants_are_found(string id) =>
        Tried.Try(Refinements.Claims, id).Verdict.ShouldBeOfType<Verdict.Proved>();

    [Fact]
    [Trait("Needs", "solver")]
    public void A_mutant_says_which_instruction_it_reads_as_another()
    {
        var lines = Tried.Counterexample(
            Refinements.Claims, "refinement/threaded/alu/sub64-x@rbpf", "an instruction of the compiled code is read as another (1 of 2)");

        lines[^1].ShouldStartWith("mutated: ");
        lines[^1].ShouldContain(" at IL_");
    }
}
