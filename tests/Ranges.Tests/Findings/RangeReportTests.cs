using RbpfSpec.Assembly;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

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

    public static TheoryData<string, Sequence<Region<Word>>> WrongRegions => new()
    {
        { "has the length 65536, but 8 bytes", [Data(AddressSpace.Added) with { Length = Word.Of(65_536) }] },
        { "overlaps", [Data(AddressSpace.Added), Data(AddressSpace.Added + 7)] },
        { "stack", [Data(AddressSpace.Stack + 8)] },
        { "stack frames", [Data(AddressSpace.Stack - 16)] },
        { "wraps", [Data(ulong.MaxValue - 3)] },
        { "missing", [null!] },
        { "missing", [Data(AddressSpace.Added) with { Bytes = null! }] },
    };

    // Of memory that no run has a proof would be of nothing.
    [Theory]
    [MemberData(nameof(WrongRegions))]
    public void Regions_that_no_run_has_are_refused(string problem, Sequence<Region<Word>> regions) =>
        Should.Throw<ArgumentException>(() => Report(regions, [])).Message.ShouldContain(problem);

    // The address of a variable, which another platform has elsewhere; and a function that may yield anything.
    [Theory]
    [InlineData("lddw %r1, 0x20000000\nldxb %r0, [%r1]\nexit", 1, 3, "the instruction at slot 0 depends on the platform")]
    [InlineData("mov %r1, 1\ncall 7\ndiv %r1, %r0\nexit", 9, 2, "the instruction at slot 1 calls a function by BTF id")]
    public void Of_what_a_platform_says_nothing_is_known(string source, int at, byte field, string reason)
    {
        var bytes = ((Assembled.Success)Assembler.Parse(source)).Program.ToBytes();
        bytes[at] = (byte)((bytes[at] & 0xf) | (field << 4));
        var profile = Profile.Rbpf with { PlatformEncodings = [PlatformEncoding.Variables, PlatformEncoding.CallByBtfId] };
        var program = CheckedProgram.Check(bytes, 0, new(profile, [], [7]), out _).ShouldNotBeNull();

        var report = RangeReport.Of(program, [], [], new(1, 64));

        report.Problems.ShouldBe([$"context of 1..64 bytes: {reason}"]);
        report.IsProved.ShouldBeFalse();
        report.Branches.ShouldBeNull();
        report.Sites.ShouldNotBeEmpty();
        report.Sites.ShouldAllBe(static site => site.Verdict == SiteVerdict.NotProved);
    }

    [Fact]
    public void Helpers_that_cannot_be_called_are_refused()
    {
        Refusal(null!).ShouldContain("missing");
        Refusal(Declared(new ArgumentKind.Readable(new ByteCount.InArgument(9)))).ShouldContain("has its number of bytes in argument 9");
        Refusal(Declared([null!])).ShouldContain("has no kind");
        Refusal(Declared([.. Enumerable.Repeat(new ArgumentKind.Value(), 6)])).ShouldContain("declares 6 arguments");

        static string Refusal(Helper helper) => Should.Throw<ArgumentException>(() => Report([], [helper])).Message;

        static Helper Declared(params ArgumentKind[] kinds) => new(1, "helper", "Does something.", [.. kinds]);
    }

    private static Region<Word> Data(ulong address) => Region.Of("data", address, ByteTree.Of(new byte[8]), Permission.Read);

    private static RangeReport Report(Sequence<Region<Word>> regions, Sequence<Helper> helpers)
    {
        var code = ((Assembled.Success)Assembler.Parse("mov %r2, 8\ncall 1\nexit")).Program;
        var program = CheckedProgram.Check(code, 0, Admission.Of(Profile.Rbpf, [1]), out _).ShouldNotBeNull();
        return RangeReport.Of(program, regions, helpers, new(1, 64));
    }

    // A function is called with the context, and with 50 bytes of the stack.
    [Theory]
    [InlineData(1, 40)]
    [InlineData(1, 100)]
    [InlineData(60, 4096)]
    public void A_bound_by_the_length_holds_of_each_way_to_come_to_a_loop(int least, int greatest)
    {
        const int Other = 50;
        var code = ((Assembled.Success)Assembler.Parse("""
            call local +6
            mov %r1, %r10
            add %r1, -50
            mov %r2, 50
            call local +2
            mov %r0, 0
            exit
            jeq %r2, 0, +6
            mov %r3, 0
            mov %r4, %r1
            add %r4, %r3
            ldxb %r4, [%r4]
            add %r3, 1
            jgt %r2, %r3, -5
            exit
            """)).Program;
        var program = CheckedProgram.Check(code, 0, Admission.Of(Profile.Rbpf, []), out _).ShouldNotBeNull();

        var loop = RangeReport.Of(program, [], [], new(least, greatest)).Loops.ShouldHaveSingleItem();

        loop.Rounds.ShouldBe((ulong)Math.Max(greatest, Other) - 1);
        (loop.InLength is null).ShouldBe(greatest <= Other);
        if (loop.InLength is not var (multiple, form)) return;
        for (var length = least; length <= greatest; length++)
            (form.Constant + length).ShouldBeGreaterThanOrEqualTo(multiple * (Math.Max(length, Other) - 1), $"{length} bytes");
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
