using System.Collections.Concurrent;
using System.Diagnostics;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Serving.Network;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Serving;

/// <summary>A device that runs: events come from the network, the clock, sensors and other threads, and its effects are done.</summary>
/// <remarks>
/// One thread owns the device. What survives a loss of power is saved before anything is sent that may say so; several datagrams
/// that wait share one save. A datagram goes through the containers of the packet hooks first, if there are any: what they leave of
/// it is what the device gets, and a negative result drops it.
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
    private readonly byte[] buffer = new byte[Endpoint.LargestDatagram];
    private readonly long start = Stopwatch.GetTimestamp();
    private Device device;
    private Device saved;
    private volatile Device snapshot;
    private volatile bool isStopped;

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
        endpoint.Wake();
    }

    /// <summary>Ends the run; any thread may call it.</summary>
    public void Stop()
    {
        isStopped = true;
        endpoint.Wake();
    }

    /// <summary>Runs the device until it is stopped.</summary>
    public void Run()
    {
        while (!isStopped)
        {
            endpoint.Wait(UntilDue());
            Apply(new DeviceEvent.Clock(Now));
            foreach (var sample in sensors.Take(device.Now)) Apply(sample);
            while (posted.TryDequeue(out var happening)) Apply(happening);
            for (var i = 0; i < MostDatagrams && endpoint.TryReceive(buffer, out var length, out var peer); i++)
                Receive(peer, Sequence.Of<byte>(buffer.AsSpan(0, length)));
            Settle();
        }
    }

    private ulong Now => (ulong)Stopwatch.GetElapsedTime(start).Ticks / TimeSpan.TicksPerMicrosecond;

    private TimeSpan? UntilDue()
    {
        if (!posted.IsEmpty) return TimeSpan.Zero;
        if (Earlier(device.Due, sensors.Due) is not { } due) return null;
        var now = Now;
        return due <= now ? TimeSpan.Zero : TimeSpan.FromMicroseconds(Math.Min(due - now, LongestWait.TotalMicroseconds));
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
        if (!Persisted.IsSame(saved, device)) store.Save(Persisted.Of(saved), Persisted.Of(device));
        saved = snapshot = device;
        foreach (var send in held) endpoint.Send(send.Peer, send.Bytes.AsSpan());
        held.Clear();
    }
}
