namespace RbpfSpec.Campaigns.Grains;

/// <summary>The board on which workers look for campaigns; there is one in a cluster.</summary>
[Alias("rbpf.board")]
public interface IBoardGrain : IGrainWithIntegerKey
{
    /// <summary>The key of the one that there is.</summary>
    const long Key = 0;

    /// <summary>The names of the campaigns that there is work for.</summary>
    [Alias("campaigns")]
    Task<IReadOnlyList<string>> Campaigns();

    /// <summary>A campaign was begun, or ended.</summary>
    [Alias("changed")]
    Task Changed();
}
