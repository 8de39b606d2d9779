using RbpfSpec.Assembly;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Bench.Ranges;

/// <summary>The processor time of range analysis, with the check of its certificate, and how much is proved.</summary>
internal static class AnalysisSpeed
{
    /// <summary>The word on the command line that asks for it.</summary>
    public const string Verb = "analysis";

    private const int Runs = 6;
    private const int Loops = 200;
    private const int SlotsOfLoop = 20;
    private static readonly string[] Folders = ["examples", "examples/applications", "bench/workloads"];

    /// <summary>Measures and prints.</summary>
    /// <param name="arguments">None.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments.Count > 0)
        {
            Console.Error.WriteLine($"{Verb}: nothing, instead of {string.Join(' ', arguments)}");
            return 2;
        }

        foreach (var folder in Folders)
        {
            foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.o").Order(StringComparer.Ordinal))
            {
                if (ImageFile.Read(File.ReadAllBytes(path), new ImageOptions { Helpers = HelperCatalogue.Declarations })
                    is not ImageResult.Loaded(var image))
                {
                    continue;
                }

                var admission = Admission.Of(Profile.Rbpf, HelperCatalogue.Declarations.Map(static helper => helper.Id));
                if (image.Check(admission, out _) is not { } program) continue;
                Print(Path.GetFileName(path), program, () => RangeReport.Of(
                    program, image.Start(Profile.Rbpf).Regions, HelperCatalogue.Declarations, new(256, 4096)));
            }
        }

        if (CheckedProgram.Check(ManyLoops(), 0, Admission.Of(Profile.Rbpf, []), out _) is { } loops)
            Print($"{Loops} loops", loops, () => RangeReport.Of(loops, [], [], new(256, 4096)));
        return 0;
    }

    private static void Print(string name, CheckedProgram program, Func<RangeReport> analyse)
    {
        var least = double.MaxValue;
        var report = analyse();
        for (var run = 1; run < Runs; run++)
        {
            var start = Environment.CpuUsage.TotalTime;
            report = analyse();
            least = Math.Min(least, (Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
        }

        var slots = program.Program.Length;
        var accesses = report.Sites.Where(static site => site.Trap is Trap.MemoryAccess).ToArray();
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-20} {slots,5} slots {least,8:f1} ms {least / slots * 1000,7:f0} ms per 1,000 slots, accesses ")
            + FormattableString.Invariant($"{accesses.Count(static site => site.Verdict is SiteVerdict.Proved)} of {accesses.Length}, ")
            + FormattableString.Invariant($"loops {report.Loops.Count(static loop => loop.Rounds is not null)} of {report.Loops.Count}"));
    }

    // Loops one after another, each over the bytes of the context.
    private static RbpfSpec.Semantics.Encoding.Program ManyLoops()
    {
        // r3 = 0; while (r3 < r2) { r5 = r6 + r3; r4 = *r5; if (r4 != 5) r0 += r4; ...; r3 += 1; }
        string[] loop =
        [
            "mov %r3, 0", $"jge %r3, %r2, +{SlotsOfLoop - 2}", "mov %r5, %r6", "add %r5, %r3", "ldxb %r4, [%r5]", "jeq %r4, 5, +1",
            .. Enumerable.Repeat("add %r0, %r4", SlotsOfLoop - 8), "add %r3, 1", $"ja -{SlotsOfLoop - 1}",
        ];
        string[] lines = ["mov %r6, %r1", "mov %r0, 0", .. Enumerable.Repeat(loop, Loops).SelectMany(static line => line), "exit"];
        return Assembler.Parse(string.Join('\n', lines), Syntax.Conformance) is Assembled.Success(var program, _, _)
            ? program
            : throw new InvalidOperationException("the program is assembly");
    }
}
