using System.Numerics;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Measures;

namespace RbpfSpec.Ranges.Tests.Domain;

/// <summary>On all sets of few bits: inclusion, join and meet are those of the members.</summary>
public sealed class ValueRangeTests
{
    private static readonly Width Width = Tried.Width;

    [Fact]
    public void Inclusion_join_and_meet_of_bits_are_those_of_members()
    {
        var (sets, members) = (Tried.Tnums.Sets, Tried.Tnums.Members);
        for (var i = 0; i < sets.Count; i++)
        {
            for (var j = 0; j < sets.Count; j++)
            {
                Assert.Equal((members[i] & ~members[j]) == 0, sets[i].IsIncludedIn(sets[j]).Value);
                var join = Tnum<Word>.Join(sets[i], sets[j]);
                Assert.Equal(SmallSets.LeastTnum(Width, members[i] | members[j]), 1 << BitOperations.PopCount(join.Mask.Value));
                Assert.True(join.Contains(sets[i].Value).Value && join.Contains(sets[j].Greatest).Value);
                var meet = Tnum<Word>.Meet(sets[i], sets[j]);
                Assert.Equal((members[i] & members[j]) == 0, meet.IsEmpty.Value);
                if (!meet.IsEmpty.Value) Assert.Equal(members[i] & members[j], Of(meet.Set));
            }
        }
    }

    [Fact]
    public void Inclusion_join_and_meet_of_arcs_are_those_of_members()
    {
        var (sets, members) = (Tried.Arcs.Sets, Tried.Arcs.Members);
        for (var i = 0; i < sets.Count; i++)
        {
            for (var j = 0; j < sets.Count; j++)
            {
                Assert.Equal((members[i] & ~members[j]) == 0, sets[i].IsIncludedIn(sets[j]).Value);
                var join = Arc<Word>.Join(sets[i], sets[j]);
                Assert.Equal(join, Arc<Word>.Join(sets[j], sets[i]));
                Assert.Equal(0UL, (members[i] | members[j]) & ~Of(join));
                Assert.Equal(SmallSets.ShortestArc(Width, members[i] | members[j]), (int)join.Span.Value + 1);
                var meet = Arc<Word>.Meet(sets[i], sets[j]);
                var both = members[i] & members[j];
                Assert.Equal(both == 0, meet.IsEmpty.Value);
                if (both != 0) Assert.Equal(0UL, both & ~Of(meet.Set));
                if (both != 0 && SmallSets.ShortestArc(Width, both) == BitOperations.PopCount(both)) Assert.Equal(both, Of(meet.Set));
            }
        }
    }

    [Fact]
    public void The_members_beside_a_word_are_the_first_and_the_last_around_the_circle()
    {
        var count = 1UL << Width.Bits;
        foreach (var set in Tried.Tnums.Sets)
        {
            foreach (var word in SmallSets.Words(Width))
            {
                var upwards = Enumerable.Range(0, (int)count).Select(step => Word.Wrap(word.Value + (ulong)step, Width));
                var downwards = Enumerable.Range(0, (int)count).Select(step => Word.Wrap(word.Value - (ulong)step, Width));
                Assert.Equal(upwards.First(other => set.Contains(other).Value), set.FirstFrom(word));
                Assert.Equal(downwards.First(other => set.Contains(other).Value), set.LastUntil(word));
            }
        }
    }

    [Fact]
    public void A_range_keeps_its_members_when_it_is_reduced_and_is_empty_if_it_has_none()
    {
        foreach (var bits in Tried.Tnums.Sets)
        {
            foreach (var arc in Tried.Arcs.Sets)
            {
                var range = new ValueRange<Word>(bits, arc);
                var members = Of(range);
                var reduced = range.Reduced();
                Assert.Equal(members == 0, reduced.IsEmpty.Value);
                if (members != 0) Assert.Equal(members, Of(reduced.Set));
            }
        }
    }

    private static ulong Of(Tnum<Word> set) => SmallSets.MembersOf(Width, word => set.Contains(word).Value);

    private static ulong Of(Arc<Word> set) => SmallSets.MembersOf(Width, word => set.Contains(word).Value);

    private static ulong Of(ValueRange<Word> set) => SmallSets.MembersOf(Width, word => set.Contains(word).Value);
}
