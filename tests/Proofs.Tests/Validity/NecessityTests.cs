using RbpfSpec.Proofs.Validity;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Proofs.Tests.Validity;

public sealed class NecessityTests
{
    [Fact]
    public void Every_check_has_a_claim_in_each_profile()
    {
        var ids = Necessity.Claims.Select(claim => claim.Id).ToList();

        ids.ShouldBeUnique();
        foreach (var profile in (Profile[])[Profile.Rbpf, Profile.Rfc9669])
            Preflight.Checks.Select(check => $"necessity/{check.Id}@{profile.Name}").Except(ids).ShouldBeEmpty();
    }

    [Fact]
    public void A_survivor_is_a_check_and_is_claimed_to_be_implied()
    {
        Necessity.Survivors.Keys.Except(Preflight.Checks.Select(check => check.Id)).ShouldBeEmpty();
        Necessity.Claims.Where(claim => claim.Kind is ClaimKind.Always).Select(claim => claim.Id).ShouldBe(
            Necessity.Survivors.Keys.SelectMany(id => (string[])[$"necessity/{id}@rbpf", $"necessity/{id}@rfc9669"]), ignoreOrder: true);
    }

    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("jump/instruction", "execution goes on inside a wide instruction")]
    [InlineData("wide/whole", "execution goes on outside the program")]
    [InlineData("helper", "trap UnknownHelper")]
    [InlineData("reserved/offset", "without it this would be as good an encoding as:")]
    public void Without_a_check_a_program_passes_that_must_not(string check, string harm)
    {
        var result = Tried.Try(Necessity.Claims, $"necessity/{check}@rbpf");

        result.Verdict.ShouldBeOfType<Verdict.Proved>(result.Verdict.ToString()).Witness
            .ShouldContain(line => line.Contains(harm, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_survivor_is_implied() =>
        Tried.Counterexample(Necessity.Claims, "necessity/wide/next_imm@rbpf", "the check platform is left out too")[^1]
            .ShouldBe("of those asked, []");
}
