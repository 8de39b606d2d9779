using RbpfSpec.Assembly;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Bench.Ranges;

/// <summary>The processor time of range analysis, and of the check of its certificate, and how much is proved.</summary>
internal static class AnalysisSpeed
{
    /// <summary>The word on the command line that asks for it.</summary>
    public const string Verb = "analysis";

    private const int LeastRounds = 6;
    private const int MostRounds = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private const int Loops = 200;
    private const int SlotsOfLoop = 20;
    private static readonly ContextLengths Lengths = new(256, 4096);
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

        var objects = Objects().ToList();

        // What is compiled while it runs is compiled with all of them, and not with the first.
        foreach (var (_, program, regions, helpers) in objects)
        {
            for (var round = 0; round < LeastRounds; round++) RangeReport.Of(program, regions, helpers, Lengths);
        }

        foreach (var (name, program, regions, helpers) in objects) Print(name, program, regions, helpers);
        return 0;
    }

    private static IEnumerable<(string Name, CheckedProgram Program, Sequence<Region<Word>> Regions, Sequence<Helper> Helpers)> Objects()
    {
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
                yield return (Path.GetFileName(path), program, image.Start(Profile.Rbpf).Regions, HelperCatalogue.Declarations);
            }
        }

        if (CheckedProgram.Check(ManyLoops(), 0, Admission.Of(Profile.Rbpf, []), out _) is { } loops)
            yield return ($"{Loops} loops", loops, [], []);
    }

    // The least of many rounds, in the last of which all code is compiled for good.
    private static void Print(string name, CheckedProgram program, Sequence<Region<Word>> regions, Sequence<Helper> helpers)
    {
        var one = AnalysedProgram.Cases(new ReferenceMachine(program), program.Entry, regions, helpers, Lengths)[0];
        var flow = ControlFlow.Of(one.Machine, one.Entry) ?? throw new InvalidOperationException($"{name} has too many calls");
        var (whole, check) = (double.MaxValue, double.MaxValue);
        var begin = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < LeastRounds || (round < MostRounds && Environment.CpuUsage.TotalTime - begin < Patience); round++)
        {
            var start = Environment.CpuUsage.TotalTime;
            if (RangeAnalysis.Of(one) is not RangeAnalysis.Found(_, var states)) throw new InvalidOperationException($"{name} has none");
            var between = Environment.CpuUsage.TotalTime;
            CertificateChecker.Check(one, flow, states);
            var end = Environment.CpuUsage.TotalTime;
            (whole, check) = (Math.Min(whole, (between - start).TotalMilliseconds), Math.Min(check, (end - between).TotalMilliseconds));
        }

        // An analysis ends with the check of what it found.
        var analysis = whole - check;
        var report = RangeReport.Of(program, regions, helpers, one.Context);
        var slots = program.Program.Length;
        var accesses = report.Sites.Where(static site => site.Trap is Trap.MemoryAccess).ToArray();
        var proved = accesses.Count(static site => site.Verdict is SiteVerdict.Proved);
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-20} {slots,5} slots; analysis {analysis,7:f2} ms, {analysis / slots * 1000,4:f0} per 1,000 slots; ")
            + FormattableString.Invariant($"check {check,6:f3} ms, {check / slots * 1000,5:f2} per 1,000; ")
            + FormattableString.Invariant($"accesses {proved} of {accesses.Length}, ")
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
