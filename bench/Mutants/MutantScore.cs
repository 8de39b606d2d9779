using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Interp;
using RbpfSpec.Proofs;
using RbpfSpec.Proofs.Mutants;

namespace RbpfSpec.Bench.Mutants;

/// <summary>
/// How many mutants of the fast machine's compiled code generated programs catch: the mutants that <c>rbpf prove --mutate</c>
/// puts to the claims.
/// </summary>
/// <remarks>
/// <c>mutants COUNT SEED PROGRAMS</c> draws so many of them, and runs so many programs on each, in a process of its own: a mutated
/// machine may crash it or never end.
/// </remarks>
internal static class MutantScore
{
    /// <summary>The first argument.</summary>
    public const string Verb = "mutants";

    // Exit codes of the process of one mutant; any other is a crash.
    private const int Same = 10;

    private const int Differs = 11;

    private const int NotMade = 12;

    private const string Usage = "expected: mutants [COUNT [SEED [PROGRAMS]]], such as mutants 200 1 4000";

    // A mutant hangs if it computes for so many times as long as the unchanged machine, and no less than it takes to start.
    // Its own processor time counts: a machine that is busy with other things must not look like a hang.
    private const int Patience = 20;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Measures, or runs the programs of one mutant.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is ["one", var engine, var method, var offset, var index, var count])
            return One(engine, new(method, Number(offset)), Number(index), Number(count));
        if (arguments.Length > 3 || !arguments.All(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        int[] given = [.. arguments.Select(Number)];
        Measure(
            given is [var most, ..] ? most : 200, given is [_, var seed, ..] ? seed : 1, given is [_, _, var programs] ? programs : 4000);
        return 0;
    }

    private static void Measure(int count, int seed, int programs)
    {
        var watch = Stopwatch.StartNew();
        var all = (
            from instruction in MutatedInstruction.Of(Catalogue.Code, Environment.ProcessorCount)
            from change in instruction.Changes.Select((text, index) => (Text: text, Index: index))
            select new Drawn(instruction, change.Index, change.Text)).ToArray();
        Console.WriteLine(
            $"{all.Length} mutants, of which {Math.Min(count, all.Length)} are drawn (seed {seed}); {programs} programs each");

        // The unchanged machine first: a divergence there would count every mutant as caught.
        var begin = Environment.CpuUsage.TotalTime;
        if (MutantPrograms.FirstDifference("threaded", programs) >= 0 || MutantPrograms.FirstDifference("switch", programs) >= 0)
            throw new InvalidOperationException("the unchanged machine differs from the semantics");
        var limit = Least + (Patience * (Environment.CpuUsage.TotalTime - begin));
        new Random(seed).Shuffle(all);
        var drawn = all.Take(count).ToList();
        ConcurrentDictionary<Drawn, string> ends = [];
        Parallel.ForEach(
            Partitioner.Create(drawn, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            mutant =>
            {
                ends[mutant] = EndOf(mutant, programs, limit);
                Console.WriteLine($"{ends.Count} of {drawn.Count}: {ends[mutant]}: {mutant.Name}");
            });
        Console.WriteLine();
        foreach (var mutant in drawn.Where(mutant => ends[mutant] == Ends.Survives).OrderBy(mutant => mutant.Name, StringComparer.Ordinal))
            Console.WriteLine($"survives: {mutant.Name}");
        foreach (var end in ends.Values.CountBy(end => end).OrderBy(end => end.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{end.Key}: {end.Value}");
        }

        var caught = ends.Values.Count(end => end != Ends.Survives);
        Console.WriteLine(
            $"caught {caught} of {drawn.Count} in {watch.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s");
    }

    private static string EndOf(Drawn mutant, int programs, TimeSpan limit)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
                    ? (ReadOnlySpan<string>)[typeof(MutantScore).Assembly.Location]
                    : [],
                Verb, "one", mutant.Instruction.Engine, mutant.Instruction.Place.Method, Text(mutant.Instruction.Place.Offset),
                Text(mutant.Index), Text(programs),
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_DbgEnableMiniDump"] = "0" },
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(Look))
        {
            if (process.HasExited || process.TotalProcessorTime < limit) continue;
            process.Kill(entireProcessTree: true);
            return Ends.Hangs;
        }

        return process.ExitCode switch
        {
            Same => Ends.Survives,
            Differs => Ends.Differs,
            NotMade => throw new InvalidOperationException($"{mutant.Name} cannot be made"),
            _ => Ends.Crashes,
        };
    }

    // What is thrown while programs run is the mutant's doing.
    private static int One(string engine, CodePlace place, int index, int programs)
    {
        MemoryStream machine;
        try
        {
            machine = MutantFile.Of(typeof(EngineMachine).Assembly.Location, place, index);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException or NotSupportedException)
        {
            return NotMade;
        }

        var first = new MutantContext(machine)
            .Call(typeof(MutantPrograms).GetMethod(nameof(MutantPrograms.FirstDifference))!, engine, programs);
        return first is < 0 ? Same : Differs;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Drawn(MutatedInstruction Instruction, int Index, string Change)
    {
        public string Name => $"{Instruction.Engine}: {Change}";
    }

    private static class Ends
    {
        public const string Survives = "survives";

        public const string Differs = "differs";

        public const string Crashes = "crashes";

        public const string Hangs = "hangs";
    }
}
