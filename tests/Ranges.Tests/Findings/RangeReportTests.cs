using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Ranges.Tests.Findings;

public class RangeReportTests
{
    private const int Seed = 65;
    private const int Step = 4;
    private const ulong Granted = 2_000;

    public static TheoryData<string, int, int> Programs => new()
    {
        { "examples/increment.o", 0, 12 },
        { "bench/workloads/sensor.o", 0, 40 },
        { "bench/workloads/packet.o", 40, 64 },
        { "examples/greeting.o", 0, 12 },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void What_is_proved_is_raised_on_no_run(string path, int least, int greatest) => Runs(path, least, greatest, (report, end, _) =>
    {
        if (end is not Outcome<Word>.Trapped trapped) return;
        var slot = (int)trapped.State.ProgramCounter.Value;
        report.Sites.Where(site => site.Slot == slot && site.Trap == trapped.Trap).ShouldAllBe(site => site.Verdict != SiteVerdict.Proved);
    });

    [Theory]
    [MemberData(nameof(Programs))]
    [InlineData("bench/workloads/copy.o", 256, 256)]
    public void No_run_takes_more_branches_than_the_bound(string path, int least, int greatest) =>
        Runs(path, least, greatest, (report, _, branches) =>
        {
            if (report.Branches is { } most) branches.ShouldBeLessThanOrEqualTo(most);
        });

    [Fact]
    public void Without_a_context_an_access_to_it_traps()
    {
        var none = Analysed.Of("examples/increment.o", new(0, 0)).Report.Sites.Single();
        none.Verdict.ShouldBe(SiteVerdict.AlwaysTraps);
        none.Kind.ShouldBe(LackKind.NoContext);
        none.Missing.ShouldBe("if (length < 8) return 0;");
        Analysed.Of("examples/increment.o", new(8, 64)).Report.IsProved.ShouldBeTrue();
        Analysed.Of("examples/increment.o", new(7, 64)).Report.Sites.Single().Kind.ShouldBe(LackKind.BeyondEnd);
    }

    // An index that is checked in one function of two: what lacks, where it comes from, and what would be enough.
    [Fact]
    public void What_is_not_proved_has_its_history_and_its_way()
    {
        var site = Analysed.Of("examples/field.o", new(1, 64), "field_overrun").Report.Sites
            .Single(static site => site.Verdict is not SiteVerdict.Proved);
        site.History.Select(static one => (one.Change, one.Slot)).ShouldBe(
            [(WordChange.Made, 2), (WordChange.Narrowed, 3), (WordChange.Made, 4)]);
        site.Path.ShouldBe([new PathStep(1, false), new PathStep(3, false)]);
        site.Missing.ShouldBe("if (length < 2 || i > length - 2) return 0;  // i is r3@2");
        Analysed.Of("examples/field.o", new(1, 64), "field").Report.Sites.ShouldAllBe(static site => site.History.IsEmpty);
    }

    private static void Runs(string path, int least, int greatest, Action<RangeReport, Outcome<Word>, ulong> each)
    {
        var analysed = Analysed.Of(path, new ContextLengths(least, greatest));
        var machine = new ConcreteMachine(analysed.Program);
        var random = new Random(Seed);
        for (var length = least; length <= greatest; length += Step)
        {
            var context = new byte[length];
            random.NextBytes(context);
            var start = analysed.Start(context) with { BranchLimit = new Allowance<ulong>.Remaining(Granted) };
            var end = machine.Run(start.State());
            var left = end.State.Budget.Branches is Allowance<Word>.Remaining(var rest) ? rest.Value : 0;
            each(analysed.Report, end, Granted - left);
        }
    }
}
