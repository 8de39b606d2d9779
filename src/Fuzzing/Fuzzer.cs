using System.Diagnostics;

namespace RbpfSpec.Fuzzing;

/// <summary>The result of a run of the fuzzer.</summary>
/// <param name="Coverage">What its programs met.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Divergence">The first divergence in the stream, made as small as it gets; nothing if there is none.</param>
public sealed record FuzzReport(Coverage Coverage, TimeSpan Time, Divergence? Divergence);

/// <summary>Runs drawn programs on two machines and compares all that can be seen at the end.</summary>
/// <remarks>A seed names a stream of programs, and a number a program of it; which thread runs it does not matter.</remarks>
/// <param name="setting">What programs are drawn for.</param>
/// <param name="engine">The machine in question.</param>
/// <param name="against">The machine that it is compared with.</param>
/// <param name="seed">The stream.</param>
public sealed class Fuzzer(Setting setting, ComparedMachine engine, ComparedMachine against, ulong seed)
{
    // Programs that a thread takes at a time.
    private const ulong Block = 64;

    // A drawn program has some 40 slots at most.
    private const int MostSlots = 256;

    /// <summary>Runs the programs from number 0 on, until there were so many, the time is over, or one diverges.</summary>
    /// <param name="programs">How many programs; no limit if nothing.</param>
    /// <param name="time">How long; no limit if nothing.</param>
    /// <param name="threads">On how many threads.</param>
    public FuzzReport Run(ulong? programs, TimeSpan? time, int threads)
    {
        var clock = Stopwatch.StartNew();
        var work = new Work(programs ?? ulong.MaxValue);
        var parts = Enumerable.Range(0, threads).Select(_ => new Coverage(setting)).ToList();
        Task.WaitAll([.. parts.Select(part => Task.Factory.StartNew(
            () => RunBlocks(work, part, () => time is { } limit && clock.Elapsed >= limit),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))]);
        var coverage = new Coverage(setting);
        foreach (var part in parts) coverage.Add(part);
        return new(coverage, clock.Elapsed, work.First is { } divergence ? Shrunk(divergence) : null);
    }

    /// <summary>Runs the program of one number.</summary>
    public FuzzReport RunOne(ulong number)
    {
        var clock = Stopwatch.StartNew();
        var coverage = new Coverage(setting);
        var divergence = Try(number, coverage);
        return new(coverage, clock.Elapsed, divergence is null ? null : Shrunk(divergence));
    }

    /// <summary>Runs the programs of some numbers, until one diverges.</summary>
    /// <param name="first">The first number.</param>
    /// <param name="end">The number after the last.</param>
    /// <param name="cancellation">Ends it before the next program.</param>
    /// <returns>What they met, and the number of the program that diverges; nothing if none does.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public (Coverage Coverage, ulong? Divergent) RunPart(ulong first, ulong end, CancellationToken cancellation = default)
    {
        var coverage = new Coverage(setting);
        for (var number = first; number < end; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Try(number, coverage) is not null) return (coverage, number);
        }

        return (coverage, null);
    }

    /// <summary>The divergence that a case shows, if it does.</summary>
    public Divergence? Try(FuzzCase tried) => tried.Checked() is { } program ? Compare(0, tried, program, new Coverage(setting)) : null;

    private void RunBlocks(Work work, Coverage coverage, Func<bool> isOver)
    {
        while (!isOver() && work.Take() is var (first, end) && first < end)
        {
            for (var number = first; number < end; number++)
            {
                if (Try(number, coverage) is not { } divergence) continue;
                work.Report(divergence);
                break;
            }
        }
    }

    private Divergence? Try(ulong number, Coverage coverage)
    {
        var drawn = FuzzCase.Draw(setting, seed, number, out var program);
        try
        {
            return Compare(number, drawn, program, coverage);
        }
        catch (Exception exception)
        {
            // No machine may throw: what did is a bug of ours, and this says where it is seen.
            throw new InvalidOperationException($"program {number} of seed {seed} ends in an exception: {exception.Message}", exception);
        }
    }

    private Divergence? Compare(ulong number, FuzzCase tried, Semantics.Validity.CheckedProgram program, Coverage coverage)
    {
        Span<long> visits = stackalloc long[MostSlots];
        visits.Clear();
        var state = tried.State();
        var expected = against.Run(program, state, visits);
        var found = engine.Run(program, state, visits);
        coverage.Add(tried, expected, visits);
        return found.Equals(expected) ? null : new(number, tried, expected, found);
    }

    // Each smaller case has fewer instructions or a smaller number, so this ends.
    private Divergence Shrunk(Divergence divergence)
    {
        var best = divergence;
        while (best.Case.Smaller().Select(Try).FirstOrDefault(smaller => smaller is not null) is { } smaller)
            best = smaller with { Number = divergence.Number };
        return best;
    }

    // What the threads share: which programs are still to run. After a divergence, only those before it are.
    private sealed class Work(ulong end)
    {
        private readonly Lock gate = new();
        private ulong next;
        private ulong end = end;

        public Divergence? First { get; private set; }

        public (ulong First, ulong End) Take()
        {
            lock (gate)
            {
                var first = next;
                if (first >= end) return (end, end);
                next = end - first < Block ? end : first + Block;
                return (first, next);
            }
        }

        public void Report(Divergence divergence)
        {
            lock (gate)
            {
                if (First is not null && First.Number <= divergence.Number) return;
                First = divergence;
                end = divergence.Number;
            }
        }
    }
}
