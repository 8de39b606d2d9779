using RbpfSpec.Proofs.Scenes;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Tests.Scenes;

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
        var scene = Stage.Scenes(3).First(scene => scene.Form.Id == id);
        var traps = scene.Execute().Trapped;

        Sample(!traps, NearAccess.Of(scene)).ShouldNotBeNull();
        Sample(traps, NearAccess.Of(scene)).ShouldNotBeNull();

        Assignment? Sample(Term wanted, Sequence<(Term Variable, Term Value)> suggested) =>
            Sampling.Find([.. scene.Hypotheses, wanted], Attempts, suggested);
    }

    [Fact]
    public void Nothing_is_suggested_where_memory_is_not_accessed() =>
        Stage.Scenes(3)
            .Where(scene => scene.Form.Operation is AluOperation or JumpOperation).ShouldAllBe(scene => NearAccess.Of(scene).IsEmpty);
}
