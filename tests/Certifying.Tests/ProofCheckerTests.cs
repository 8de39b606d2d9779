namespace RbpfSpec.Certifying.Tests;

/// <summary>A checker takes proofs that are right, and no proof at all of what is not so.</summary>
public sealed class ProofCheckerTests
{
    private const int Variables = 10;

    // Both variables each way: there are no values.
    private static readonly Clauses Small = new(2, [[1, 2], [1, -2], [-1, 2], [-1, -2]]);

    [Fact]
    public void A_proof_may_be_one_clause_that_follows() => ProofChecker.Problem(Small, Step('a', 1)).ShouldBeNull();

    [Fact]
    public void Clauses_that_contradict_each_other_at_once_need_no_proof() =>
        ProofChecker.Problem(new(1, [[1], [-1]]), []).ShouldBeNull();

    [Fact]
    public void Deleting_what_is_needed_makes_a_proof_none() =>
        ProofChecker.Problem(Small, [.. Step('d', 1, 2), .. Step('d', -2, 1), .. Step('a', 1)])
            .ShouldBe("step 3: its clause does not follow");

    [Theory]
    [InlineData("", "it ends after 0 steps without a contradiction")]
    [InlineData("61", "step 1: it ends in the middle")]
    [InlineData("610280", "step 1: it ends in the middle")]
    [InlineData("6100", "step 1: its clause does not follow")]
    [InlineData("7a0200", "step 1: byte 0x7a begins no step")]
    [InlineData("610600", "step 1: there is no variable 3")]
    [InlineData("610100", "step 1: there is no variable 0")]
    [InlineData("61ffffffffffffffffff0100", "step 1: a number is too long")]
    [InlineData("640200", "it ends after 1 steps without a contradiction")]
    public void Bytes_that_are_no_proof_are_refused_with_the_place(string proof, string problem) =>
        ProofChecker.Problem(new(2, [[1, 2]]), Convert.FromHexString(proof)).ShouldBe(problem);

    [Fact]
    public void No_proof_at_all_shows_that_a_formula_with_a_solution_has_none()
    {
        const ulong seed = 31;
        var dice = new Dice(seed);
        var tried = 0;
        while (tried < 1000)
        {
            var formula = Formulas.Drawn(dice, Variables, 30);
            if (!Formulas.HasValues(formula)) continue;
            tried++;
            byte[] proof =
            [
                .. Enumerable.Range(0, 40).SelectMany(_ => Step(
                    dice.OnceIn(4) ? 'd' : 'a',
                    [.. Enumerable.Range(0, dice.Between(0, 3)).Select(_ => dice.Between(1, Variables) * (dice.OnceIn(2) ? 1 : -1))])),
            ];
            ProofChecker.Problem(formula, proof).ShouldNotBeNull($"seed {seed}, formula {tried}");
        }
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_thousand_corrupted_proofs_of_formulas_with_a_solution_are_refused()
    {
        const ulong seed = 47;
        var dice = new Dice(seed);
        var (proofs, corrupted) = (0, 0);
        while (corrupted < 1000)
        {
            var formula = Formulas.Drawn(dice, Variables, 60);
            var hasValues = SatSolver.HasValues(formula, TimeSpan.FromMinutes(1), out var proof, out var problem);
            problem.ShouldBe("");
            hasValues.ShouldBe(Formulas.HasValues(formula), $"seed {seed}");
            if (hasValues is true) continue;
            ProofChecker.Problem(formula, proof).ShouldBeNull($"seed {seed}, proof {proofs++}");
            for (var i = 0; i < 50; i++)
            {
                // Without some of its clauses the formula has a solution, so that the proof is wrong wherever it used them.
                var weaker = formula with { Lists = [.. formula.Lists.Where(_ => !dice.OnceIn(4))] };
                if (!Formulas.HasValues(weaker)) continue;
                var bytes = proof.ToArray();
                for (var flips = dice.Between(0, 3); flips > 0 && bytes.Length > 0; flips--)
                    bytes[dice.Between(0, bytes.Length - 1)] ^= (byte)(1 << dice.Between(0, 7));
                ProofChecker.Problem(weaker, bytes).ShouldNotBeNull($"seed {seed}, proof {proofs}, change {i}");
                corrupted++;
            }
        }
    }

    private static byte[] Step(char kind, params int[] literals) =>
        [(byte)kind, .. literals.Select(literal => (byte)((2 * Math.Abs(literal)) + (literal < 0 ? 1 : 0))), 0];
}
