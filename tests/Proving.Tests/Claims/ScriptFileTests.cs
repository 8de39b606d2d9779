using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proving.Tests.Claims;

public sealed class ScriptFileTests
{
    [Fact]
    public void A_claim_is_a_file_and_each_mutant_another()
    {
        var files = ScriptFile.Of(Fakes.Claim("f/holds[a:b]@rbpf")).ToList();

        files.Select(file => file.Name).ShouldBe(["f/holds[a_b]@rbpf.smt2", "f/holds[a_b]@rbpf.mutant-1.smt2"]);
        files[0].Text.ShouldStartWith(
            "; Claim: f/holds[a:b]@rbpf\n; The byte f/holds[a:b]@rbpf is zero.\n; Source: RbpfSpec §test.\n; Expected: unsat");
        files[0].Text.ShouldContain("(set-info :status unsat)\n(set-logic QF_BV)\n");
        files[0].Text.ShouldEndWith("(check-sat)\n");
        files[1].Text.ShouldContain("; Mutant: it is one.\n; Expected: sat");
    }

    [Fact]
    public void A_possibility_expects_values() =>
        ScriptFile.Of(Fakes.Claim("f/holds") with { Kind = ClaimKind.Possible, Mutants = [] })
            .ShouldHaveSingleItem().Text.ShouldContain("(set-info :status sat)");

    [Fact]
    public void A_comment_stays_on_its_line() =>
        ScriptFile.Of(Fakes.Claim("f/holds") with { Sentence = "One.\n(exit)" }).First().Text.ShouldContain("; One. (exit)\n");
}
