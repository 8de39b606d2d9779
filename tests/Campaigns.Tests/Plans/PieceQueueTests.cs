using RbpfSpec.Campaigns.Plans;

namespace RbpfSpec.Campaigns.Tests.Plans;

public sealed class PieceQueueTests
{
    private static readonly LeaseRules Rules = new(TimeSpan.FromSeconds(30), 3);
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly PieceQueue queue = new(3, Rules);

    [Fact]
    public void Each_piece_is_given_once_in_order_while_its_lease_lasts()
    {
        Take("a", 0).ShouldBe(0);
        Take("b", 1).ShouldBe(1);
        Take("a", 2).ShouldBe(2);

        Take("b", 29).ShouldBeNull();
    }

    [Fact]
    public void A_piece_whose_lease_is_over_is_given_to_another()
    {
        Take("a", 0);

        queue.Expire(At(29.9)).ShouldBeEmpty();
        Take("b", 29.9).ShouldBe(1);
        queue.Expire(At(30)).ShouldBeEmpty();
        Take("b", 30).ShouldBe(0);
        queue.Reason(0).ShouldBe("no more was heard of the worker a");
    }

    [Fact]
    public void Who_says_in_time_that_it_still_works_keeps_what_it_has_and_nothing_of_others()
    {
        Take("a", 0);
        Take("b", 0);

        queue.Renew("a", At(20));
        queue.Expire(At(49));

        Take("c", 49).ShouldBe(1);
        Take("c", 49).ShouldBe(2);
        Take("c", 49).ShouldBeNull();
    }

    [Fact]
    public void A_piece_that_is_lost_three_times_is_given_up_and_told_once()
    {
        for (var time = 0; time < 60; time += 30)
        {
            Take("a", time).ShouldBe(0);
            queue.Expire(At(time + 30)).ShouldBeEmpty();
        }

        Take("a", 60).ShouldBe(0);
        queue.Expire(At(90)).ShouldBe([0]);

        queue.Expire(At(200)).ShouldBeEmpty();
        Take("a", 200).ShouldBe(1);
    }

    [Fact]
    public void Losses_and_failures_count_together_and_those_of_who_has_it_no_more_do_not()
    {
        Take("a", 0);
        queue.Fail(0, "b", "not mine").ShouldBeFalse();
        queue.Fail(0, "a", "broke").ShouldBeFalse();
        queue.Fail(0, "a", "again").ShouldBeFalse();
        Take("a", 0).ShouldBe(0);
        queue.Expire(At(30));
        Take("a", 30).ShouldBe(0);

        queue.Fail(0, "a", "at last").ShouldBeTrue();

        queue.Reason(0).ShouldBe("at last");
    }

    [Fact]
    public void Who_goes_in_order_leaves_what_it_has_and_loses_nothing()
    {
        for (var round = 0; round < 5; round++)
        {
            Take("a", round).ShouldBe(0);
            queue.Leave("a");
        }

        Take("b", 9).ShouldBe(0);
    }

    [Fact]
    public void A_late_result_counts_and_only_the_first_of_a_piece_does()
    {
        Take("a", 0);
        queue.Expire(At(31));
        Take("b", 31).ShouldBe(0);

        queue.Finish(0).ShouldBeTrue();
        queue.Finish(0).ShouldBeFalse();

        queue.Expire(At(100)).ShouldBeEmpty();
        Take("c", 100).ShouldBe(1);
    }

    [Fact]
    public void It_is_over_when_each_piece_is_done_given_up_or_not_wanted()
    {
        Take("a", 0);
        queue.Finish(0);
        queue.IsOver.ShouldBeFalse();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Take("a", 0).ShouldBe(1);
            queue.Fail(1, "a", "broke");
        }

        queue.IsOver.ShouldBeFalse();
        Take("a", 0).ShouldBe(2);
        queue.Drop(2);

        queue.IsOver.ShouldBeTrue();
        queue.IsWanted(2).ShouldBeFalse();
        queue.Finish(2).ShouldBeFalse();

        // What was given up may still come.
        queue.Finish(1).ShouldBeTrue();
        queue.IsOver.ShouldBeTrue();
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private int? Take(string worker, double seconds) => queue.Take(worker, At(seconds));
}
