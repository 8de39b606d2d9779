using Orleans.Concurrency;
using Orleans.Placement;
using RbpfSpec.Campaigns.Stores;

namespace RbpfSpec.Campaigns.Grains;

/// <summary>The board, which says what the store does.</summary>
/// <param name="store">Where campaigns are kept.</param>
[Reentrant]
[PreferLocalPlacement]
public sealed class BoardGrain(ICampaignStore store) : Grain, IBoardGrain
{
    private IReadOnlyList<string> campaigns = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Changed();

    public Task<IReadOnlyList<string>> Campaigns() => Task.FromResult(campaigns);

    public async Task Changed() => campaigns = await store.Active();
}
