namespace RbpfSpec.Interp.Tests;

/// <summary>One at a time is in; all others are refused.</summary>
public sealed class TurnTests
{
    private const int Threads = 4;
    private const int Tries = 40_000;

    [Fact]
    public void Who_is_in_is_not_let_in_again()
    {
        var turn = new Turn();
        var claim = turn.Enter();

        for (var i = 0; i < 2; i++) Should.Throw<InvalidOperationException>(turn.Enter).Message.ShouldContain("one thread at a time");

        claim.Leave();
        turn.Enter().Leave();
    }

    [Fact]
    public void Another_thread_is_refused_until_the_first_one_leaves()
    {
        var turn = new Turn();
        var claim = turn.Enter();
        Exception? refusal = null;

        OnAnotherThread(() => refusal = Record.Exception(turn.Enter));
        refusal.ShouldBeOfType<InvalidOperationException>();

        claim.Leave();
        Turn.Claim? theirs = null;
        OnAnotherThread(() => theirs = turn.Enter());
        Should.Throw<InvalidOperationException>(turn.Enter);
        theirs!.Leave();
        turn.Enter().Leave();
    }

    // What two threads do to a plain number at once gets lost; and of those that try, some get in.
    [Fact]
    public void Threads_that_try_at_once_are_in_one_after_another()
    {
        var turn = new Turn();
        long inside = 0;
        long entered = 0;
        var together = 0;
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < Tries; i++)
            {
                Turn.Claim claim;
                try
                {
                    claim = turn.Enter();
                }
                catch (InvalidOperationException)
                {
                    continue;
                }

                var alone = Interlocked.Increment(ref together) == 1;
                if (alone) inside++;
                Interlocked.Decrement(ref together);
                claim.Leave();
                Interlocked.Increment(ref entered);
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        inside.ShouldBe(entered);
        entered.ShouldBeGreaterThan(0);
        turn.Enter().Leave();
    }

    private static void OnAnotherThread(ThreadStart act)
    {
        var thread = new Thread(act);
        thread.Start();
        thread.Join();
    }
}
