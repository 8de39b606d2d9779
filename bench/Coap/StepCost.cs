using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Serving;

namespace RbpfSpec.Bench.Coap;

/// <summary>The time and the memory that a device itself takes for a request, without any network.</summary>
internal static class StepCost
{
    /// <summary>The first argument that asks for it; a second one is a number of requests.</summary>
    public const string Verb = "steps";

    private const int Rounds = 10;

    // As the server remembers.
    private const int Remembered = 1024;

    /// <summary>Prints a line for each tenth of the requests.</summary>
    public static int Run(string[] args)
    {
        var requests = args.Length == 0 ? 200_000 : int.Parse(args[0], CultureInfo.InvariantCulture);
        var device = Device.Of(new()
        {
            Remembered = Remembered,
            Updates = new UpdatePolicy.Unsigned(),
            Machine = Machines.Kept(static program => new ContainerMachine(program)),
        });
        var manifest = new Manifest(Profile.Rbpf, BudgetClass.Snippet, SensorReply.Ids);
        var application = Application.Admit(manifest, SensorReply.Program, out var problem) ?? throw new InvalidOperationException(problem);
        device = device.Step(new DeviceEvent.Install(0, application)).Device;
        var datagram = SensorReply.Request(0);
        Console.WriteLine("requests   us each  bytes each  collections");
        var now = 0ul;
        for (var round = 0; round < Rounds; round++)
        {
            var (bytes, collections, start) = (GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0), Stopwatch.GetTimestamp());
            for (var i = 0; i < requests / Rounds; i++)
            {
                now += 25;
                device = device.Step(new DeviceEvent.Clock(now)).Device;
                (datagram[2], datagram[3]) = ((byte)(now >> 8), (byte)now);
                var step = device.Step(new DeviceEvent.Datagram("127.0.0.1:40000", Sequence.Of<byte>(datagram)));
                if (step.Effects.IsEmpty) throw new InvalidOperationException("no answer");
                device = step.Device;
            }

            var time = Stopwatch.GetElapsedTime(start).TotalMicroseconds * Rounds / requests;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{requests / Rounds,8} {time,9:0.00} {(GC.GetAllocatedBytesForCurrentThread() - bytes) * (double)Rounds / requests,11:0} "
                + $"{GC.CollectionCount(0) - collections,12}"));
        }

        return 0;
    }
}
