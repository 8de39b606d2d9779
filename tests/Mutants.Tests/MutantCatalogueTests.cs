using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Mutants.Tests;

public sealed class MutantCatalogueTests
{
    [Fact]
    public void Every_encoding_has_mutants_of_different_names()
    {
        foreach (var form in MutantCatalogue.Forms(Profile.Rbpf))
        {
            var names = MutantCatalogue.Of(form, Profile.Rbpf).Select(mutant => mutant.Name).ToList();

            names.ShouldNotBeEmpty(form.Id);
            names.ShouldBeUnique(form.Id);
        }
    }

    [Fact]
    public void A_mutant_makes_one_change_and_nothing_else_differs()
    {
        var mutants = MutantCatalogue.Of(Profile.Rbpf).Where(mutant => mutant.Form.Id == "alu/add64-x")
            .ToDictionary(mutant => mutant.Name);

        Result(null).ShouldBe(12UL);
        Result(mutants.Values.Single(
            mutant => mutant.Name.StartsWith("bvadd -> bvsub (operation 2)", StringComparison.Ordinal))).ShouldBe(2UL);
        Result(mutants["it is taken for mul (Multiply)"]).ShouldBe(35UL);
        Result(mutants["src_reg is read from dst_reg"]).ShouldBe(14UL);
        Result(mutants["the register keeps its value"]).ShouldBe(7UL);
    }

    private static ulong Result(RuleMutant? mutant)
    {
        var program = Program.Of(Convert.FromHexString("b700000007000000" + "b701000005000000" + "0f10000000000000" + "9500000000000000"));
        var machine = new MutantMachine(new ReferenceMachine(program, Profile.Rbpf), mutant);
        return machine.Run(new Start(Profile.Rbpf).State(), 100).ShouldBeOfType<Outcome<Word>.Exited>().Result.Value;
    }
}
