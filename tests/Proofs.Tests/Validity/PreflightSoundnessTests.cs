using RbpfSpec.Proofs.Validity;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Proofs.Tests.Validity;

public sealed class PreflightSoundnessTests
{
    [Fact]
    public void Every_encoding_has_a_claim_about_its_step_in_each_profile()
    {
        var ids = PreflightSoundness.Claims.Select(claim => claim.Id).ToList();

        ids.ShouldBeUnique();
        foreach (var form in OperationTable.Forms)
        {
            foreach (var profile in (Profile[])[Profile.Rbpf, Profile.Rfc9669])
            {
                ids.ShouldContain(id => id.StartsWith($"preflight/step/{form.Id}", StringComparison.Ordinal)
                    && id.Contains($"@{profile.Name}", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void What_a_profile_does_not_have_is_claimed_to_be_rejected() =>
        PreflightSoundness.Claims.Count(claim => claim.Id.StartsWith("preflight/rejected/packet/", StringComparison.Ordinal)).ShouldBe(
            2 * 6);

    [Fact]
    public void Every_claim_has_a_mutant() => PreflightSoundness.Claims.ShouldAllBe(claim => !claim.Mutants.IsEmpty);

    [Fact]
    [Trait("Needs", "solver")]
    public void A_jump_that_goes_one_slot_further_leaves_a_program_that_passes()
    {
        var lines = Tried.Counterexample(PreflightSoundness.Claims, "preflight/step/jmp/jeq64-k@rbpf", "it goes on one slot further");

        lines.ShouldContain("the preflight check accepts it");
        lines.ShouldContain(line => line.StartsWith("the mutant: goes on with pc=", StringComparison.Ordinal));
        lines[^2].ShouldBe("harm: execution goes on outside the program");
        lines[^1].ShouldMatch(@"^as a program: echo ([0-9a-f]{16})+ \| \./rbpf trace - --profile rbpf$");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Without_the_check_of_the_end_execution_leaves_the_program() =>
        Tried.Counterexample(PreflightSoundness.Claims, "preflight/step/jmp/call-local[depth 0]@rbpf", "the check end is left out")
            .ShouldContain("the preflight check rejects it only by end");
}
