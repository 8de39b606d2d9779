using RbpfSpec.Proofs.Setups;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Tests.Setups;

public sealed class NearAccessTests
{
    // Some that both permissions, registers and places come together.
    private const int Attempts = 20 * Sampling.Few;

    public static TheoryData<string> Accesses =>
        [.. OperationTable.Forms.Where(form => form.Operation is MemoryOperation or AtomicOperation or PacketLoad).Select(form => form.Id)];

    [Theory]
    [MemberData(nameof(Accesses))]
    public void Accesses_that_are_granted_and_accesses_that_are_not_are_found(string id)
    {
        var setup = SetupCatalogue.InEveryProfile(3).First(setup => setup.Form.Id == id);
        var traps = setup.Execute().Trapped;

        Sample(!traps, NearAccess.Of(setup)).ShouldNotBeNull();
        Sample(traps, NearAccess.Of(setup)).ShouldNotBeNull();

        Assignment? Sample(Term wanted, Sequence<(Term Variable, Term Value)> suggested) =>
            Sampling.Find([.. setup.Hypotheses, wanted], Attempts, suggested);
    }

    [Fact]
    public void Nothing_is_suggested_where_memory_is_not_accessed() =>
        SetupCatalogue.InEveryProfile(3)
            .Where(setup => setup.Form.Operation is AluOperation or JumpOperation).ShouldAllBe(setup => NearAccess.Of(setup).IsEmpty);
}
