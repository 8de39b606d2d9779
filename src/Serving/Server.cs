using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Serving.Network;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Serving;

/// <summary>A device that runs: events come from the network, the clock, sensors and other threads, and its effects are done.</summary>
/// <remarks>
/// A thread waits at each socket, and one for the clock; they have the device in turn. What survives a loss of power is saved before
/// anything is sent that may say so; several datagrams that wait share one save. A datagram goes through the containers of the packet
/// hooks first, if there are any: what they leave of it is what the device gets, and a negative result drops it.
/// </remarks>
public sealed class Server
{
    // The others wait: time goes on, and what is saved is told.
    private const int MostDatagrams = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly Endpoint endpoint;
    private readonly IDeviceStore store;
    private readonly ISensorSource sensors;
    private readonly Action<DeviceEffect> tell;
    private readonly ConcurrentQueue<DeviceEvent> posted = [];
    private readonly List<DeviceEffect.Send> held = [];
    private readonly object turn = new();
    private readonly long start = Stopwatch.GetTimestamp();
    private Device device;
    private Device saved;
    private volatile Device snapshot;
    private volatile bool isStopped;
    private ulong? awaited;
    private ExceptionDispatchInfo? failure;

    /// <summary>A device that begins with what survived.</summary>
    /// <param name="settings">Its sensors are those of the source.</param>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="store">Keeps what survives.</param>
    /// <param name="sensors">Its sensors.</param>
    /// <param name="tell">Told of each effect but the datagrams, on the thread that runs the server.</param>
    /// <exception cref="ArgumentException">The settings have problems, or what survived is of another device.</exception>
    public Server(DeviceSettings settings, Endpoint endpoint, IDeviceStore store, ISensorSource sensors, Action<DeviceEffect> tell)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(store);
        (this.endpoint, this.store, this.sensors, this.tell) = (endpoint, store, sensors, tell);
        saved = snapshot = device = store.Load() is { } persisted ? Device.Of(settings, persisted) : Device.Of(settings);
    }

    /// <summary>The device as it was after the latest events; any thread may read it.</summary>
    public Device Snapshot => snapshot;

    /// <summary>Hands an event to the device; any thread may call it.</summary>
    public void Post(DeviceEvent happening)
    {
        posted.Enqueue(happening);
        lock (turn) Monitor.Pulse(turn);
    }

    /// <summary>Ends the run; any thread may call it.</summary>
    public void Stop()
    {
        isStopped = true;
        lock (turn) Monitor.Pulse(turn);
    }

    /// <summary>Runs the device until it is stopped.</summary>
    public void Run()
    {
        Thread[] receivers = [.. Enumerable.Range(0, endpoint.Addresses.Count).Select(socket => new Thread(() => Receive(socket)))];
        foreach (var receiver in receivers) receiver.Start();
        try
        {
            lock (turn)
            {
                while (!isStopped)
                {
                    Advance();
                    Settle();
                    if (!isStopped && posted.IsEmpty) Monitor.Wait(turn, UntilDue());
                }
            }
        }
        finally
        {
            isStopped = true;
            endpoint.Wake();
            foreach (var receiver in receivers) receiver.Join();
        }

        failure?.Throw();
    }

    // What a socket brings, one datagram after the other.
    private void Receive(int socket)
    {
        var buffer = new byte[Endpoint.LargestDatagram];
        try
        {
            while (!isStopped)
            {
                if (!endpoint.Receive(socket, buffer, out var length) || isStopped) continue;
                lock (turn)
                {
                    Advance();
                    Receive(endpoint.SenderOf(socket), Sequence.Of<byte>(buffer.AsSpan(0, length)));
                    for (var i = 1; i < MostDatagrams && IsUnsaved && endpoint.IsWaiting(socket); i++)
                    {
                        if (endpoint.Receive(socket, buffer, out length))
                            Receive(endpoint.SenderOf(socket), Sequence.Of<byte>(buffer.AsSpan(0, length)));
                    }

                    Settle();
                    if (Earlier(device.Due, awaited) != awaited) Monitor.Pulse(turn);
                }
            }
        }
        catch (Exception exception)
        {
            // Whoever runs the server is told, not this thread.
            failure = ExceptionDispatchInfo.Capture(exception);
            Stop();
        }
    }

    // What came of itself: time, sensors, events from other threads.
    private void Advance()
    {
        Apply(new DeviceEvent.Clock(Now));
        if (sensors.Due <= device.Now)
        {
            foreach (var sample in sensors.Take(device.Now)) Apply(sample);
        }

        while (posted.TryDequeue(out var happening)) Apply(happening);
    }

    private ulong Now => (ulong)Stopwatch.GetElapsedTime(start).Ticks / TimeSpan.TicksPerMicrosecond;

    private bool IsUnsaved => !Persisted.IsSame(saved, device);

    private TimeSpan UntilDue()
    {
        awaited = Earlier(device.Due, sensors.Due);
        if (awaited is not { } due) return Timeout.InfiniteTimeSpan;
        var now = Now;

        // A wait is of whole milliseconds: rounded up, so that it is over when it is due.
        return due <= now
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds(Math.Min((due - now + 999) / 1000, (ulong)LongestWait.TotalMilliseconds));
    }

    private static ulong? Earlier(ulong? one, ulong? other) => one < other || other is null ? one : other;

    private void Receive(string peer, Sequence<byte> datagram)
    {
        if (!HasPacketHook(device))
        {
            Apply(new DeviceEvent.Datagram(peer, datagram));
            return;
        }

        if (Apply(new DeviceEvent.Packet(datagram)) is { Result: >= 0 } passed) Apply(new DeviceEvent.Datagram(peer, passed.Bytes));
    }

    private static bool HasPacketHook(Device device)
    {
        foreach (var hook in device.Hooks)
        {
            if (hook is { Trigger: Trigger.Packet, Entries.IsEmpty: false }) return true;
        }

        return false;
    }

    // What is sent waits for the save, if there is something to save.
    private DeviceEffect.Passed? Apply(DeviceEvent happening)
    {
        var step = device.Step(happening);
        device = step.Device;
        var isSaved = held.Count == 0 && Persisted.IsSame(saved, device);
        DeviceEffect.Passed? passed = null;
        foreach (var effect in step.Effects)
        {
            if (effect is not DeviceEffect.Send send) tell(effect);
            else if (isSaved) endpoint.Send(send.Peer, send.Bytes.AsSpan());
            else held.Add(send);
            passed ??= effect as DeviceEffect.Passed;
        }

        return passed;
    }

    private void Settle()
    {
        if (IsUnsaved) store.Save(Persisted.Of(saved), Persisted.Of(device));
        saved = snapshot = device;
        foreach (var send in held) endpoint.Send(send.Peer, send.Bytes.AsSpan());
        held.Clear();
    }
}
