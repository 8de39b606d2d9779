using System.Globalization;
using StackExchange.Redis;

namespace RbpfSpec.Campaigns.Silos;

/// <summary>The address of a cluster: the Redis by which its processes find each other, <c>redis://host:port/database</c>.</summary>
/// <param name="Host">The host's name or address.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="Database">The number of the database.</param>
public sealed record ClusterAddress(string Host, int Port, int Database)
{
    private const string Scheme = "redis://";
    private const int UsualPort = 6379;

    /// <summary>Reads an address; null if the text is none.</summary>
    public static ClusterAddress? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal)
            || !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.UserInfo != "" || address.Query != "" || address.Fragment != "" || address.Host == "" || address.Port == 0)
        {
            return null;
        }

        var path = address.AbsolutePath.Trim('/');
        var database = 0;
        return path == "" || int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database)
            ? new(address.DnsSafeHost, address.Port < 0 ? UsualPort : address.Port, database)
            : null;
    }

    /// <summary>As it is written.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return $"{Scheme}{host}:{Port}{(Database == 0 ? "" : $"/{Database}")}";
    }

    /// <summary>How to connect.</summary>
    internal ConfigurationOptions Options => new()
    {
        EndPoints = { { Host, Port } },
        DefaultDatabase = Database,
        AbortOnConnectFail = true,
        ConnectTimeout = 3000,
        ConnectRetry = 1,
    };
}
