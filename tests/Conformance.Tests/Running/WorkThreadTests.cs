using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Conformance.Tests.Running;

public sealed class WorkThreadTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_thread_does_one_thing_after_the_other_and_goes_on_after_an_exception()
    {
        using var thread = new WorkThread();
        List<int> done = [];
        var all = Enumerable.Range(0, 1000).Select(i => thread.Do(() =>
        {
            done.Add(i);
            return i == 500 ? throw new IOException("no") : Environment.CurrentManagedThreadId;
        })).ToList();

        await Should.ThrowAsync<IOException>(() => Task.WhenAll(all).WaitAsync(Soon));

        done.ShouldBe(Enumerable.Range(0, 1000));
        all.Where(task => task.IsCompletedSuccessfully)
            .Select(task => task.Result)
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldNotBe(Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task What_blocks_holds_nobody_up_who_ends_the_thread()
    {
        var (began, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        Thread? thread = null;
        var worker = new WorkThread();
        var blocked = worker.Do(() =>
        {
            thread = Thread.CurrentThread;
            began.SetResult();
            mayEnd.Task.Wait();
            return 7;
        });
        await began.Task.WaitAsync(Soon);

        worker.Dispose();

        blocked.IsCompleted.ShouldBeFalse();
        mayEnd.SetResult();
        (await blocked.WaitAsync(Soon)).ShouldBe(7);
        thread!.Join(Soon).ShouldBeTrue();
    }
}
