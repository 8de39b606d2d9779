using System.Diagnostics;
using RbpfSpec.Interp;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Benchmarks;

/// <summary>The time of one workload, in nanoseconds a run: of interleaved rounds one of the fastest.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Instructions">The instructions that a run executes.</param>
/// <param name="Native">Compiled for the processor; nothing where there is no compiler.</param>
/// <param name="Result">The r0 that all come to.</param>
/// <param name="Engines">By engine; where programs are compiled, also with a certificate.</param>
public sealed record Measurement(
    Workload Workload, ulong Instructions, double? Native, ulong Result, IReadOnlyList<(string Engine, double Nanoseconds)> Engines)
{
    /// <summary>Other machines, by the order in which they were named.</summary>
    public IReadOnlyList<PeerMeasurement> Peers { get; init; } = [];

    /// <summary>The name of the compiled engine with a certificate, which is made of the workload before anything is timed.</summary>
    public const string Certified = "certified";

    // Rounds after which everything is compiled.
    private const int WarmUp = 40;

    // A batch is long enough for the clock, and short enough to fit between two turns of other processes.
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(2);

    /// <summary>Measures a workload on each engine that works here, after comparing results with native code.</summary>
    /// <exception cref="BenchmarkException">An engine and native code come to different results.</exception>
    public static Measurement Of(Workload workload, NativeCode? native, int rounds)
    {
        var program = workload.Program();
        Engine[] engines = [.. new[] { Engine.Switch, Engine.Threaded, Engine.Compiled }.Where(Interp.Engines.IsAvailable)];
        var contenders = new List<(string Name, Func<byte[], long, ulong> Run)>();
        if (native is not null) contenders.Add(("native", (context, times) => native.Run(workload, context, times)));
        foreach (var engine in engines) contenders.Add((NameOf(engine), Runner(new(program, new() { Engine = engine }))));
        if (engines.Contains(Engine.Compiled)) contenders.Add((Certified, Runner(WithCertificate(workload, program))));
        var result = Compare(workload, contenders);

        var counts = contenders.ConvertAll(contender => Count(contender.Run, workload.Context()));
        var times = contenders.ConvertAll(_ => new List<double>());
        var contexts = contenders.ConvertAll(_ => workload.Context());
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                var start = Stopwatch.GetTimestamp();
                contenders[i].Run(contexts[i], counts[i]);
                times[i].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / counts[i]);
            }
        }

        var typical = times.ConvertAll(Fast);
        var first = native is null ? 0 : 1;
        return new(
            workload,
            Executed(workload, program),
            native is null ? null : typical[0],
            result,
            [.. contenders.Skip(first).Select((contender, i) => (contender.Name, typical[i + first]))]);
    }

    /// <summary>The name of an engine, as tables have it.</summary>
    public static string NameOf(Engine engine) => engine.ToString().ToLowerInvariant();

    /// <summary>The time of decoding, in nanoseconds an instruction: of all workloads one after another, in one program.</summary>
    public static double Decoding(int rounds)
    {
        var programs = Workload.All.Select(workload => workload.Program()).ToList();
        var slots = programs.SelectMany(program => program.Program.Slots).ToList();
        var rules = programs[0].Rules;
        var program = CheckedProgram.Check(new Semantics.Encoding.Program(slots.ToSequence()), 0, rules, out _)!;
        var instructions = Semantics.Validity.Preflight.Starts(program.Program).Count(isStart => isStart);
        var times = new List<double>();
        for (var round = 0; round < rounds + WarmUp; round++)
        {
            var start = Stopwatch.GetTimestamp();
            _ = new Vm(program);
            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / instructions);
        }

        return Fast(times);
    }

    // About contexts of the length that the workload has.
    private static Vm WithCertificate(Workload workload, CheckedProgram program)
    {
        var length = workload.Context().Length;
        var report = RangeReport.Of(program, [], [], new(length, length));
        var vm = new Vm(program, new() { Engine = Engine.Compiled, Certificate = RangeCertificate.Write(program, [], report) });
        vm.Run(workload.Context());
        return vm.StaysChecked is { } reason
            ? throw new BenchmarkException($"the certificate of {workload.Name} is not used: {reason}")
            : vm;
    }

    private static Func<byte[], long, ulong> Runner(Vm vm) => (context, times) =>
    {
        RunResult result = default;
        for (; times > 0; times--) result = vm.Run(context);
        return result.Trap is { } trap
            ? throw new BenchmarkException($"a workload trapped: {trap} at slot {result.ProgramCounter}")
            : result.Result;
    };

    private static ulong Compare(Workload workload, List<(string Name, Func<byte[], long, ulong> Run)> contenders)
    {
        (ulong Result, byte[] Context)? expected = null;
        foreach (var (name, run) in contenders)
        {
            var context = workload.Context();
            var result = run(context, 1);
            expected ??= (result, context);
            if (result != expected.Value.Result || !context.AsSpan().SequenceEqual(expected.Value.Context))
            {
                throw new BenchmarkException(
                    $"{workload.Name} on {name} is 0x{result:x}, or its context, other than on {contenders[0].Name}");
            }
        }

        return expected!.Value.Result;
    }

    // How many runs fill a batch, once everything is compiled; twice, since what interrupts one makes it look longer.
    private static long Count(Func<byte[], long, ulong> run, byte[] context)
    {
        long count = 1;
        while (Time() < Batch || Time() < Batch) count *= 2;
        return count;

        TimeSpan Time()
        {
            var start = Stopwatch.GetTimestamp();
            run(context, count);
            return Stopwatch.GetElapsedTime(start);
        }
    }

    private static ulong Executed(Workload workload, CheckedProgram program)
    {
        var start = new Start(program.Rules.Profile) { Entry = program.Entry, Context = Sequence.Of<byte>(workload.Context()) };
        new EngineMachine(program).Run(start.State(), out var instructions);
        return instructions;
    }

    /// <summary>The value that a sixteenth of the others are below; the list is sorted.</summary>
    /// <remarks>Other work makes rounds slower, never faster: where there is some, the value in the middle says most about that.</remarks>
    internal static double Fast(List<double> values)
    {
        values.Sort();
        return values[values.Count / 16];
    }
}
