using System.Numerics;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Tests.Relations;

/// <summary>Bounds of sums hold of every assignment of the facts, however large factors and constants are.</summary>
public sealed class RelationSetTests
{
    private const int Seed = 16;
    private const int Values = 4;

    // Facts are drawn that are true of an assignment: so must be whatever is concluded from them. Powers of 65,535 overflow soonest.
    [Fact]
    public void No_bound_excludes_an_assignment_of_which_all_facts_are_true()
    {
        var random = new Random(Seed);
        for (var number = 0; number < 4_000; number++)
        {
            var assigned = Enumerable.Range(0, Values).Select(_ => Drawn(random)).ToArray();
            var values = assigned.Select((value, i) => new RelationSet.NumberedValue(i, RelationSet.Value(i, Around(random, value))));
            var facts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => TrueOf(random, assigned)).ToArray();
            var form = TrueOf(random, assigned);

            var relations = RelationSet.Of(values, facts);

            var name = $"seed {Seed}, number {number}: {form} of {relations}";
            var exact = form.Constant + Sum(form.Terms.ToArray(), assigned);
            ((BigInteger)relations.LeastOf(form, 0)).ShouldBeLessThanOrEqualTo(exact, name);
            ((BigInteger)relations.GreatestOf(form, 0)).ShouldBeGreaterThanOrEqualTo(exact, name);
            relations.Assume(form).ShouldNotBeNull(name);
        }
    }

    // Shifted to the left by 63, a value is -2^63 times itself: of that there is no absolute value.
    [Theory]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 62)]
    [InlineData((1UL << 63) + 1)]
    [InlineData((1UL << 40) + 1)]
    public void Of_a_multiple_that_is_too_large_nothing_is_concluded(ulong scale)
    {
        var any = ValueRange<Word>.Any(Width.Bits64);
        LinearForm[] facts = [LinearForm.Of([new(1, 1), new(0, -1)], 0), LinearForm.Of([new(2, 1), new(0, 1)], -5)];
        var relations = RelationSet.Of([new(0, RelationSet.Value(0, any)), new(1, RelationSet.Value(1, any))], facts);

        relations.FormOf(RangeWord.Any(Width.Bits64).With(new Link(0, scale, 0))).ShouldBeNull();
        relations.Holds(LinearForm.Of(0, (long)scale, 0)).ShouldBeFalse();
        relations.Holds(LinearForm.Of(0, -(Int128)(long)scale, 0)).ShouldBeFalse();
    }

    // What was found is kept, and answers for what has the same terms: that must be no other answer than a search gives.
    [Fact]
    public void A_bound_is_the_same_whatever_was_asked_before()
    {
        var random = new Random(Seed);
        for (var number = 0; number < 1_000; number++)
        {
            var assigned = Enumerable.Range(0, Values).Select(_ => Drawn(random) >> 32).ToArray();
            var values = assigned
                .Select((value, i) => new RelationSet.NumberedValue(i, RelationSet.Value(i, Around(random, value)))).ToArray();
            var facts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => TrueOf(random, assigned)).ToArray();
            var asked = RelationSet.Of(values, facts);
            LinearForm[] forms = [TrueOf(random, assigned), facts[0], facts[^1].Negated()];
            for (var question = 0; question < 12; question++)
            {
                var form = forms[random.Next(forms.Length)].Plus(random.Next(-9, 9));
                var enough = (Int128)random.Next(-9, 9);

                var (kept, found) = (asked.LeastOf(form, enough), RelationSet.Of(values, facts).LeastOf(form, enough));

                var name = $"seed {Seed}, number {number}, question {question}: {form} of {asked}";
                (kept >= enough).ShouldBe(found >= enough, name);
                if (found < enough) kept.ShouldBe(found, name);
                var exact = form.Constant + Sum(form.Terms.ToArray(), assigned);
                ((BigInteger)kept).ShouldBeLessThanOrEqualTo(exact, name);
                asked.IsAtLeast(form, enough).ShouldBe(found >= enough, name);
                RelationSet.Of(values, facts).IsAtLeast(form, enough).ShouldBe(found >= enough, name);
                asked.IsAtMost(form.Negated(), -enough).ShouldBe(found >= enough, name);
            }
        }
    }

    // Of a chain of values, each above the one before, the last is at least 4 above the first, and may be just that.
    [Fact]
    public void A_number_that_was_too_high_is_forgotten_when_a_lower_one_is_asked_about()
    {
        var small = ValueRange<Word>.Between(Word.Of(0), Word.Of(99));
        var relations = RelationSet.Of(
            Enumerable.Range(0, 5).Select(i => new RelationSet.NumberedValue(i, RelationSet.Value(i, small))),
            Enumerable.Range(1, 4).Select(i => LinearForm.Of([new(i, 1), new(i - 1, -1)], -1)));
        var form = LinearForm.Of([new(4, 1), new(0, -1)], 0);

        relations.IsAtLeast(form, 9).ShouldBeFalse();
        relations.IsAtLeast(form, 5).ShouldBeFalse();
        relations.IsAtLeast(form, 4).ShouldBeTrue();
        relations.LeastOf(form, 9).ShouldBe((Int128)4);
        relations.IsAtMost(form, 99).ShouldBeTrue();
    }

    // No list of values that a certificate may have, and no sum without values, is more than there is room for.
    [Fact]
    public void Sums_without_values_and_many_values_are_asked_about_as_others_are()
    {
        var any = ValueRange<Word>.Any(Width.Bits64);
        foreach (var count in (int[])[1, 96, 97, 4096])
        {
            var relations = RelationSet.Of(
                Enumerable.Range(0, count).Select(i => new RelationSet.NumberedValue(i, RelationSet.Value(i, any))),
                [LinearForm.Of(-1), LinearForm.Of([new(0, 1), new(count, -1)], 0)]);

            relations.IsAtLeast(LinearForm.Of([new(0, 1), new(count, -1)], 0), 0).ShouldBeTrue($"{count} values");
            relations.IsAtLeast(LinearForm.Of([new(0, -1), new(count, 1)], 0), 0).ShouldBeFalse($"{count} values");
        }
    }

    private static ulong Drawn(Random random) => (ulong)random.NextInt64() >> random.Next(0, 64);

    private static ValueRange<Word> Around(Random random, ulong value) => random.Next(3) switch
    {
        0 => ValueRange<Word>.Constant(Word.Of(value)),
        1 => ValueRange<Word>.Between(
            Word.Of(value - Math.Min(value, 99)), Word.Of(value + Math.Min(ulong.MaxValue - value, 99))),
        _ => ValueRange<Word>.Any(Width.Bits64),
    };

    // A form with a constant that makes it zero or somewhat more.
    private static LinearForm TrueOf(Random random, ulong[] assigned)
    {
        var terms = Enumerable.Range(0, Values).Select(value => LinearForm.TermOf(value, Factor(random))).ToArray();
        return LinearForm.Of(terms, (Int128)(random.Next(3) - Sum(terms, assigned)));
    }

    private static BigInteger Sum(LinearForm.Term[] terms, ulong[] assigned) =>
        terms.Aggregate(BigInteger.Zero, (sum, term) => sum + ((BigInteger)term.Factor * assigned[term.Value]));

    private static Int128 Factor(Random random) => random.Next(6) switch
    {
        0 or 1 => 0,
        2 => 1,
        3 => -1,
        4 => (random.Next(2) == 0 ? 1 : -1) * (Int128)65_535,
        _ => (random.Next(2) == 0 ? 1 : -1) * (Int128.One << random.Next(0, 62)),
    };
}
