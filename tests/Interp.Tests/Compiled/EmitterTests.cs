using System.Globalization;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Compiled;

/// <summary>Loops whose rounds are done several at a time do what the semantics says, wherever they end.</summary>
[Trait("Needs", "time")]
public sealed class EmitterTests
{
    [Fact]
    public void Short_loops_end_as_in_the_semantics()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_SHORT_LOOPS") ?? "200", CultureInfo.InvariantCulture);
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_SHORT_LOOPS_SEED") ?? "1", CultureInfo.InvariantCulture);
        var (several, repeating) = (0, 0);

        Law.Holds(seed, count, ShortLoop.Draw, loop =>
        {
            var program = loop.Program;
            if (CompiledAssembly.Of(program).Body.Cuts.Any(cut => cut.Owed > 0)) several++;
            var mirror = new VmMirror(
                program,
                new()
                {
                    Engine = Engine.Compiled,
                    BranchLimit = new Allowance<ulong>.Remaining(loop.Branches),
                    WorthRepeating = 0,
                });
            mirror.Run(loop.Context);
            mirror.Vm.IsCompiled.ShouldBeTrue();
            Again(mirror, loop, ref repeating);
        });

        several.ShouldBeGreaterThan(count / 3);
        repeating.ShouldBeGreaterThan(count / 20);
    }

    [Fact]
    public void Short_loops_end_so_with_certificates()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_SHORT_LOOPS") ?? "200", CultureInfo.InvariantCulture) / 2;
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_SHORT_LOOPS_SEED") ?? "1", CultureInfo.InvariantCulture);
        var (used, repeating) = (0, 0);

        Law.Holds(seed, count, ShortLoop.Draw, loop =>
        {
            var program = loop.Program;
            var length = loop.Context.Length;
            var report = RangeReport.Of(program, [], [], new(length - (length % 2), length));
            if (!report.Problems.IsEmpty) return;
            var mirror = new VmMirror(program, new()
            {
                Engine = Engine.Compiled,
                BranchLimit = new Allowance<ulong>.Remaining(loop.Branches),
                Certificate = RangeCertificate.Write(program, [], report),
                WorthRepeating = 0,
            });
            mirror.Run(loop.Context);
            mirror.Vm.StaysChecked.ShouldBeNull();
            used++;
            Again(mirror, loop, ref repeating);
        });

        used.ShouldBeGreaterThan(count / 2);
        repeating.ShouldBeGreaterThan(count / 10);
    }

    // Of every second one a certificate is used, if one can be made.
    [Fact]
    public void Generated_programs_do_the_same_in_each_run()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_REPEATED_PROGRAMS") ?? "200", CultureInfo.InvariantCulture);
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_REPEATED_PROGRAMS_SEED") ?? "1", CultureInfo.InvariantCulture);
        var setting = new Setting(Profile.Rbpf, HostState<Word>.Bare);
        var (repeating, trusting) = (0, 0);
        for (ulong number = 0; number < (ulong)count; number++)
        {
            var plain = PlainCase.Draw(setting, seed, number).First();
            if (CheckedProgram.Check(Program.Of(plain.Body), 0, setting.Rules, out _) is not { } program) continue;
            var bytes = plain.Memory.AsSpan().ToArray();
            var report = number % 2 == 0 ? null : RangeReport.Of(program, [], [], new(bytes.Length, bytes.Length));
            var mirror = new VmMirror(program, new()
            {
                Engine = Engine.Compiled,
                Certificate = report is { Problems.IsEmpty: true } ? RangeCertificate.Write(program, [], report) : default,
                WorthRepeating = 0,
            });
            try
            {
                for (var run = 0; run < 4; run++)
                {
                    mirror.Run([.. bytes.Select(item => (byte)(item + (run * 85)))]);
                    if (mirror.Vm.Repeats) repeating++;
                    if (mirror.Vm.Repeats && report is not null && mirror.Vm.StaysChecked is null) trusting++;
                }
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"program {number} of seed {seed}", exception);
            }
        }

        repeating.ShouldBeGreaterThan(count);
        trusting.ShouldBeGreaterThan(count / 4);
    }

    // The next run begins code for runs that are alike, if the program ends in compiled code; what it finds is not what it left.
    private static void Again(VmMirror mirror, ShortLoop loop, ref int repeating)
    {
        mirror.Run([.. loop.Context.Select(item => (byte)(item + 100))]);
        mirror.Run([.. loop.Context.Select(item => (byte)(item * 3))]);
        if (!mirror.Vm.Repeats) return;
        repeating++;
        mirror.Run(loop.Context);
        mirror.Run([.. loop.Context, 1]);
        mirror.Run(loop.Context);
        mirror.Run(loop.Context);
    }
}
