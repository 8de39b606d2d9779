using System.Numerics;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;

namespace RbpfSpec.Ranges.Tests.Relations;

/// <summary>Facts that are left when values are taken out of others follow of them, and say what two say together.</summary>
public sealed class ProjectionTests
{
    private const int Seed = 17;
    private const int Values = 5;
    private static readonly HashSet<long> Held = [0, 1];

    [Fact]
    public void What_is_left_is_true_of_every_assignment_of_the_facts_and_has_no_other_values()
    {
        var random = new Random(Seed);
        var left = 0;
        for (var number = 0; number < 4_000; number++)
        {
            var assigned = Enumerable.Range(0, Values).Select(_ => (ulong)random.NextInt64() >> random.Next(0, 64)).ToArray();
            var values = assigned.Select((value, i) => new RelationSet.NumberedValue(i, RelationSet.Value(i, Around(random, value))));
            var facts = Enumerable.Range(0, random.Next(2, 9)).Select(_ => TrueOf(random, assigned)).ToArray();
            var relations = RelationSet.Of(values, facts);

            var projected = relations.Project(Held);

            Assert.Equal<long>([0, 1], projected.Values.ToArray().Select(static value => value.Number));
            foreach (var fact in projected.Facts)
            {
                left++;
                var name = $"seed {Seed}, number {number}: {fact} of {relations}";
                Assert.All(fact.Terms.ToArray(), static term => Assert.Contains(term.Value, Held));
                Assert.True((BigInteger)fact.Constant + Sum(fact, assigned) >= 0, name);
            }
        }

        left.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public void Two_facts_that_hang_together_by_a_value_say_the_same_without_it()
    {
        var values = Enumerable.Range(0, 3).Select(static i => new RelationSet.NumberedValue(i, RelationSet.Value(i, Any)));
        var low = LinearForm.Of([new(0, 1), new(2, -2)], 0);
        var high = LinearForm.Of([new(1, -1), new(2, 3)], 7);

        var projected = RelationSet.Of(values, [low, high]).Project(Held);

        // 3·v0 >= 6·v2 and 6·v2 >= 2·v1 - 14.
        projected.Facts.ToArray().ShouldContain(LinearForm.Of([new(0, 3), new(1, -2)], 14));
        projected.Holds(LinearForm.Of([new(0, 3), new(1, -2)], 13)).ShouldBeFalse();
    }

    [Fact]
    public void A_value_that_others_determine_is_replaced_in_all_facts()
    {
        var values = Enumerable.Range(0, 3).Select(static i => new RelationSet.NumberedValue(i, RelationSet.Value(i, Any)));
        var same = LinearForm.Of([new(2, 1), new(0, -1)], -5);
        var bound = LinearForm.Of([new(1, 1), new(2, -4)], 0);

        var projected = RelationSet.Of(values, [same, same.Negated(), bound]).Project(Held);

        projected.Facts.ToArray().ShouldBe([LinearForm.Of([new(1, 1), new(0, -4)], -20)]);
    }

    private static ValueRange<Word> Any => ValueRange<Word>.Any(Width.Bits64);

    private static ValueRange<Word> Around(Random random, ulong value) => random.Next(2) == 0
        ? Any
        : ValueRange<Word>.Between(
            Word.Of(value - Math.Min(value, 99)), Word.Of(value + Math.Min(ulong.MaxValue - value, 99)));

    private static LinearForm TrueOf(Random random, ulong[] assigned)
    {
        var terms = Enumerable.Range(0, Values)
            .Select(value => LinearForm.TermOf(value, random.Next(3) == 0 ? random.Next(-3, 4) : 0));
        var form = LinearForm.Of(terms, 0);
        return form.With((Int128)(random.Next(3) - Sum(form, assigned)));
    }

    private static BigInteger Sum(LinearForm form, ulong[] assigned) =>
        form.Terms.ToArray().Aggregate(BigInteger.Zero, (sum, term) => sum + ((BigInteger)term.Factor * assigned[term.Value]));
}
