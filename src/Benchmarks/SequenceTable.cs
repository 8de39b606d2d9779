using System.Globalization;
using RbpfSpec.Fuzzing;
using RbpfSpec.Host;
using RbpfSpec.Images;
using RbpfSpec.Interp;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Benchmarks;

/// <summary>
/// A count of the steps that the workloads and the examples execute, one after another: superinstructions are chosen from
/// it.
/// </summary>
public static class SequenceTable
{
    // Longer runs repeat what their loops have shown by then.
    private const ulong MostInstructions = 200_000;

    // Of sequences that are no superinstruction, as many as are worth a look.
    private const int Shown = 30;

    // As examples/README.md runs them.
    private static readonly (string Name, string? Function, string Context)[] Examples =
    [
        ("increment", null, "2900000000000000"),
        ("bubble_sort", null, "0500000003000000080000000100000007000000020000000600000004000000"),
        ("insertion_sort", null, "020000000300000001000000"),
        ("field", "field", "040000002a010000"),
        ("storage", null, ""),
        ("greeting", null, "07000000"),
    ];

    /// <summary>The sequences, the most frequent first; each program counts as much as any other.</summary>
    public static IReadOnlyList<SequenceShare> Measure() => StepSequences.Count([.. Workloads().Concat(Programs())]);

    /// <summary>Prints every superinstruction, and the most frequent of the other sequences.</summary>
    public static void Print(ITextReport report)
    {
        var all = Measure();
        report.Table(
            ["superinstruction", "steps", "share", "programs"], all.Where(sequence => sequence.Superinstruction != "").Select(sequence =>
            (string[])[sequence.Superinstruction, sequence.Steps, Share(sequence), $"{sequence.Programs}"]));
        report.Table(["other steps in sequence", "share", "programs"], all.Where(sequence => sequence.Superinstruction == "").Take(Shown)
            .Select(sequence =>
            (string[])[sequence.Steps, Share(sequence), $"{sequence.Programs}"]));
        report.Line($"share: of the steps executed, the mean over {Workload.All.Count} workloads and {Examples.Length} examples");
    }

    private static string Share(SequenceShare sequence) => (100 * sequence.Share).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    private static IEnumerable<(CheckedProgram Program, long[] Visits)> Workloads() => Workload.All.Select(workload =>
    {
        var program = workload.Program();
        return Visited(program, new(program.Rules.Profile) { Entry = program.Entry, Context = Sequence.Of<byte>(workload.Context()) });
    });

    private static IEnumerable<(CheckedProgram Program, long[] Visits)> Programs() => Examples.Select(example =>
    {
        var image = ((ImageResult.Loaded)ImageFile.Read(
            Workload.Resource($"{example.Name}.o"), new ImageOptions { Function = example.Function })).Image;
        var rules = Admission.Of(Profile.Rbpf, DefaultHost.Ids);
        var program = CheckedProgram.Check(image.Program.AsSpan(), image.Entry, rules, out _)!;
        return Visited(program, image.Start(Profile.Rbpf) with
        {
            Context = Sequence.Of<byte>(Convert.FromHexString(example.Context)),
            Host = DefaultHost.Granting(DefaultHost.Ids),
        });
    });

    private static (CheckedProgram Program, long[] Visits) Visited(CheckedProgram program, Start start)
    {
        var visits = new long[program.Program.Length];
        ComparedMachine.Reference.Run(
            program, (start with { InstructionLimit = new Allowance<ulong>.Remaining(MostInstructions) }).State(), visits);
        return (program, visits);
    }
}
