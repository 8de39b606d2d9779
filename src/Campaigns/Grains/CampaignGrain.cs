using Orleans.Concurrency;
using Orleans.Placement;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Campaigns.Silos;
using RbpfSpec.Campaigns.Stores;

namespace RbpfSpec.Campaigns.Grains;

/// <summary>A campaign, in the silo that asked for it first; if that is lost, in another, which goes on with what is kept.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="rules">The rules of leases.</param>
/// <param name="time">The clock of leases.</param>
[Reentrant]
[PreferLocalPlacement]
public sealed class CampaignGrain(ICampaignStore store, LeaseRules rules, LeaseClock time) : Grain, ICampaignGrain
{
    // Who asks for news is answered so often at least, far within the time that a call may take.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly List<Event> happened = [];
    private readonly HashSet<string> refused = [];
    private Guid run = Guid.NewGuid();
    private TaskCompletionSource signal = new();
    private CampaignPlan? plan;
    private PieceQueue queue = new(0, rules);
    private bool isPaused;
    private bool isEnded;

    private string Name => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await store.Load(Name) is { } stored) Resume(stored);
    }

    public async Task Begin(CampaignPlan plan)
    {
        isPaused = false;
        if (this.plan is null || isEnded) Resume(await store.Load(Name) ?? new(plan, new Dictionary<int, string>()));
        await store.Begin(plan);
        await Board.Changed();
    }

    public Task<CampaignPlan?> Plan() => Task.FromResult(plan);

    public Task<Taken> Take(string worker)
    {
        Expire();
        Taken taken = plan is null || isEnded || queue.IsOver ? new Taken.Over()
            : !isPaused && queue.Take(worker, time.Now) is { } piece ? new Taken.Piece(piece)
            : new Taken.Nothing();
        return Task.FromResult(taken);
    }

    public Task Refuse(string worker, string reason)
    {
        if (refused.Add(worker)) Tell(new Event.Refused(worker, reason));
        return Task.CompletedTask;
    }

    public Task Renew(string worker)
    {
        queue.Renew(worker, time.Now);
        return Task.CompletedTask;
    }

    public Task Leave(string worker)
    {
        queue.Leave(worker);
        return Task.CompletedTask;
    }

    public async Task Finish(int piece, string result)
    {
        // Of a campaign that was ended, or that nobody kept, nothing is wanted.
        if (plan is null || isEnded || piece >= plan.Pieces.Count || !queue.IsWanted(piece)) return;

        // First kept, then told: what somebody has heard of is not lost.
        await store.Keep(Name, piece, result);
        if (queue.Finish(piece)) Tell(new Event.Finished(piece, result));
    }

    public Task Fail(int piece, string worker, string reason)
    {
        if (plan is not null && piece < plan.Pieces.Count && queue.Fail(piece, worker, reason)) Tell(new Event.GivenUp(piece, reason));
        return Task.CompletedTask;
    }

    public async Task<News> Since(Mark since)
    {
        Expire();
        var known = since.Run == run ? since.Count : 0;
        if (known == happened.Count && !queue.IsOver)
        {
            await Task.WhenAny(signal.Task, Threads.Wait(Longest));
            Expire();
            known = since.Run == run ? known : 0;
        }

        return new(new(run, happened.Count), [.. happened.Skip(known)], queue.IsOver);
    }

    public Task Drop(int from)
    {
        queue.Drop(from);
        Wake();
        return Task.CompletedTask;
    }

    public async Task Pause()
    {
        isPaused = true;
        await store.Pause(Name);
        await Board.Changed();
    }

    public async Task End()
    {
        isEnded = true;
        await store.End(Name);
        await Board.Changed();
    }

    private IBoardGrain Board => GrainFactory.GetGrain<IBoardGrain>(IBoardGrain.Key);

    private void Resume(StoredCampaign stored)
    {
        plan = stored.Plan;
        queue = new(plan.Pieces.Count, rules);
        run = Guid.NewGuid();
        isEnded = false;
        happened.Clear();
        refused.Clear();
        foreach (var (piece, result) in stored.Results.OrderBy(result => result.Key))
        {
            if (piece < plan.Pieces.Count && queue.Finish(piece)) happened.Add(new Event.Finished(piece, result));
        }

        Wake();
    }

    private void Expire()
    {
        foreach (var piece in queue.Expire(time.Now)) Tell(new Event.GivenUp(piece, queue.Reason(piece)));
    }

    private void Tell(Event what)
    {
        happened.Add(what);
        Wake();
    }

    private void Wake()
    {
        signal.TrySetResult();
        signal = new();
    }
}
