using RbpfSpec.Interp.Pinned;

namespace RbpfSpec.Interp.Tests.Pinned;

/// <summary>Memory that is lent is used again, is zero each time, and is nobody else's meanwhile.</summary>
public sealed class PinnedMemoryTests
{
    [Fact]
    public void What_a_lease_gave_is_zero_for_the_next_one()
    {
        using var outer = PinnedMemory.Lend(out var memory);
        byte[] before;
        int start;
        using (PinnedMemory.Lend(out _))
        {
            var taken = memory.Take(100);
            (before, start) = (taken.Array, taken.Start);
            taken.Span.Fill(0xa5);
        }

        using var lease = PinnedMemory.Lend(out var same);
        var again = same.Take(100);

        again.Array.ShouldBeSameAs(before);
        again.Start.ShouldBe(start);
        again.Span.ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Nothing_is_given_twice_and_the_byte_after_the_last_is_nobodys()
    {
        using var outer = PinnedMemory.Lend(out var memory);
        var taken = Enumerable.Range(0, 50).Select(length => memory.Take(length)).ToList();
        using var inner = PinnedMemory.Lend(out var nested);
        taken.AddRange(Enumerable.Range(0, 50).Select(length => nested.Take(length)));

        foreach (var (one, next) in taken.Zip(taken.Skip(1)))
        {
            next.Array.ShouldBeSameAs(one.Array);
            next.Start.ShouldBeGreaterThan(one.Start + one.Length);
        }
    }

    // More than a thread has to lend, and as much as is left of it to the byte.
    [Fact]
    public unsafe void What_is_more_than_there_is_left_is_an_array_of_its_own()
    {
        using var lease = PinnedMemory.Lend(out var memory);
        var first = memory.Take(1);
        var left = first.Array.Length - first.Start;
        for (var less = 0; less < 40; less++)
        {
            using var inner = PinnedMemory.Lend(out _);
            var taken = memory.Take(left - less);

            taken.Length.ShouldBe(left - less);
            taken.Span.Fill(1);
            (taken.Array == first.Array ? taken.Start + taken.Length : 0).ShouldBeLessThan(first.Array.Length);
            memory.Take(1).Span[0].ShouldBe((byte)0);
            (*taken.First).ShouldBe((byte)1);
        }

        PinnedMemory.Own.Take(8).Array.ShouldNotBeSameAs(PinnedMemory.Own.Take(8).Array);
    }

    [Fact]
    public void Threads_have_memory_of_their_own()
    {
        using var lease = PinnedMemory.Lend(out var mine);
        PinnedMemory? other = null;
        var thread = new Thread(() =>
        {
            using var theirs = PinnedMemory.Lend(out other);
        });
        thread.Start();
        thread.Join();

        other.ShouldNotBeNull().ShouldNotBeSameAs(mine);
    }
}
