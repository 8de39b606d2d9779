using System.Globalization;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Bench.Host;

/// <summary>The memory of a container: of many on one device, each having run.</summary>
internal static class Footprint
{
    private const int Containers = 1000;

    private static readonly string[] Applications = ["sensor_reply", "temperature", "counter", "thread_log"];

    /// <summary>Prints it.</summary>
    public static void Print()
    {
        var images = Applications.Select(name => OurEngine.Image($"examples/applications/{name}.o")).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var device = Device.Of(new() { Slots = Containers });
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        for (var slot = 0; slot < Containers; slot++)
        {
            var application = OurEngine.Container(images[slot % images.Length]).Application;
            device = device.Step(new DeviceEvent.Install(slot, application)).Device;
            device = device.Step(new DeviceEvent.Run(slot, Sequence.Of<byte>(new byte[64]))).Device;
        }

        var full = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Containers} containers on one device, each run once: {(double)(full - empty) / Containers:0} bytes each, program included; "
            + $"the device without them: {empty - before} bytes."));
        GC.KeepAlive(device);
    }
}
