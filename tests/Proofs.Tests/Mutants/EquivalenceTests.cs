using RbpfSpec.Mutants;
using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proofs.Tests.Mutants;

[Trait("Needs", "solver")]
public sealed class EquivalenceTests
{
    // What a region holds beyond its bytes is nobody's; but a store that a region grants has to be done.
    [Theory]
    [InlineData("mem/stb", "and -> its right operand (operation 6 of the walk 1 over the regions)", true)]
    [InlineData("mem/stb", "bvult -> or equal (operation 0 of the walk 1 over the regions)", false)]
    [InlineData("alu/smod64-k", "bit 31 of the result fills the upper half", true)]
    [InlineData("alu/mod64-k", "bit 31 of the result fills the upper half", false)]
    [InlineData("jmp/call-helper", "bvult -> or equal (operation 0 of the walk 3 over the regions)", false)]
    [InlineData("jmp/call-helper", "and -> its left operand (operation 8 of the walk 3 over the regions)", true)]
    [InlineData("jmp/call-helper", "and -> its left operand (operation 7 of the walk 3 over the regions)", true)]
    [InlineData("jmp/call-helper", "bvsub -> bvadd (operation 3 of the walk 3 over the regions)", true)]
    public void A_mutant_is_equivalent_exactly_if_no_state_shows_it(string id, string name, bool isEquivalent)
    {
        Sequence<RuleMutant> mutant = [.. MutantCatalogue.Of(Profile.Rbpf).Where(each => each.Form.Id == id && each.Name == name)];
        using var solver = SolverFactory.Open(SolverFactory.Default).ShouldBeOfType<SolverSession.Opened>().Solver;

        var fate = Equivalence.Of(mutant, Profile.Rbpf, [solver], TimeSpan.FromSeconds(60)).ShouldHaveSingleItem();

        if (isEquivalent) fate.ShouldBeOfType<EquivalenceFate.Equivalent>();
        else fate.ShouldBeOfType<EquivalenceFate.Differs>();
    }
}
