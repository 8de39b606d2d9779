using System.Diagnostics;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Fuzzing;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Diagnosis;

/// <summary>Generated vectors without end: a seed names the stream, and a number a vector of it.</summary>
/// <param name="profile">The machine variant that is right.</param>
/// <param name="seed">The seed.</param>
public sealed class VectorStream(Profile profile, ulong seed)
{
    private readonly Fuzzing.Setting setting = Fuzzing.Setting.Of(profile);
    private readonly VectorMachine machine = new(profile, Engine.Auto);

    /// <summary>The machine variant that is right.</summary>
    public Profile Profile => profile;

    /// <summary>The seed.</summary>
    public ulong Seed => seed;

    /// <summary>
    /// The vector of a number: the first program drawn there that the preflight accepts, that ends, and that any machine
    /// ends alike.
    /// </summary>
    public Vector Of(ulong number)
    {
        foreach (var plain in PlainCase.Draw(setting, seed, number))
        {
            var judged = ProgramVector.Of(machine, plain, $"program {number} of seed {seed}", out _);
            if (judged is { Expectation: not Expectation.Refuses } vector
                && (!HasFrames(plain) || Choices.AreNone(machine, vector)))
            {
                return vector;
            }
        }

        throw new InvalidOperationException("the programs of a number have an end");
    }

    // A drawn program sets all that it reads, but for what a function finds in a new frame.
    private static bool HasFrames(PlainCase plain) => plain.Body.Any(instruction => instruction.Form.Operation is CallOperation.Local);
}

/// <summary>The result of running generated vectors on a machine.</summary>
/// <param name="Programs">How many programs were answered.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Results">All deviations, and of the rest as many as are of use for telling what the deviations have in common.</param>
public sealed record FuzzOutcome(long Programs, TimeSpan Time, Sequence<TestResult> Results)
{
    /// <summary>The programs that the machine did not run, by reason.</summary>
    public required DeclinedPrograms Declined { get; init; }
}

/// <summary>Puts generated programs to any machine.</summary>
public static class MachineFuzz
{
    // More deviations tell no more; of what passes, some thousands tell what is common.
    private const int MostDeviations = 300;
    private const int MostPassed = 3000;

    /// <summary>
    /// Runs the vectors of a stream from number 0 on, until there were so many, the time is over, or enough of them
    /// deviate.
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="stream">The vectors.</param>
    /// <param name="first">The number of the first one.</param>
    /// <param name="programs">How many; no limit if nothing.</param>
    /// <param name="time">How long; no limit if nothing.</param>
    /// <param name="jobs">How many sessions run at a time.</param>
    public static FuzzOutcome Run(MachineUnderTest machine, VectorStream stream, ulong first, ulong? programs, TimeSpan? time, int jobs)
    {
        var clock = Stopwatch.StartNew();
        var watch = new StartWatch();
        Lock gate = new();
        List<(ulong Number, TestResult Result)> deviations = [];
        List<TestResult> passed = [];
        var declined = new DeclinedPrograms();
        var (next, count) = (0UL, 0L);
        var end = programs ?? ulong.MaxValue;
        Parallel.For(0, jobs, new ParallelOptions { MaxDegreeOfParallelism = jobs }, _ =>
        {
            using var session = machine.Open(watch);
            while (Take() is { Count: > 0 } numbers)
            {
                var vectors = numbers.ConvertAll(stream.Of);
                var results = vectors.Zip(session.Run(vectors), TestRun.Of).ToList();
                lock (gate)
                {
                    count += results.Count;
                    declined.AddRange(results);
                    deviations.AddRange(numbers.Zip(results).Where(pair => pair.Second.IsDeviation));
                    if (passed.Count < MostPassed) passed.AddRange(results.Where(result => result.Status is TestStatus.Passed));
                }
            }
        });
        return new(count, clock.Elapsed, [.. deviations.OrderBy(each => each.Number).Select(each => each.Result), .. passed])
        {
            Declined = declined,
        };

        List<ulong> Take()
        {
            lock (gate)
            {
                var isOver =
                    deviations.Count >= MostDeviations || watch.Verdict is not null || (time is { } limit && clock.Elapsed >= limit);
                List<ulong> numbers = [];
                while (!isOver && numbers.Count < machine.AtATime && next < end) numbers.Add(first + next++);
                return numbers;
            }
        }
    }
}
