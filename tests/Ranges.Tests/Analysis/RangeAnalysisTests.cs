using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Tests.Findings;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Tests.Analysis;

/// <summary>Every state of every run is among those that the analysis says: tried on generated programs.</summary>
/// <remarks>RBPFSPEC_RANGE_STEPS says how many steps are tried, 20,000 unless given.</remarks>
public sealed class RangeAnalysisTests
{
    private const ulong Seed = 16;

    private static long Steps =>
        long.TryParse(Environment.GetEnvironmentVariable("RBPFSPEC_RANGE_STEPS"), CultureInfo.InvariantCulture, out var steps)
            ? steps
            : 20_000;

    [Fact]
    [Trait("Needs", "time")]
    public void Every_state_of_a_run_is_among_those_that_are_said()
    {
        var setting = Setting.Of(Profile.Rbpf);
        long steps = 0;
        for (ulong number = 0; steps < Steps; number++)
        {
            var dice = new Dice(Seed + number);
            var drawn = FuzzCase.Draw(setting, Seed, number, out var program);
            Try(program, dice.Bytes(dice.Between(0, 80)), $"FuzzCase {Seed} {number} of {drawn.Body.Count} instructions", ref steps);
            foreach (var plain in PlainCase.Draw(setting, Seed, number).Take(1))
            {
                if (CheckedProgram.Check(Program.Of(plain.Body), 0, Admission.Of(Profile.Rbpf, []), out _) is { } other)
                    Try(other, plain.Memory.AsSpan().ToArray(), $"PlainCase {Seed} {number}", ref steps);
            }
        }
    }

    // Of these the states go on changing where sums are followed; in the last, where values are.
    [Theory]
    [InlineData("examples/insertion_sort.o", 0, 4096)]
    [InlineData("examples/bubble_sort.o", 0, 4096)]
    [InlineData("bench/workloads/packet.o", 0, 4096)]
    [InlineData("bench/workloads/copy.o", 256, 256)]
    [InlineData("bench/workloads/coap.o", 1, 4096)]
    public void The_analysis_of_loops_in_loops_comes_to_an_end_that_is_confirmed(string path, int least, int greatest)
    {
        var analysed = Analysed.Of(path, new(least, greatest));
        analysed.Report.Problems.ShouldBeEmpty();
        analysed.Report.Confirmed.Count.ShouldBe(least == 0 ? 2 : 1);
        long steps = 0;
        Among.Problem(analysed.Report, analysed.Program, analysed.Start(new Dice(Seed).Bytes(greatest)), 500, ref steps).ShouldBeNull();
    }

    [Fact]
    public void What_loops_that_are_over_have_left_behind_is_not_carried_along()
    {
        const int Loops = 12;
        string[] loop =
        [
            "mov %r3, 0", "jge %r3, %r2, +6", "mov %r5, %r6", "add %r5, %r3", "ldxb %r4, [%r5]", "add %r0, %r4", "add %r3, 1", "ja -7",
        ];
        var lines = (string[])["mov %r6, %r1", .. Enumerable.Repeat(loop, Loops).SelectMany(static line => line), "exit"];
        var code = ((Assembled.Success)Assembler.Parse(string.Join('\n', lines), Syntax.Conformance)).Program;
        var program = CheckedProgram.Check(code, 0, Admission.Of(Profile.Rbpf, []), out _).ShouldNotBeNull();

        var confirmed = RangeReport.Of(program, [], [], new(256, 4096)).Confirmed.ShouldHaveSingleItem();

        var sizes = confirmed.Flow.Loops.Select(one => confirmed.States[one.Head].Relations)
            .Select(static relations => (relations.Values.Length, relations.Facts.Length)).ToArray();
        sizes.Length.ShouldBe(Loops);
        sizes[2..].Distinct().ShouldBe([sizes[1]]);
    }

