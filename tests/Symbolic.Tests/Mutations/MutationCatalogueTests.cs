using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Mutations;

namespace RbpfSpec.Symbolic.Tests.Mutations;

public sealed class MutationCatalogueTests
{
    [Fact]
    public void Every_encoding_has_mistakes_of_different_names()
    {
        foreach (var form in MutationCatalogue.Forms(Profile.Rbpf))
        {
            var names = MutationCatalogue.Of(form, Profile.Rbpf).Select(mutation => mutation.Name).ToList();

            names.ShouldNotBeEmpty(form.Id);
            names.ShouldBeUnique(form.Id);
        }
    }

    [Fact]
    public void A_mistake_is_made_and_nothing_else_changes()
    {
        var mutations = MutationCatalogue.Of(Profile.Rbpf).Where(mutation => mutation.Form.Id == "alu/add64-x")
            .ToDictionary(mutation => mutation.Name);

        Result(null).ShouldBe(12UL);
        Result(mutations.Values.Single(
            mutation => mutation.Name.StartsWith("bvadd -> bvsub (operation 2)", StringComparison.Ordinal))).ShouldBe(2UL);
        Result(mutations["it is taken for mul (Multiply)"]).ShouldBe(35UL);
        Result(mutations["src_reg is read from dst_reg"]).ShouldBe(14UL);
        Result(mutations["the register keeps its value"]).ShouldBe(7UL);
    }

    private static ulong Result(Mutation? mutation)
    {
        var program = Program.Of(Convert.FromHexString("b700000007000000" + "b701000005000000" + "0f10000000000000" + "9500000000000000"));
        var machine = new MutantMachine(new ReferenceMachine(program, Profile.Rbpf), mutation);
        return machine.Run(new Start(Profile.Rbpf).State(), 100).ShouldBeOfType<Outcome<Word>.Exited>().Result.Value;
    }
}
