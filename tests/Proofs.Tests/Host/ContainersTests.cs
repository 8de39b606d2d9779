using RbpfSpec.Proofs.Host;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs.Tests.Host;

public sealed class ContainersTests
{
    private static readonly IReadOnlyList<Claim> Claims = [.. Containers.Steps, .. Containers.Ends];

    public static TheoryData<string> Some =>
    [
        "host/fault", "host/exit", "host/apart/mem/stxb@rbpf", "host/apart/mem/stdw@rbpf", "host/apart/atomic/cmpxchg64@rbpf",
    ];

    [Theory]
    [Trait("Needs", "solver")]
    [MemberData(nameof(Some))]
    public void Each_is_proved_and_every_way_to_be_wrong_is_found(string id)
    {
        var result = Tried.Try(Claims, id);

        result.Verdict.ShouldBeOfType<Verdict.Proved>(result.Verdict.ToString());
        result.Mutants.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var (mutant, fate) in result.Mutants) fate.ShouldBeOfType<Verdict.Refuted>(mutant.Name);
    }
}
