using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Requests;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Host.Exploration;

/// <summary>A number of 128 bits for all of a device that decides what it will do.</summary>
/// <remarks>
/// Left out are the settings, which no event changes, and what is only counted: runs, results, and how often a hook came.
/// That two of a million states have one number has a chance of about 1 to 10^26.
/// </remarks>
public readonly record struct StateKey
{
    private readonly ulong high;
    private readonly ulong low;

    private StateKey(ulong high, ulong low) => (this.high, this.low) = (high, low);

    /// <summary>The number of a device.</summary>
    public static StateKey Of(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var key = default(StateKey).And(device.Now).And(device.NextMessageId);
        foreach (var container in device.Slots)
        {
            key = key.And(container is null ? 0UL : 1);
            if (container is null) continue;
            key = key.And(container.Application.Digest).And(container.Application.Manifest.Budget is Containers.BudgetClass.Logic ? 1u : 0)
                .And(container.IsStarted ? 1u : 0).And(container.Wakeup is { } wakeup ? wakeup + 1 : 0)
                .And(container.Fault is { } fault ? ((ulong)fault.Slot << 8) + (ulong)fault.Trap + 1 : 0).And(container.Local);
            foreach (var id in container.Application.Manifest.Grants) key = key.And(id + 1);
            foreach (var sensor in container.Handles.Sensors) key = key.And((ulong)sensor + 1);
        }

        key = key.And(device.Global);
        foreach (var hook in device.Hooks)
        {
            key = key.And(hook.Trigger is Trigger.Timer ? hook.Due : 0).And((ulong)hook.Entries.Count);
            foreach (var entry in hook.Entries) key = key.And(((ulong)entry.Slot << 8) + (ulong)entry.Policy);
        }

        foreach (var sensor in device.Sensors) key = key.And(sensor.Reading);
        key = key.And((ulong)device.Transfers.Count);
        foreach (var transfer in device.Transfers)
            key = key.And(transfer.Peer).And(transfer.Resource).And(transfer.Bytes).And(transfer.Ends);
        foreach (var message in device.Remembered)
            key = key.And(message.Peer).And(message.MessageId).And(message.Answer).And(message.Ends);
        key = key.And((ulong)device.Observers.Count);
        foreach (var observer in device.Observers)
        {
            key = key.And(observer.Peer).And(Exchange.Bytes(observer.Request)).And(observer.Told).And((ulong)observer.Count)
                .And(observer.SentAt).And(observer.ConfirmedAt).And((ulong)(observer.MessageId + 1 ?? 0))
                .And(observer.Waiting is { } waiting ? waiting.Due + (ulong)waiting.Times : 0);
        }

        return key;
    }

    private StateKey And(ulong value)
    {
        var mixed = Mix(low ^ (value * 0x9e37_79b9_7f4a_7c15));
        return new(Mix(high + mixed + (value ^ 0xd1b5_4a32_d192_ed03)), mixed + high);
    }

    private StateKey And(Sequence<byte> bytes)
    {
        var key = And((ulong)bytes.Count);
        foreach (var one in bytes) key = key.And((ulong)one);
        return key;
    }

    private StateKey And(string text)
    {
        var key = And((ulong)text.Length);
        foreach (var character in text) key = key.And((ulong)character);
        return key;
    }

    private StateKey And(Store<Word> store)
    {
        var key = this;
        foreach (var entry in store.Entries)
            key = key.And(entry.Used.Value ? (entry.Key.Value << 32) + entry.Value.Value + 1 : 0);
        return key;
    }

    private StateKey And(Reading? reading) => reading is null ? And(0UL) : And(reading.Word.Value + 1).And((ulong)reading.Dimensions);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9;
        value = (value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb;
        return value ^ (value >> 31);
    }
}
