using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Tests.Mutants;

public sealed class RemaindersTests
{
    [Fact]
    [Trait("Needs", "time")]
    public void What_is_taken_for_granted_of_remainders_is_true_of_all_of_eight_bits_and_says_something()
    {
        var (dividend, divisor) = (Make.Variable("dividend", 8), Make.Variable("divisor", 8));
        var bound = Remainders.Bounds(Make.Binary(Operator.RemainderSigned, dividend, divisor)).ShouldHaveSingleItem();
        var ofAnother = Dag.Substitute(bound, new Dictionary<Term, Term>(ReferenceEqualityComparer.Instance)
        {
            [Make.Binary(Operator.RemainderSigned, dividend, divisor)] = dividend,
        });
        var refuted = 0;

        for (var left = 0UL; left < 256; left++)
        {
            for (var right = 0UL; right < 256; right++)
            {
                var values = new Assignment(variable => ReferenceEquals(variable, dividend) ? left : right, (_, _) => 0, (_, _) => 0);
                values.Evaluate(bound).ShouldBe(UInt128.One);
                if (values.Evaluate(ofAnother) == UInt128.Zero) refuted++;
            }
        }

        refuted.ShouldBeGreaterThan(0);
    }
}
