using System.Diagnostics;
using RbpfSpec.Host.Coap;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Serving.Tests.Kills;

/// <summary>Datagrams to a server that is killed some time after one of them was sent.</summary>
internal sealed class KillingChannel(IDatagramChannel inner, Process server) : IDatagramChannel
{
    private int left;
    private TimeSpan delay;
    private bool isAnyBlock;
    private TimeSpan sent;

    private readonly CancellationTokenSource ended = new();

    public bool IsKilled { get; private set; }

    /// <summary>Set when the server is killed, and all that it sent has come.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>How long the answer to the latest last block took.</summary>
    public TimeSpan Latest { get; private set; }

    public TimeSpan Now => inner.Now;

    /// <summary>From now on the server is to be killed.</summary>
    /// <param name="blocks">After so many blocks.</param>
    /// <param name="isAny">Whether every block counts; else the last ones of programs, which are those that change something.</param>
    /// <param name="after">After so long.</param>
    public void Arm(int blocks, bool isAny, TimeSpan after) => (left, isAnyBlock, delay) = (blocks, isAny, after);

    public void Send(ReadOnlySpan<byte> datagram)
    {
        inner.Send(datagram);
        var isLast = IsLast(datagram);
        if (isLast) sent = Now;
        if (left == 0 || (!isLast && !isAnyBlock) || --left != 0) return;
        var until = inner.Now + delay;
        while (inner.Now < until) Thread.SpinWait(20);
        server.Kill();
        server.WaitForExit();
        IsKilled = true;
    }

    // What it sent while it lived has come: the loopback loses nothing, and takes no time.
    public Arrival Receive(TimeSpan until, CancellationToken cancellation)
    {
        var arrival = inner.Receive(IsKilled ? inner.Now + TimeSpan.FromMilliseconds(2) : until, CancellationToken.None);
        if (arrival is not Arrival.Datagram)
        {
            if (IsKilled) ended.Cancel();
            return new Arrival.Nothing();
        }

        Latest = Now - sent;
        return arrival;
    }

    public void Dispose()
    {
        inner.Dispose();
        ended.Dispose();
    }

    private static bool IsLast(ReadOnlySpan<byte> datagram) =>
        CoapReader.Read(datagram).ShouldBeOfType<CoapReading.Read>().Message.Option(CoapOptions.Block1) is not { } option
        || CoapBlock.Of(option) is not { More: true };
}
