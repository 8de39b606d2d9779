using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RbpfSpec.Campaigns.Silos;

namespace RbpfSpec.Campaigns.Tests;

/// <summary>A Redis of this computer, which keeps nothing after the test.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly Process process;

    /// <summary>Starts it, and waits until it answers.</summary>
    public RedisServer(string folder)
    {
        var program = External.Find("redis-server")
            ?? throw new FileNotFoundException("redis-server is missing; install the Debian package redis-server", "redis-server");
        var port = FreePort();
        process = External.Begin(
            program, "--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no", "--dir", folder);
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("eady to accept connections", StringComparison.Ordinal))
        {
            // It says what it does until then.
        }

        process.HasExited.ShouldBeFalse();
        Address = new("127.0.0.1", port, 0);
    }

    /// <summary>Where it is.</summary>
    public ClusterAddress Address { get; }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
