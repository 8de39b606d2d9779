using System.Globalization;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Tests.Findings;
using RbpfSpec.Semantics.Encoding;
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
