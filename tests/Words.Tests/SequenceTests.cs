namespace RbpfSpec.Words.Tests;

public sealed class SequenceTests
{
    [Fact]
    public void Sequences_of_equal_items_are_equal()
    {
        Sequence<string> left = ["a", "b"];
        var right = new[] { "A", "B" }.Select(text => text.ToLowerInvariant()).ToSequence();

        left.ShouldBe(right);
        (left == right).ShouldBeTrue();
        (left != right).ShouldBeFalse();
        left.Equals((object)right).ShouldBeTrue();
        left.GetHashCode().ShouldBe(right.GetHashCode());
    }

    [Fact]
    public void Sequences_that_differ_in_an_item_in_order_or_in_length_differ()
    {
        Sequence<int> some = [1, 2];

        (some == (Sequence<int>)[1, 3]).ShouldBeFalse();
        (some == (Sequence<int>)[2, 1]).ShouldBeFalse();
        (some == (Sequence<int>)[1]).ShouldBeFalse();
        (some != (Sequence<int>)[1, 2, 3]).ShouldBeTrue();
        some.Equals(new[] { 1, 2 }).ShouldBeFalse();
    }

    [Fact]
    public void The_default_is_the_empty_sequence()
    {
        var none = default(Sequence<int>);

        (none == (Sequence<int>)[]).ShouldBeTrue();
        none.GetHashCode().ShouldBe(((Sequence<int>)[]).GetHashCode());
        none.Count.ShouldBe(0);
        none.IsEmpty.ShouldBeTrue();
        none.ToList().ShouldBeEmpty();
        none.Add(1).ShouldBe([1]);
        none.ToString().ShouldBe("[]");
    }

    [Fact]
    public void Changes_make_new_sequences_and_leave_the_old_one()
    {
        Sequence<int> old = [1, 2, 3];

        old.Add(4).ShouldBe([1, 2, 3, 4]);
        old.With(1, 9).ShouldBe([1, 9, 3]);
        old.WithoutLast().ShouldBe([1, 2]);

        old.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_sequence_does_not_change_with_the_array_it_was_made_of()
    {
        var items = new[] { 1, 2 };
        var copied = Sequence.Of<int>(items);
        var enumerated = items.ToSequence();

        items[0] = 9;

        copied.ShouldBe([1, 2]);
        enumerated.ShouldBe([1, 2]);
    }

    [Fact]
    public void Items_outside_the_sequence_are_refused()
    {
        Sequence<int> two = [1, 2];

        Should.Throw<IndexOutOfRangeException>(() => two[2]);
        Should.Throw<IndexOutOfRangeException>(() => two[-1]);
        Should.Throw<IndexOutOfRangeException>(() => two.With(2, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => default(Sequence<int>).WithoutLast());
    }

    [Fact]
    public void Both_ways_to_walk_yield_the_items_in_order()
    {
        Sequence<int> items = [3, 1, 2];
        List<int> walked = [];

        foreach (var item in items) walked.Add(item);

        walked.ShouldBe([3, 1, 2]);
        ((IEnumerable<int>)items).ShouldBe([3, 1, 2]);
        items.ToString().ShouldBe("[3, 1, 2]");
    }

    [Fact]
    public void What_is_in_two_sequences_keeps_the_order_of_the_first()
    {
        Sequence<int> some = [3, 1, 2, 1];

        some.Contains(2).ShouldBeTrue();
        some.Contains(4).ShouldBeFalse();
        some.Intersect([1, 3, 9]).ShouldBe([3, 1, 1]);
        some.Intersect([]).ShouldBe([]);
    }
}
