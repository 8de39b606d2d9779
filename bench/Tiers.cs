using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Benchmarks;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Bench;

/// <summary>When compiling pays: the time to a first result, and that of many runs, each of a machine made anew.</summary>
internal static class Tiers
{
    /// <summary>The word on the command line that asks for it.</summary>
    public const string Verb = "tiers";

    private const int Firsts = 61;

    // How many instructions are executed, in thousands: compiling begins at a thousand.
    private static readonly int[] Thousands = [250, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000];

    /// <summary>Measures and prints.</summary>
    /// <param name="arguments">How often each is tried; 7 unless given.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var tries = 7;
        if (arguments.Count > 1
            || (arguments.Count == 1 && !int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out tries))
            || tries is < 1 or > 1000)
        {
            Console.Error.WriteLine($"{Verb}: how often each is tried, 1 to 1000, instead of {string.Join(' ', arguments)}");
            return 2;
        }

        Console.WriteLine("first result of the compiled engine, ms, with making the machine:");
        foreach (var workload in Workload.All.Where(workload => workload.Name is not "alu"))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workload.Name}: {FirstResult(workload):0.00}"));
        Console.WriteLine();
        Console.WriteLine("time of the automatic engine, in units of the threaded one, by millions of executed instructions:");
        var millions = Thousands.Select(count => (count / 1000.0).ToString(CultureInfo.InvariantCulture));
        Console.WriteLine($"workload {string.Join(' ', millions)}");
        foreach (var workload in Workload.All)
        {
            var executed = Executed(workload);
            var cells = Thousands.Select(count => count * 1000L / executed).Select(runs => runs > 0
                ? (Time(workload, Engine.Auto, runs, tries) / Time(workload, Engine.Threaded, runs, tries))
                    .ToString("0.00", CultureInfo.InvariantCulture)
                : "-");
            Console.WriteLine($"{workload.Name} {string.Join(' ', cells)}");
        }

        return 0;
    }

    private static double FirstResult(Workload workload)
    {
        var times = Enumerable.Range(0, Firsts).Select(_ => Time(workload, Engine.Compiled, runs: 1, tries: 1)).Order().ToList();
        return times[times.Count / 16];
    }

    private static long Executed(Workload workload)
    {
        var program = workload.Program();
        var start = new Start(program.Rules.Profile) { Entry = program.Entry, Context = Sequence.Of<byte>(workload.Context()) };
        new EngineMachine(program).Run(start.State(), out var instructions);
        return (long)instructions;
    }

    // Milliseconds; the least, since other work makes it longer.
    private static double Time(Workload workload, Engine engine, long runs, int tries)
    {
        var program = workload.Program();
        var least = double.MaxValue;
        for (; tries > 0; tries--)
        {
            var context = workload.Context();
            var start = Stopwatch.GetTimestamp();
            var vm = new Vm(program, new() { Engine = engine });
            for (var run = 0L; run < runs; run++) vm.Run(context);
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return least;
    }
}
