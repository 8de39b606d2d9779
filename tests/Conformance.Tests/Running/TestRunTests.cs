using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Tests.Running;

public sealed class TestRunTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly Vector Seven = new(
        "seven",
        new VectorProgram.Code(Sequence.Of<byte>(Convert.FromHexString(Code.HexOf("mov %r0, 7\nexit")))),
        [],
        new Expectation.Returns(7));

    private static readonly Vector Refused = Seven with { Name = "refused", Expectation = new Expectation.Refuses() };

    private static readonly Vector Trapped = Seven with { Name = "trapped", Expectation = new Expectation.Traps(Trap.MemoryAccess, 3) };

    public static TheoryData<string, TestStatus> Plugins => new()
    {
        { "sh -c \"read program; echo 7\"", TestStatus.Passed },
        { "sh -c \"read program; echo 8\"", TestStatus.Failed },
        { "sh -c \"read program; echo hello\"", TestStatus.Nonsense },
        { "sh -c \"exit 1\"", TestStatus.Nonsense },
        { "sh -c \"echo no >&2; exit 1\"", TestStatus.Failed },
        { "sh -c \"kill -SEGV $$\"", TestStatus.Crashed },
        { "no-such-machine", TestStatus.Crashed },
    };

    [Theory]
    [MemberData(nameof(Plugins))]
    public void What_a_plugin_does_is_a_result(string command, TestStatus status) =>
        Status(new MachineUnderTest.Plugin(command, Soon), Seven).ShouldBe(status);

    [Theory]
    [InlineData("echo Rejected", TestStatus.Passed, TestStatus.Failed)]
    [InlineData("echo Rejected: slot 0", TestStatus.Passed, TestStatus.Failed)]
    [InlineData("echo Rejected >&2", TestStatus.Passed, TestStatus.Failed)]
    [InlineData("echo trap MemoryAccess at slot 3", TestStatus.Failed, TestStatus.Passed)]
    [InlineData("echo trap MemoryAccess", TestStatus.Failed, TestStatus.Passed)]
    [InlineData("echo trap MemoryAccess at slot 4", TestStatus.Failed, TestStatus.Failed)]
    [InlineData("echo trap DivisionByZero at slot 3", TestStatus.Failed, TestStatus.Failed)]
    [InlineData("echo Failed to load code: no", TestStatus.Failed, TestStatus.Failed)]
    [InlineData("echo 99", TestStatus.Nonsense, TestStatus.Nonsense)]
    [InlineData("true", TestStatus.Nonsense, TestStatus.Nonsense)]
    public void A_plugin_is_taken_by_its_word(string says, TestStatus rejection, TestStatus trap)
    {
        var plugin = new MachineUnderTest.Plugin($"sh -c \"{says}; exit 1\"", Soon);

        Status(plugin, Refused).ShouldBe(rejection);
        Status(plugin, Trapped).ShouldBe(trap);
    }

    // It passes nothing but what is the thing that it says.
    [Theory]
    [InlineData("""{"r0":"0x7"}""", TestStatus.Passed, TestStatus.Failed, TestStatus.Failed)]
    [InlineData("""{"trap":"Rejected"}""", TestStatus.Failed, TestStatus.Passed, TestStatus.Failed)]
    [InlineData("""{"rejected":true}""", TestStatus.Failed, TestStatus.Passed, TestStatus.Failed)]
    [InlineData("""{"trap":"MemoryAccess"}""", TestStatus.Failed, TestStatus.Failed, TestStatus.Passed)]
    [InlineData("""{"trap":"MemoryAccess","pc":2}""", TestStatus.Failed, TestStatus.Failed, TestStatus.Failed)]
    [InlineData("""{"trap":"Oops"}""", TestStatus.Failed, TestStatus.Failed, TestStatus.Failed)]
    [InlineData("""{"trap":"BadRequest","reason":"x"}""", TestStatus.Nonsense, TestStatus.Nonsense, TestStatus.Nonsense)]
    [InlineData("""{"trap":""}""", TestStatus.Nonsense, TestStatus.Nonsense, TestStatus.Nonsense)]
    [InlineData("""{"trap":"3"}""", TestStatus.Nonsense, TestStatus.Nonsense, TestStatus.Nonsense)]
    [InlineData("""{"trap":"NoEnd"}""", TestStatus.Hung, TestStatus.Hung, TestStatus.Hung)]
    public void A_machine_that_answers_one_thing_to_everything_passes_only_that(
        string answer, TestStatus result, TestStatus rejection, TestStatus trap)
    {
        var machine = new MachineUnderTest.Batch($"while read -r line; do printf '%s\\n' '{answer}'; done", Soon, []);

        TestRun.Of(machine, [Seven, Refused, Trapped], 1).Select(each => each.Status).ShouldBe([result, rejection, trap]);
    }

    [Fact]
    public void Words_of_its_own_pass_where_the_user_translates_them_or_asks_for_leniency()
    {
        const string command = "while read -r line; do echo '{\"trap\":\"E42: bad access\"}'; done";
        var strict = new MachineUnderTest.Batch(command, Soon, []);
        var translated = strict with { Words = new(MachineWords.Read("# ours\nE42* = MemoryAccess\n", out _)!.Value, false) };
        var vague = strict with { Words = new(MachineWords.Read("E* = Trap", out _)!.Value, false) };
        var lenient = strict with { Words = new([], true) };

        foreach (var (machine, rejection, trap) in ((MachineUnderTest, TestStatus, TestStatus)[])
        [
            (strict, TestStatus.Failed, TestStatus.Failed), (translated, TestStatus.Failed, TestStatus.Passed),
            (vague, TestStatus.Failed, TestStatus.Passed), (lenient, TestStatus.Passed, TestStatus.Passed),
        ])
        {
            TestRun.Of(machine, [Seven, Refused, Trapped], 1).Select(each => each.Status).ShouldBe([TestStatus.Failed, rejection, trap]);
        }
    }

    [Fact]
    public void A_machine_that_does_not_answer_hangs_and_the_next_vector_finds_a_new_one()
    {
        Status(new MachineUnderTest.Plugin("tail -f /dev/null", Soon) { Clock = new Hasty() }, Seven).ShouldBe(TestStatus.Hung);
        TestRun.Of(new MachineUnderTest.Batch("tail -f /dev/null", Soon, []) { Clock = new Hasty() }, [Seven, Seven], 2)
            .Select(result => result.Status).ShouldBe([TestStatus.Hung, TestStatus.Hung]);
    }

    [Fact]
    public void A_batch_machine_that_ends_crashes_and_the_next_vector_finds_a_new_one()
    {
        TestRun.Of(new MachineUnderTest.Batch("true", Soon, []), [Seven, Seven], 1)
            .Select(result => result.Status).ShouldBe([TestStatus.Crashed, TestStatus.Crashed]);
    }

    // It answers the requests before, and ends at the one with 8: that one is blamed, and those after it are asked of a new process.
    [Fact]
    public void The_vector_that_ends_a_batch_machine_is_named_and_the_rest_goes_on()
    {
        var eight = Seven with { Name = "eight", Program = new VectorProgram.Code(Code.Of("mov %r0, 8\nexit")) };
        var batch = new MachineUnderTest.Batch(
            "while read -r line; do case $line in *b700000008*) kill -SEGV $$;; *) echo '{\"r0\":\"0x7\"}';; esac; done", Soon, []);

        var results = TestRun.Of(batch, [Seven, Seven, eight, Seven, eight, Seven], 1);

        results.Select(result => result.Status).ShouldBe(
            [TestStatus.Passed, TestStatus.Passed, TestStatus.Crashed, TestStatus.Passed, TestStatus.Crashed, TestStatus.Passed]);
        results[2].Reason.ShouldBe("expected r0 = 0x7, got a crash: exit code 139 (SIGSEGV)");
    }

    [Theory]
    [InlineData("exit 3", "3 processes, and not one answer: a crash: exit code 3")]
    [InlineData("echo no vm >&2; exit 3", "3 processes, and not one answer: a crash: exit code 3: no vm")]
    public void A_machine_of_which_three_processes_say_nothing_is_none(string command, string problem) =>
        TestRun.Of(new MachineUnderTest.Batch(command, Soon, []), [.. Enumerable.Repeat(Seven, 200)], 2)[^1].Reply
            .ShouldBe(new MachineReply.NotStarted(problem));

    // Its processes are killed, which is no crash of theirs: it is not waited for with every vector. That one closed its output
    // may be seen before its time is up.
    [Theory]
    [InlineData("tail -f /dev/null")]
    [InlineData("tail -f /dev/null & wait")]
    [InlineData("read -r line; exec tail -f /dev/null >/dev/null")]
    public void A_machine_that_never_answers_is_none(string command)
    {
        var batch = TestRun.Of(
            new MachineUnderTest.Batch(command, Soon, []) { Clock = new Hasty() },
            [.. Enumerable.Repeat(Seven, 200)],
            2);
        var plugin = TestRun.Of(
            new MachineUnderTest.Plugin($"sh -c \"{command}\"", Soon) { Clock = new Hasty() },
            [.. Enumerable.Repeat(Seven, 200)],
            2);

        foreach (var results in (Sequence<TestResult>[])[batch, plugin])
        {
            results.Count(result => result.Reply is not MachineReply.NotStarted).ShouldBeLessThan(8);
            results[^1]
                .Reply.ShouldBeOfType<MachineReply.NotStarted>()
                .Problem.ShouldMatch("^3 processes, and not one answer: (nothing within|a crash: it closed its output)");
        }
    }

    // A child of it, which lives as long as we do, holds its output: that is not waited for longer than an answer may take.
    [Fact]
    public void A_plugin_that_leaves_a_child_behind_does_not_stop_the_run()
    {
        var plugin = new MachineUnderTest.Plugin("sh -c \"tail -f /dev/null --pid $PPID & echo 7\"", Soon) { Clock = new Hasty() };

        TestRun.Of(plugin, [Seven, Seven], 1).Select(result => result.Status).ShouldBe([TestStatus.Hung, TestStatus.Hung]);
    }

    // More than any pipe holds, in both directions, before it reads.
    [Fact]
    public void A_plugin_that_says_much_before_it_reads_is_heard()
    {
        var program = new VectorProgram.Code([.. Enumerable.Range(0, 4_000).SelectMany(_ => Code.Of("mov %r0, 7")), .. Code.Of("exit")]);
        var plugin = new MachineUnderTest.Plugin(
            "sh -c \"yes no | head -c 300000 >&2; yes no | head -c 300000; cat >/dev/null; exit 1\"",
            Soon);

        TestRun.Of(plugin, [Seven with { Program = program }, Seven], 1).Select(result => result.Reply)
            .ShouldBe([new MachineReply.Refused("no", ""), new MachineReply.Refused("no", "")]);
    }

    // The line of a plugin is bpf_conformance's: memory, then options; each byte followed by two blanks.
    [Theory]
    [InlineData("echo -x", "01  02   -x")]
    [InlineData("echo one -x --y", "one 01  02   -x --y")]
    [InlineData("echo -x {memory} y", "-x 01  02   y")]
    public void The_memory_comes_before_the_options_or_where_the_command_says(string command, string said)
    {
        var result = TestRun.Of(new MachineUnderTest.Plugin(command, Soon), [Seven with { Memory = [1, 2] }], 1)[0];

        result.Reply.ShouldBe(new MachineReply.Nonsense(said));
    }

    [Fact]
    public void A_vector_without_a_result_is_run_and_not_judged()
    {
        var result = TestRun.Of(new MachineUnderTest.Own(Semantics.Profiles.Profile.Rfc9669), [Seven with { IsStated = false }], 1)[0];

        result.Status.ShouldBe(TestStatus.Unsupported);
        result.Reason.ShouldEndWith("; got r0 = 0x7");
        result.Reply.ShouldBe(new MachineReply.Returned(7));
    }

    [Theory]
    [InlineData("MemoryAccess", "at slot 3", true)]
    [InlineData("MemoryAccess", "at slot 4", false)]
    [InlineData("MemoryAccess", "", true)]
    [InlineData("DivisionByZero", "at slot 3", false)]
    [InlineData("Rejected", "slot 0: no", false)]
    [InlineData("illegal memory access", "pc 3", false)]
    public void A_trap_is_compared_by_its_kind_and_by_its_slot_if_that_is_told(string kind, string detail, bool isRight) =>
        MachineWords.OfProtocol.ReplyOf(kind, detail).Meets(Trapped.Expectation).ShouldBe(isRight);

    [Fact]
    public void What_a_harness_does_not_provide_is_left_out()
    {
        var needy = Seven with { Setting = new() { Branches = 3 } };

        Status(new MachineUnderTest.Batch("no-such-machine", Soon, ["regions"]), needy).ShouldBe(TestStatus.Unsupported);
        Status(new MachineUnderTest.Batch("no-such-machine", Soon, ["branches"]), needy).ShouldBe(TestStatus.Crashed);
    }

    // Two wrong machines that return what they should: only the rest of the state tells.
    [Theory]
    [InlineData("""{"r0":"0x7","pc":1}""", TestStatus.Passed)]
    [InlineData("""{"r0":"0x7","pc":0}""", TestStatus.Failed)]
    [InlineData(
        """{"r0":"0x7","registers":["0x7","0x0","0x0","0x5","0x0","0x0","0x0","0x0","0x0","0x0","0x7fff0000"]}""",
        TestStatus.Failed)]
    public void What_a_batch_machine_tells_of_the_state_is_judged(string answer, TestStatus status)
    {
        var machine = new VectorMachine(Semantics.Profiles.Profile.Rbpf);
        var vector = Seven with { Rule = "program/seven" };
        var after = machine.Run(((VectorProgram.Code)vector.Program).Bytes, [], Setting.Plain)!.After!;

        Status(new MachineUnderTest.Batch($"read request; echo '{answer}'", Soon, []), vector with { After = Snapshot.Of(after) })
            .ShouldBe(status);
    }

    [Fact]
    public void Machines_of_ours_are_judged_on_the_whole_state()
    {
        var profile = Semantics.Profiles.Profile.Rbpf;
        var vector = SmallSuite.Suite.Vectors.First(each => each is { Expectation: Expectation.Returns, After: not null });
        var wrong = vector with { After = vector.After! with { Registers = vector.After.Registers.With(5, ~vector.After.Registers[5]) } };

        foreach (var engine in (Interp.Engine?[])[null, Interp.Engine.Switch, Interp.Engine.Compiled, Interp.Engine.Auto])
        {
            Status(new MachineUnderTest.Own(profile, engine), vector).ShouldBe(TestStatus.Passed);
            Status(new MachineUnderTest.Own(profile, engine), wrong).ShouldBe(TestStatus.Failed);
        }
    }

    private static TestStatus Status(MachineUnderTest machine, Vector vector) => TestRun.Of(machine, [vector], 1)[0].Status;

    // A clock by which every limit has passed at once: whether a machine is given up does not depend on how busy this one is.
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
