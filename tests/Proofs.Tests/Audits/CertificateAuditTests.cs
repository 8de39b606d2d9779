using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Images;
using RbpfSpec.Proofs.Audits;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Proofs.Tests.Audits;

/// <summary>A solver proves what true certificates say, and nothing that was made up.</summary>
/// <remarks>RBPFSPEC_AUDIT_MUTANTS says how many certificates are changed, 40 unless given.</remarks>
[Trait("Needs", "solver")]
public sealed class CertificateAuditTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // Fills 8 bytes of the stack from the context, then sums them in a local function.
    private const string Sum =
        """
        jlt %r2, 8, end
        mov %r6, 0
        loop: mov %r4, %r1
        add %r4, %r6
        ldxb %r5, [%r4]
        mov %r3, %r10
        add %r3, -32
        add %r3, %r6
        stxb [%r3], %r5
        add %r6, 1
        jlt %r6, 8, loop
        mov %r1, %r10
        add %r1, -32
        stxdw [%r10-8], %r6
        call local sum
        ldxdw %r0, [%r10-8]
        end: exit
        sum: mov %r0, 0
        mov %r7, 0
        next: mov %r3, %r1
        add %r3, %r7
        ldxb %r4, [%r3]
        add %r0, %r4
        add %r7, 2
        jlt %r7, 8, next
        exit
        """;

    private const int Load = 4;

    private static int Mutants =>
        int.TryParse(Environment.GetEnvironmentVariable("RBPFSPEC_AUDIT_MUTANTS"), CultureInfo.InvariantCulture, out var count)
            ? count
            : 40;

    [Theory]
    [InlineData("bench/workloads/copy.o", 256, 512)]
    [InlineData("bench/workloads/sensor.o", 0, 64)]
    [InlineData("examples/udp.o", 0, 128)]
    [InlineData("examples/greeting.o", 0, 8)]
    public void What_the_checker_confirms_the_solver_proves(string path, int least, int greatest)
    {
        var report = Analysed(path, new(least, greatest)).Report;
        using var solver = Solver();

        var audit = CertificateAudit.Of(report, solver, Limit);

        audit.Problems.ShouldBeEmpty();
        audit.Traps.ShouldBeGreaterThanOrEqualTo(report.Sites.Count(static site => site.Verdict is SiteVerdict.Proved));
    }

    [Fact]
    public void Nothing_that_is_made_up_is_proved()
    {
        var one = Summed();
        var proved = Proved(one);
        var loop = one.States.Keys.Single(node => one.Flow.Nodes[node].Slot == 2);
        var next = one.States.Keys.Single(node => one.Flow.Nodes[node].Slot == 19);
        var (first, second) = (one.States[loop], one.States[next]);
        using var solver = Solver();
        Audit(one, one.States, proved).ShouldBeEmpty();

        // What is said of a register, a value, a sum, the stack, what is saved, and where calls return to.
        Audit(one, With(loop, first.With(6, Among(0, 6))), proved).ShouldContain(new AuditProblem(10, 2, "r6"));
        Audit(one, With(loop, first.With(5, RangeWord.Constant(0, Width.Bits64))), proved).ShouldContain(new AuditProblem(10, 2, "r5"));
        Audit(one, With(loop, first with { Relations = Without(first.Relations) }), proved).ShouldNotBeEmpty();
        Audit(one, With(loop, first with { Relations = Learnt(first.Relations, first.Registers[6]) }), proved).ShouldNotBeEmpty();
        Audit(one, With(loop, Zeroed(first)), proved).ShouldContain(new AuditProblem(10, 2, "stack[480]"));
        Audit(one, With(next, second.With(7, Among(0, 4))), proved).ShouldContain(new AuditProblem(24, 19, "r7"));
        Audit(one, With(next, Saved(second)), proved).ShouldNotBeEmpty();
        Audit(one, With(next, Returning(second, 3)), proved).ShouldContain(problem => problem.What == "the calls in progress");
        Audit(one, With(loop, Counting(first, 6)), proved).ShouldNotBeEmpty();

        // That something is not said at all, or that something traps nowhere.
        var less = one.States.Where(pair => pair.Key != loop).ToDictionary();
        Audit(one, less, proved).ShouldContain(new AuditProblem(1, 2, "that no run goes there"));
        var any = first.With(6, RangeWord.Any(Width.Bits64));
        Audit(one, With(loop, any), proved).ShouldContain(new AuditProblem(Load, null, "that it raises no MemoryAccess"));

        Dictionary<int, AbstractState> With(int node, AbstractState state) => new(one.States) { [node] = state };

        Sequence<AuditProblem> Audit(
            CheckedCase.True about, IReadOnlyDictionary<int, AbstractState> states, HashSet<(int Slot, Trap Trap)> traps) =>
            CertificateAudit.Of(about, states, traps, solver, Limit).Problems;
    }

    // The checker and the solver have nothing in common but the rules.
    [Fact]
    [Trait("Needs", "time")]
    public void Changed_certificates_that_the_checker_confirms_the_solver_proves()
    {
        var (program, cases, report) = Analysed("bench/workloads/sensor.o", new(0, 64));
        var file = RangeCertificate.Write(program, [], report);
        var first = file.AsSpan().IndexOf("\"states\""u8);
        using var solver = Solver();
        for (var number = 0; number < Mutants; number++)
        {
            var random = new Random(number);
            var changed = (byte[])file.Clone();
            var at = random.Next(first, changed.Length);
            while (!char.IsAsciiHexDigit((char)changed[at])) at = random.Next(first, changed.Length);
            changed[at] = (byte)"0123456789"[random.Next(10)];
            if (RangeCertificate.Check(changed, program, cases) is not CertificateReading.True(var confirmed)) continue;

            CertificateAudit.Of(RangeReport.Of(report.Context, confirmed, []), solver, Limit).Problems
                .ShouldBeEmpty($"mutant {number}");
        }
    }

    private static RangeWord Among(ulong lowest, ulong highest) => RangeWord.Between(lowest, highest);

    private static RelationSet Without(RelationSet relations) => RelationSet.Of(
        relations.Values.ToArray().Select(static value => value with { Word = value.Word.With(RangeWord.Between(0, 3).Values) }),
        relations.Facts.ToArray());

    // That the index is below 5.
    private static RelationSet Learnt(RelationSet relations, RangeWord index)
    {
        var link = index.Link.ShouldNotBeNull();
        return RelationSet.Of(
            relations.Values.ToArray(),
            [.. relations.Facts, LinearForm.Of(link.Value, -(Int128)link.Scale, 4 - (Int128)link.Offset)]);
    }

    private static AbstractState Zeroed(AbstractState state) => state with
    {
        Frames = state.Frames.With(0, state.Frames[0] with { Cells = FrameCells.Fresh(512) }),
    };

    private static AbstractState Saved(AbstractState state) => state with
    {
        Frames = state.Frames.With(1, state.Frames[1] with { Saved = state.Frames[1].Saved.With(0, RangeWord.Constant(9, Width.Bits64)) }),
    };

    private static AbstractState Returning(AbstractState state, int slot) => state with
    {
        Frames = state.Frames.With(1, state.Frames[1] with { ReturnTo = slot }),
    };

    private static AbstractState Counting(AbstractState state, ulong most) => state with
    {
        Counters = state.Counters.Map(counter => counter with { Word = RangeWord.Between(0, most) }),
    };

    private static HashSet<(int Slot, Trap Trap)> Proved(CheckedCase.True one) =>
        [.. RangeReport.Of(one.Program.Context, [one], []).Sites.Where(static site => site.Verdict is SiteVerdict.Proved)
            .Select(static site => (site.Slot, site.Trap))];

    private static CheckedCase.True Summed()
    {
        var program = CheckedProgram.Check(
            ((Assembled.Success)Assembler.Parse(Sum)).Program, 0, Admission.Of(Profile.Rbpf, []), out _).ShouldNotBeNull();
        var report = RangeReport.Of(program, [], [], new(8, 64));
        report.IsProved.ShouldBeTrue();
        return report.Confirmed.ShouldHaveSingleItem();
    }

    private static (CheckedProgram Program, Sequence<AnalysedProgram> Cases, RangeReport Report) Analysed(
        string path, ContextLengths context)
    {
        var helpers = RbpfSpec.Host.Helpers.HelperCatalogue.Declarations;
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Root, path));
        var image = ((ImageResult.Loaded)ImageFile.Read(bytes, new ImageOptions { Helpers = helpers })).Image;
        var program = image.Check(Admission.Of(Profile.Rbpf, helpers.Map(static helper => helper.Id)), out _).ShouldNotBeNull();
        var regions = image.Start(Profile.Rbpf).Regions;
        var cases = AnalysedProgram.Cases(
            new Semantics.Running.ReferenceMachine(program), program.Entry, regions, helpers, context);
        return (program, cases, RangeReport.Of(program, regions, helpers, context));
    }

    private static ISolver Solver() => Z3Solver.Open() switch
    {
        SolverSession.Opened(var solver) => solver,
        SolverSession.Unavailable(var reason) => throw new InvalidOperationException(reason),
    };
}
