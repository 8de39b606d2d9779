using RbpfSpec.Campaigns.Plans;

namespace RbpfSpec.Campaigns.Stores;

/// <summary>The place where campaigns are kept: what is told here no killed process loses.</summary>
public interface ICampaignStore
{
    /// <summary>A campaign as it is kept; null if it is not.</summary>
    /// <param name="id">The campaign's name.</param>
    ValueTask<StoredCampaign?> Load(string id);

    /// <summary>Keeps a campaign from now on, and what is kept of it already; workers may work for it.</summary>
    ValueTask Begin(CampaignPlan plan);

    /// <summary>Keeps the result of a piece.</summary>
    ValueTask Keep(string id, int piece, string result);

    /// <summary>The campaigns that workers may work for.</summary>
    ValueTask<IReadOnlyList<string>> Active();

    /// <summary>Nobody shall work for a campaign until it is begun again; it is kept.</summary>
    ValueTask Pause(string id);

    /// <summary>Keeps a campaign no longer.</summary>
    ValueTask End(string id);
}

/// <summary>A campaign as it is kept.</summary>
/// <param name="Plan">Its plan.</param>
/// <param name="Results">The results so far, by the number of the piece.</param>
public sealed record StoredCampaign(CampaignPlan Plan, IReadOnlyDictionary<int, string> Results);
