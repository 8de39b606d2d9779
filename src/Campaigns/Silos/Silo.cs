using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Campaigns.Stores;
using RbpfSpec.FileSystem;
using StackExchange.Redis;

namespace RbpfSpec.Campaigns.Silos;

/// <summary>A silo that runs.</summary>
public sealed class Silo : IAsyncDisposable
{
    private const string Name = "rbpf";
    private const int Missed = 3;

    private readonly IHost host;
    private readonly IConnectionMultiplexer? redis;
    private bool isStopped;

    private Silo(IHost host, IConnectionMultiplexer? redis, IPEndPoint address) =>
        (this.host, this.redis, Address) = (host, redis, address);

    /// <summary>The address where other silos reach it.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The grains of its cluster.</summary>
    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts a silo.</summary>
    /// <exception cref="FileException">Redis cannot be reached, or the address cannot be had.</exception>
    public static async Task<Silo> Start(SiloSettings settings, CancellationToken cancellation = default)
    {
        var address = settings.Address.Port == 0 ? new(settings.Address.Address, FreePort(settings.Address.Address)) : settings.Address;
        var connection = settings.Cluster is { } cluster ? await Connected(cluster) : null;
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(settings.Rules);
        builder.Services.AddSingleton(settings.Store ?? (connection is null ? new MemoryStore() : new RedisStore(connection)));
        builder.UseOrleans(silo =>
        {
            Configure(silo, settings, connection);

            // No process joins as a client: there is no door for them.
            silo.ConfigureEndpoints(address.Address, address.Port, gatewayPort: 0);
            if (settings.Cluster is null) silo.UseDevelopmentClustering(settings.First ?? address);
        });

        // Leases alone are by the clock that is given; the silo itself goes by that of the computer.
        builder.Services.AddSingleton(new LeaseClock(settings.Time));
        var built = builder.Build();
        try
        {
            await built.StartAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            built.Dispose();
            if (connection is not null) await connection.DisposeAsync();
            throw new FileException($"no silo can be started at {address}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        return new(built, connection, address);
    }

    /// <summary>Stops it as if its process were killed: it tells nobody.</summary>
    public async Task Kill()
    {
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await Stop(now.Token);
    }

    /// <summary>Stops it in order.</summary>
    public async ValueTask DisposeAsync() => await Stop(CancellationToken.None);

    private async Task Stop(CancellationToken cancellation)
    {
        if (isStopped) return;
        isStopped = true;
        try
        {
            await host.StopAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it was to stop.
        }

        host.Dispose();
        if (redis is not null) await redis.DisposeAsync();
    }

    private static void Configure(ISiloBuilder silo, SiloSettings settings, IConnectionMultiplexer? redis)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Name, Name));
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = settings.Look;
            options.NumMissedProbesLimit = Missed;
            options.NumVotesForDeathDeclaration = 1;
            options.TableRefreshTimeout = settings.Look;
            options.DefunctSiloExpiration = TimeSpan.FromHours(1);

            // What a cluster left that was killed whole keeps nobody waiting for long.
            options.IAmAliveTablePublishTimeout = settings.Look;
            options.NumMissedTableIAmAliveLimit = Missed;
        });
        if (redis is null) return;
        silo.UseRedisClustering(options =>
        {
            options.ConfigurationOptions = settings.Cluster!.Options;
            options.CreateMultiplexer = _ => Task.FromResult((redis, true));
        });
    }

    private static async Task<IConnectionMultiplexer> Connected(ClusterAddress cluster)
    {
        try
        {
            return await ConnectionMultiplexer.ConnectAsync(cluster.Options);
        }
        catch (RedisConnectionException exception)
        {
            throw new FileException($"there is no Redis at {cluster}; expected one that answers", exception);
        }
    }

    private static int FreePort(IPAddress address)
    {
        using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