    /// <summary>The objects of the repository, with contexts that they are written for.</summary>
    private static readonly (string Path, int Least, int Greatest)[] Objects =
    [
        ("examples/bubble_sort.o", 0, 4096), ("examples/field.o", 0, 4096), ("examples/fletcher32.o", 0, 4096),
        ("examples/greeting.o", 4, 64), ("examples/increment.o", 8, 64), ("examples/insertion_sort.o", 0, 4096),
        ("examples/storage.o", 0, 0), ("examples/udp.o", 0, 4096), ("examples/applications/checksum.o", 0, 4096),
        ("examples/applications/counter.o", 16, 16), ("examples/applications/heart_rate.o", 0, 4096),
        ("examples/applications/moving_average.o", 0, 64), ("examples/applications/sensor_reply.o", 0, 64),
        ("examples/applications/temperature.o", 0, 64), ("examples/applications/thread_log.o", 0, 64),
        ("bench/workloads/alu.o", 16, 64), ("bench/workloads/bsort.o", 4, 4096), ("bench/workloads/coap.o", 1, 4096),
        ("bench/workloads/copy.o", 256, 4096), ("bench/workloads/fletcher32.o", 0, 4096), ("bench/workloads/packet.o", 0, 4096),
        ("bench/workloads/sensor.o", 0, 4096), ("bench/workloads/sieve.o", 0, 4096), ("bench/workloads/tiny.o", 16, 64),
    ];

    // Of what is not proved, five accesses of coap.c and one of udp.c can trap, and alu.c reads how often its loop is run.
    [Fact]
    public void Of_the_objects_of_the_repository_nine_of_ten_accesses_and_loops_and_all_divisions_are_proved()
    {
        var (accesses, provedAccesses, loops, boundedLoops) = (0, 0, 0, 0);
        foreach (var (path, least, greatest) in Objects)
        {
            var function = path == "examples/field.o" ? "field" : null;
            var report = Analysed.Of(path, new(least, greatest), function).Report;
            report.Problems.ShouldBeEmpty(path);
            foreach (var site in report.Sites)
            {
                if (site.Trap is not Trap.MemoryAccess)
                {
                    site.Verdict.ShouldBe(SiteVerdict.Proved, $"{path}, slot {site.Slot}: {site.Trap}");
                    continue;
                }

                accesses++;
                if (site.Verdict is SiteVerdict.Proved) provedAccesses++;
            }

            loops += report.Loops.Count;
            boundedLoops += report.Loops.Count(static loop => loop.Rounds is not null);
        }

        (provedAccesses / (double)accesses).ShouldBeGreaterThanOrEqualTo(0.92, $"{provedAccesses} of {accesses}");
        (boundedLoops / (double)loops).ShouldBeGreaterThanOrEqualTo(0.96, $"{boundedLoops} of {loops}");
    }

    // What it takes: a number of rounds that a pointer and two counters share, through two loops; a sum of
    // three values that are within the length; and an offset that goes down.
    [Theory]
    [InlineData("bench/workloads/fletcher32.o", 0)]
    [InlineData("bench/workloads/packet.o", 0)]
    [InlineData("bench/workloads/sensor.o", 0)]
    [InlineData("examples/insertion_sort.o", 0)]
    [InlineData("examples/bubble_sort.o", 0)]
    public void All_of_a_program_is_proved_of_which_pointers_and_counters_go_together(string path, int least) =>
        Analysed.Of(path, new(least, 4096)).Report.IsProved.ShouldBeTrue();

    // In the last round a sum that is new is as it is on all ways, and not as where the loop is entered: else states were too small,
    // and what they were joined to in the end had no bounds left.
    [Theory]
    [InlineData("bench/workloads/bsort.o", "1023 1022 1022")]
    [InlineData("bench/workloads/sieve.o", "4095 4090 4093")]
    [InlineData("bench/workloads/coap.o", "4091 4091")]
    public void Loops_behind_others_and_in_others_are_bounded_by_the_length(string path, string rounds)
    {
        var report = Analysed.Of(path, new(256, 4096)).Report;

        var found = report.Loops.Select(static loop => loop.Rounds?.ToString(CultureInfo.InvariantCulture) ?? "none");
        string.Join(' ', found).ShouldBe(rounds);
    }

    private static void Try(CheckedProgram program, byte[] context, string name, ref long steps)
    {
        var setting = Setting.Of(Profile.Rbpf);
        var helpers = setting.Host.Helpers.Map(static helper => helper.Declaration);
        var report = RangeReport.Of(program, [], helpers, new(Math.Max(context.Length - 3, 0), context.Length + 100));
        if (!report.Problems.IsEmpty)
        {
            // Nothing but calls makes an analysis give up.
            report.Problems.ShouldAllBe(static problem => problem.EndsWith("too deep to be followed", StringComparison.Ordinal), name);
            return;
        }

        var start = new Start(Profile.Rbpf) { Context = Sequence.Of<byte>(context), Host = setting.Host };
        Among.Problem(report, program, start, 500, ref steps).ShouldBeNull(name);
    }
}
