namespace RbpfSpec.Words.Tests;

/// <summary>Ranges against what numbers that cannot wrap around say.</summary>
public sealed class AddressRangeTests
{
    [Fact]
    public void A_range_is_named_exactly_if_it_wraps_around_or_shares_an_address_with_another() =>
        Law.Holds(seed: 70, 1_000, Ranges, ranges =>
        {
            var problems = AddressRange.Problems(ranges);

            foreach (var range in ranges)
            {
                problems.Any(problem => Says(problem, $"region '{range.Name}' at", "wraps around")).ShouldBe(Wraps(range));
            }

            var sound = ranges.Where(range => !Wraps(range)).ToList();
            foreach (var range in sound)
            {
                var overlaps = sound.Any(other => other != range && Shares(range, other));
                problems.Any(problem => Says(problem, $"'{range.Name}'", "overlaps"))
                    .ShouldBe(overlaps, $"'{range.Name}' in: {string.Join("; ", problems)}");
            }
        });

    [Fact]
    public void Ranges_may_be_added_one_by_one_exactly_if_they_have_no_problems_together() =>
        Law.Holds(seed: 71, 1_000, Ranges, ranges =>
        {
            List<AddressRange> added = [];
            foreach (var range in ranges)
            {
                AddressRange.Problems([.. added, range]).IsEmpty.ShouldBe(range.ProblemBeside(added) is null);
                if (range.ProblemBeside(added) is null) added.Add(range);
            }
        });

    [Fact]
    public void The_later_one_is_said_to_overlap_the_earlier_one() =>
        AddressRange.Problems([new("a", 16, 8), new("b", 8, 9)])
            .ShouldHaveSingleItem().ShouldBe("region 'b' at 0x8 overlaps region 'a' at 0x10");

    // A hundred thousand ranges compared each with each other would be five billion comparisons.
    [Fact]
    public void A_hundred_thousand_ranges_are_compared_in_order()
    {
        var ranges = Enumerable.Range(0, 100_000).Select(i => new AddressRange($"{i}", (ulong)i * 8, 8)).ToList();

        AddressRange.Problems(ranges).ShouldBeEmpty();
        AddressRange.Problems([.. ranges, new("last", 7, 2)]).Count.ShouldBe(2);
    }

    private static bool Says(string problem, params string[] words) =>
        words.All(word => problem.Contains(word, StringComparison.Ordinal));

    private static bool Wraps(AddressRange range) => (UInt128)range.Start + range.Length > (UInt128)ulong.MaxValue + 1;

    private static bool Shares(AddressRange left, AddressRange right)
    {
        UInt128 first = Math.Max(left.Start, right.Start);
        var leftEnd = (UInt128)left.Start + left.Length;
        var rightEnd = (UInt128)right.Start + right.Length;
        return first < leftEnd && first < rightEnd;
    }

    private static AddressRange[] Ranges(Dice dice)
    {
        var count = 0;
        return dice.Several(dice.Between(0, 6), _ => new AddressRange(
            $"{count++}",
            dice.OnceIn(3) ? ulong.MaxValue - (ulong)dice.Between(0, 20) : (ulong)dice.Between(0, 40),
            dice.OnceIn(12) ? ulong.MaxValue - (ulong)dice.Between(0, 20) : (ulong)dice.Between(0, 12)));
    }
}
