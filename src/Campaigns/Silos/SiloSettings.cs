using System.Net;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Campaigns.Stores;

namespace RbpfSpec.Campaigns.Silos;

/// <summary>The settings of a silo: a process, or a part of one, that takes part in campaigns.</summary>
public sealed record SiloSettings
{
    /// <summary>The address where other silos reach it; a port of 0 stands for any that is free.</summary>
    public IPEndPoint Address { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The cluster that it takes part in; null for one without Redis.</summary>
    public ClusterAddress? Cluster { get; init; }

    /// <summary>Without Redis, the silo that knows the others; null if it is this one.</summary>
    public IPEndPoint? First { get; init; }

    /// <summary>Where campaigns are kept; null for the cluster's Redis.</summary>
    public ICampaignStore? Store { get; init; }

    /// <summary>The rules of leases.</summary>
    public LeaseRules Rules { get; init; } = LeaseRules.Default;

    /// <summary>The clock of leases.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How often silos look whether the others are there: one that misses three looks is lost.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(3);
}
