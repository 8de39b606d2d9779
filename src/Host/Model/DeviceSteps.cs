using System.Buffers.Binary;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Requests;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Model;

/// <summary>The transition system: what an event makes of a device. Total, and without any I/O.</summary>
public static class DeviceSteps
{
    /// <summary>The device after an event, and what it does.</summary>
    public static Step Step(this Device device, DeviceEvent happening)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Observation.Told(device, happening switch
        {
            DeviceEvent.Datagram(var peer, var bytes) => Exchange.Receive(device, peer, bytes),
            DeviceEvent.Clock(var now) => now < device.Now ? Model.Step.Of(device) : At(device, now),
            DeviceEvent.Sample(var sensor, var reading) => Sampled(device, sensor, reading),
            DeviceEvent.Packet(var bytes) => Passed(device, bytes),
            DeviceEvent.Install(var slot, var application) => Installed(device, slot, application),
            DeviceEvent.Start(var slot) => Change(device, slot, container => container with { IsStarted = true, Fault = null }),
            DeviceEvent.Stop(var slot) => Change(device, slot, container => container with { IsStarted = false, Wakeup = null }),
            DeviceEvent.Remove(var slot) => Removed(device, slot),
            DeviceEvent.Attach(var hook, var slot, var policy) => Attached(device, hook, slot, policy),
            DeviceEvent.Detach(var hook, var slot) => Detached(device, hook, slot),
            DeviceEvent.Run(var slot, var context) => Run(device, slot, context),
            DeviceEvent.Restart => Model.Step.Of(Device.Of(device.Settings, Persisted.Of(device))),
            null => throw new ArgumentNullException(nameof(happening)),
        });
    }

    /// <summary>The device with an application in a slot, started, its store empty; hooks that name the slot go on to.</summary>
    internal static Step Installed(Device device, int slot, Application application) => slot >= 0 && slot < device.Slots.Count
        ? Model.Step.Of(device.With(slot, Container.Of(application)))
        : NoSlot(device, slot);

    /// <summary>The device with a signed update: application, sequence number and hooks at once.</summary>
    internal static Step Updated(Device device, Admitted.Accepted accepted)
    {
        var manifest = accepted.Manifest;
        return Installed(device, manifest.Slot, accepted.Application).To(now => now with
        {
            Numbers = now.Numbers.With(manifest.Slot, manifest.Number),
            Hooks = now.Hooks.Map(hook => manifest.Hooks.FirstOrDefault(one => one.Name == hook.Name) is { } wish
                ? hook.With(new HookEntry(manifest.Slot, wish.Policy))
                : hook),
        });
    }

    /// <summary>The device without what is in a slot.</summary>
    internal static Step Removed(Device device, int slot) => device.At(slot) is null
        ? NoSlot(device, slot)
        : Model.Step.Of(device.With(slot, null as Container) with { Hooks = device.Hooks.Map(hook => hook.Without(slot)) });

    /// <summary>The device with another container in a slot that has one.</summary>
    internal static Step Change(Device device, int slot, Func<Container, Container> change) => device.At(slot) is { } container
        ? Model.Step.Of(device.With(slot, change(container)))
        : NoSlot(device, slot);

    private static Step NoSlot(Device device, int slot) => Model.Step.Of(device).And(new DeviceEffect.Refused(
        slot >= 0 && slot < device.Slots.Count ? $"slot {slot} is free" : $"slot {slot}; there are 0 to {device.Slots.Count - 1}"));

    private static Step Attached(Device device, string hook, int slot, Policy policy) =>
        Changed(device, hook, slot, found => found.With(new HookEntry(slot, policy)));

    private static Step Detached(Device device, string hook, int slot) => Changed(device, hook, slot, found => found.Without(slot));

    private static Step Changed(Device device, string hook, int slot, Func<Hook, Hook> change)
    {
        if (device.At(slot) is null) return NoSlot(device, slot);
        for (var i = 0; i < device.Hooks.Count; i++)
        {
            if (device.Hooks[i].Name == hook) return Model.Step.Of(device.With(i, change(device.Hooks[i])));
        }

        var names = string.Join(", ", device.Hooks.Select(one => one.Name));
        return Model.Step.Of(device).And(new DeviceEffect.Refused($"no hook is called '{hook}'; there are: {names}"));
    }

    private static Step Run(Device device, int slot, Sequence<byte> context) => device.At(slot) switch
    {
        null => NoSlot(device, slot),
        { IsStarted: false } => Model.Step.Of(device).And(new DeviceEffect.Refused($"the container in slot {slot} is stopped")),
        _ when context.Count > Application.LargestContext => Model.Step.Of(device).And(new DeviceEffect.Refused(
            $"a context of {context.Count} bytes; the most are {Application.LargestContext}")),
        _ => Chain.Of(device, slot, Handed.Nothing with { Context = context }).Step,
    };

    // Timers in the order of the hooks, then the containers that asked for it in the order of the slots; each once.
    private static Step At(Device device, ulong now)
    {
        device = device with { Now = now, Remembered = device.Remembered.At(now) };
        if (!device.Transfers.IsEmpty)
            device = device with { Transfers = device.Transfers.Where(transfer => transfer.Ends > device.Now).ToSequence() };
        var step = Observation.Repeated(device);
        for (var i = 0; i < device.Hooks.Count; i++)
        {
            if (device.Hooks[i] is { Trigger: Trigger.Timer timer } hook && hook.Due <= device.Now) step = step.Then(Tick(i, timer.Period));
        }

        for (var slot = 0; slot < device.Slots.Count; slot++)
        {
            if (device.Slots[slot] is not { Wakeup: { } wakeup } || wakeup > now) continue;
            if (step.Device.Slots[slot] is { IsStarted: true } container && container.Wakeup == wakeup)
                step = Woken(step, slot);
        }

        return step;
    }

    private static Step Woken(Step step, int slot) => step.Then(device => Chain.Of(device, slot, Handed.Nothing).Step);

    private static Func<Device, Step> Tick(int index, ulong period) => device =>
    {
        var hook = device.Hooks[index];

        // However many were missed, they are one; the next is the first that is still to come.
        var missed = (device.Now - hook.Due) / period;
        var due = hook.Due + ((missed + 1) * period);
        hook = hook with { Times = hook.Times + 1, Due = due > hook.Due ? due : ulong.MaxValue };
        Span<byte> context = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(context, device.Now);
        BinaryPrimitives.WriteUInt64LittleEndian(context[8..], hook.Times);
        return Chain.Of(device.With(index, hook), hook.Entries, Handed.Nothing with { Context = Sequence.Of<byte>(context) }).Step;
    };

    private static Step Sampled(Device device, int sensor, Reading? reading)
    {
        if (sensor < 0 || sensor >= device.Sensors.Count) return Model.Step.Of(device);
        var before = device.Sensors[sensor].Reading;
        var step = Model.Step.Of(device with
        {
            Sensors = device.Sensors.With(sensor, device.Sensors[sensor] with { Reading = reading }),
        });
        if (reading is null or { Dimensions: 0 }) return step;
        Span<byte> context = stackalloc byte[16];
        reading.Write(context);
        BinaryPrimitives.WriteUInt32LittleEndian(context[8..], (uint)sensor);
        var bytes = Sequence.Of<byte>(context);
        for (var i = 0; i < device.Hooks.Count; i++)
        {
            if (device.Hooks[i].Trigger is not Trigger.Threshold threshold || threshold.Sensor != sensor) continue;
            if (!threshold.IsBeyond(reading.First) || (before is { Dimensions: > 0 } && threshold.IsBeyond(before.First))) continue;
            var index = i;
            step = step.Then(now => Fire(now, index, bytes).Step);
        }

        return step;
    }

    private static Step Passed(Device device, Sequence<byte> bytes)
    {
        if (bytes.Count > Application.LargestContext)
        {
            return Model.Step.Of(device).And(new DeviceEffect.Refused(
                $"a packet of {bytes.Count} bytes; the most are {Application.LargestContext}"));
        }

        var step = Model.Step.Of(device);
        var result = 0L;
        for (var i = 0; i < device.Hooks.Count; i++)
        {
            if (device.Hooks[i].Trigger is not Trigger.Packet) continue;
            var index = i;
            step = step.Then(now =>
            {
                var chain = Fire(now, index, bytes);
                if (chain.Last is not null) (bytes, result) = (chain.Handed.Context, chain.Result ?? 0);
                return chain.Step;
            });
        }

        return step.And(new DeviceEffect.Passed(bytes, result));
    }

    private static Chain Fire(Device device, int index, Sequence<byte> context)
    {
        var hook = device.Hooks[index];
        return Chain.Of(
            device.With(index, hook with { Times = hook.Times + 1 }), hook.Entries, Handed.Nothing with { Context = context });
    }
}
