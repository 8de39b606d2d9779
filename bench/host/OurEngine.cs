using System.Diagnostics;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Images;
using RbpfSpec.Images.Packing;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Bench.Host;

/// <summary>The engines here, on the same programs.</summary>
/// <remarks>The sensor's reply is a run of the container as the device does it: state made, helpers called, response read back.</remarks>
internal static class OurEngine
{
    private static readonly Profile Budgeted = Profile.Rbpf with { BranchLimit = new Allowance<ulong>.Remaining(1UL << 60) };

    /// <summary>A row each.</summary>
    public static IEnumerable<Row> Rows(Workshop work)
    {
        var image = Image("bench/workloads/fletcher32.o");
        var packed = new PackedProgram(image.Program).Pack(HeatshrinkWindow.Small);
        var row = new Row("") { Bytes = image.Program.Count, Packed = packed.Length };
        var program = CheckedProgram.Check(image.Program.AsSpan(), image.Entry, Admission.Of(Budgeted, []), out _)!;
        var command = Path.Combine(Repository.Root, "artifacts/rbpf/rbpf");
        if (File.Exists(command))
        {
            row = work.Started(
                row,
                command,
                "run",
                Path.Combine(Repository.Root, "examples/fletcher32.o"),
                "--memory-file",
                Path.Combine(Repository.Root, "examples/fletcher32.input"));
        }

        foreach (var engine in new[] { Engine.Threaded, Engine.Switch }.Where(Engines.IsAvailable))
        {
            var vm = new Vm(program, new() { Engine = engine });
            var context = Workshop.Input.ToArray();
            var machines = new Dictionary<CheckedProgram, EngineMachine>(ReferenceEqualityComparer.Instance);
            yield return row with
            {
                Name = $"rBPF, {engine.ToString().ToLowerInvariant()}",
                Fletcher = Median(work, Workshop.Checksum, () => vm.Run(context).Result),
                Reply = Median(work, 12, () => Reply(known => Loaded(machines, known, engine))),
            };
        }

        var machine = new ConcreteMachine(program);
        var start = new Start(Budgeted) { Context = Sequence.Of<byte>(Workshop.Input) };
        yield return row with
        {
            Name = "rBPF, the rules themselves",
            StartUp = null,
            Memory = null,
            Fletcher = Median(work, Workshop.Checksum, () => ((Outcome<Word>.Exited)machine.Run(start.State())).Result.Value),
            Reply = Median(work, 12, () => Reply(known => new ConcreteMachine(known))),
        };
    }

    /// <summary>The image in a file of the project.</summary>
    public static Image Image(string path) => ImageFile.Read(
        File.ReadAllBytes(Path.Combine(Repository.Root, path)), new()) is ImageResult.Loaded(var image)
        ? image
        : throw new InvalidOperationException($"'{path}' is no program");

    /// <summary>A container with the application of an image, and all helpers.</summary>
    public static Container Container(Image image) => RbpfSpec.Host.Containers.Container.Of(Application.Admit(
        new(Profile.Rbpf, BudgetClass.Logic, HelperCatalogue.Ids), image.Program, out var problem, image.Entry,
        image.Regions.Map(region => region.ToMapped())) ?? throw new InvalidOperationException(problem));

    private static readonly Container Replying = Container(Image("examples/applications/sensor_reply.o"));

    private static readonly Shared Shared = new(
        RbpfSpec.Host.Store<Word>.Empty(RbpfSpec.Host.Store<Word>.DefaultCapacity),
        [new("lamp", 0x42, null, IsActuator: true), new("thermometer", 0x82, Reading.Of(2716, Reading.Celsius, -2))]);

    private static readonly CoapMessage Request =
        new CoapMessage(CoapType.Confirmable, CoapCode.Get, 1, [1], [], []).With(CoapOption.Of(CoapOptions.UriPath, "t"));

    private static readonly byte[] Datagram = CoapWriter.Write(Request);

    private static readonly Handed Handed = new(
        RbpfSpec.Host.Coap.Reply.Context(Request, Datagram.Length),
        [.. Datagram, .. new byte[RbpfSpec.Host.Coap.Reply.BufferSize - Datagram.Length]],
        new(Request.Token.Count));

    private static ulong Reply(Func<CheckedProgram, IMachine> machine) =>
        ContainerRun.Of(Replying, Shared, Handed, now: 0, machine).Container.Result ?? 0;

    private static EngineMachine Loaded(Dictionary<CheckedProgram, EngineMachine> machines, CheckedProgram program, Engine engine)
    {
        if (!machines.TryGetValue(program, out var machine)) machines.Add(program, machine = new(program, engine));
        return machine;
    }

    // The median of five batches, as of the other engines.
    private static double Median(Workshop work, ulong expected, Func<ulong> run)
    {
        if (run() is var result && result != expected) throw new InvalidOperationException($"the result is {result}; expected {expected}");
        var count = 1;
        List<double> times = [];

        // Until everything is compiled.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < 10 * work.Batch;) run();
        while (times.Count < 5)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++) run();
            var took = Stopwatch.GetElapsedTime(start);
            if (took < work.Batch) count *= 2;
            else times.Add(took.TotalNanoseconds / count);
        }

        times.Sort();
        return times[2];
    }
}
