using RbpfSpec.Campaigns.Plans;

namespace RbpfSpec.Campaigns.Grains;

/// <summary>A campaign: who works at which piece, and what came out. There is one of each name in a cluster.</summary>
[Alias("rbpf.campaign")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>Begins it, or goes on with what is kept of it.</summary>
    [Alias("begin")]
    Task Begin(CampaignPlan plan);

    /// <summary>Its plan; null if there is no such campaign.</summary>
    [Alias("plan")]
    Task<CampaignPlan?> Plan();

    /// <summary>Gives a worker a piece, if there is one for it.</summary>
    [Alias("take")]
    Task<Taken> Take(string worker);

    /// <summary>A worker will not work for it.</summary>
    [Alias("refuse")]
    Task Refuse(string worker, string reason);

    /// <summary>A worker still works at what it has.</summary>
    [Alias("renew")]
    Task Renew(string worker);

    /// <summary>A worker goes, in order: what it has waits for others.</summary>
    [Alias("leave")]
    Task Leave(string worker);

    /// <summary>The result of a piece.</summary>
    [Alias("finish")]
    Task Finish(int piece, string result);

    /// <summary>A worker could not finish a piece.</summary>
    [Alias("fail")]
    Task Fail(int piece, string worker, string reason);

    /// <summary>The news since; if there are none, waits a while.</summary>
    /// <param name="since">How much of it is known: what the last news said.</param>
    [Alias("news")]
    Task<News> Since(Mark since);

    /// <summary>The pieces from one on are not wanted any more.</summary>
    [Alias("drop")]
    Task Drop(int from);

    /// <summary>Nobody shall work for it until it is begun again.</summary>
    [Alias("pause")]
    Task Pause();

    /// <summary>All is known of it, and it need not be kept.</summary>
    [Alias("end")]
    Task End();
}

/// <summary>The answer to a worker that asks for a piece.</summary>
[GenerateSerializer]
[Alias("rbpf.taken")]
public abstract record Taken
{
    /// <summary>This piece.</summary>
    /// <param name="Number">Its number in the plan.</param>
    [GenerateSerializer]
    [Alias("rbpf.taken.piece")]
    public sealed record Piece([property: Id(0)] int Number) : Taken;

    /// <summary>Nothing now; there may be a piece later.</summary>
    [GenerateSerializer]
    [Alias("rbpf.taken.nothing")]
    public sealed record Nothing : Taken;

    /// <summary>Nothing any more.</summary>
    [GenerateSerializer]
    [Alias("rbpf.taken.over")]
    public sealed record Over : Taken;
}

/// <summary>How much of a campaign is known.</summary>
/// <param name="Run">Which run of it: another one begins where nothing is known.</param>
/// <param name="Count">How many things.</param>
[GenerateSerializer]
[Alias("rbpf.mark")]
public sealed record Mark([property: Id(0)] Guid Run, [property: Id(1)] int Count)
{
    /// <summary>Nothing.</summary>
    public static Mark Nothing { get; } = new(Guid.Empty, 0);
}

/// <summary>The news of a campaign.</summary>
/// <param name="Mark">What is known with it.</param>
/// <param name="Happened">What happened, in its order.</param>
/// <param name="IsOver">Whether nothing more will.</param>
[GenerateSerializer]
[Alias("rbpf.news")]
public sealed record News([property: Id(0)] Mark Mark, [property: Id(1)] IReadOnlyList<Event> Happened, [property: Id(2)] bool IsOver);

/// <summary>Something that happened in a campaign.</summary>
[GenerateSerializer]
[Alias("rbpf.event")]
public abstract record Event
{
    /// <summary>A piece has its result.</summary>
    [GenerateSerializer]
    [Alias("rbpf.event.finished")]
    public sealed record Finished([property: Id(0)] int Piece, [property: Id(1)] string Result) : Event;

    /// <summary>A piece is given up.</summary>
    [GenerateSerializer]
    [Alias("rbpf.event.givenup")]
    public sealed record GivenUp([property: Id(0)] int Piece, [property: Id(1)] string Reason) : Event;

    /// <summary>A worker will not work for it.</summary>
    [GenerateSerializer]
    [Alias("rbpf.event.refused")]
    public sealed record Refused([property: Id(0)] string Worker, [property: Id(1)] string Reason) : Event;
}
