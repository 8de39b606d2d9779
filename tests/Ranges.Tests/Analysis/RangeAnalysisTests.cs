using System.Globalization;
using RbpfSpec.Ranges.Findings;
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

    private static void Try(CheckedProgram program, byte[] context, string name, ref long steps)
    {
        var setting = Setting.Of(Profile.Rbpf);
        var helpers = setting.Host.Helpers.Map(static helper => helper.Declaration);
        var report = RangeReport.Of(program, [], helpers, new(Math.Max(context.Length - 3, 0), context.Length + 100));
        if (!report.Problems.IsEmpty) return;
        var start = new Start(Profile.Rbpf) { Context = Sequence.Of<byte>(context), Host = setting.Host };
        Among.Problem(report, program, start, 500, ref steps).ShouldBeNull(name);
    }
}
