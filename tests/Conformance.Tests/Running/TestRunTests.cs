using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Tests.Running;

public sealed class TestRunTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly Vector Seven =
        new("seven", new VectorProgram.Code(Sequence.Of<byte>(Convert.FromHexString(Code.HexOf("mov %r0, 7\nexit")))), [], new Expectation.Returns(7));

    private static readonly Vector Refused = Seven with { Name = "refused", Expectation = new Expectation.Refuses() };

    private static readonly Vector Trapped = Seven with { Name = "trapped", Expectation = new Expectation.Traps(Trap.MemoryAccess, 3) };

    public static TheoryData<string, TestStatus> Plugins => new()
    {
        { "sh -c \"read program; echo 7\"", TestStatus.Passed },
        { "sh -c \"read program; echo 8\"", TestStatus.Failed },
        { "sh -c \"read program; echo hello\"", TestStatus.Failed },
        { "sh -c \"echo no >&2; exit 1\"", TestStatus.Failed },
        { "sh -c \"kill -SEGV $$\"", TestStatus.Crashed },
        { "no-such-machine", TestStatus.Crashed },
    };

    [Theory]
    [MemberData(nameof(Plugins))]
    public void What_a_plugin_does_is_a_result(string command, TestStatus status) =>
        Status(new MachineUnderTest.Plugin(command, Soon), Seven).ShouldBe(status);

    [Fact]
    public void A_refusal_of_a_plugin_is_what_rejections_and_traps_ask_for()
    {
        var plugin = new MachineUnderTest.Plugin("sh -c \"exit 1\"", Soon);

        Status(plugin, Refused).ShouldBe(TestStatus.Passed);
        Status(plugin, Trapped).ShouldBe(TestStatus.Passed);
    }

    [Fact]
    public void A_machine_that_does_not_answer_hangs_and_the_next_vector_finds_a_new_one()
    {
        Status(new MachineUnderTest.Plugin("tail -f /dev/null", Soon) { Clock = new Hasty() }, Seven).ShouldBe(TestStatus.Hung);
        TestRun.Of(new MachineUnderTest.Batch("tail -f /dev/null", Soon, []) { Clock = new Hasty() }, [Seven, Seven], 1)
            .Select(result => result.Status).ShouldBe([TestStatus.Hung, TestStatus.Hung]);
    }

    [Fact]
    public void A_batch_machine_that_ends_crashes_and_the_next_vector_finds_a_new_one()
    {
        TestRun.Of(new MachineUnderTest.Batch("true", Soon, []), [Seven, Seven], 1)
            .Select(result => result.Status).ShouldBe([TestStatus.Crashed, TestStatus.Crashed]);
    }

    [Theory]
    [InlineData("MemoryAccess", "at slot 3", true)]
    [InlineData("MemoryAccess", "at slot 4", false)]
    [InlineData("MemoryAccess", "", true)]
    [InlineData("DivisionByZero", "at slot 3", false)]
    [InlineData("Rejected", "slot 0: no", false)]
    [InlineData("illegal memory access", "pc 3", true)]
    public void A_trap_is_compared_as_far_as_the_machine_says_it_in_our_words(string kind, string detail, bool isRight) =>
        new MachineReply.Refused(kind, detail).Meets(Trapped.Expectation).ShouldBe(isRight);

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
    [InlineData("""{"r0":"0x7","registers":["0x7","0x0","0x0","0x5","0x0","0x0","0x0","0x0","0x0","0x0","0x7fff0000"]}""", TestStatus.Failed)]
    public void What_a_batch_machine_tells_of_the_state_is_judged(string answer, TestStatus status)
    {
        var machine = new VectorMachine(Semantics.Profiles.Profile.Rbpf);
        var vector = Seven with { Rule = "program/seven" };
        var after = machine.Run(((VectorProgram.Code)vector.Program).Bytes, [], Setting.Plain)!.After!;

        Status(new MachineUnderTest.Batch($"read request; echo '{answer}'", Soon, []), vector with { After = Snapshot.Of(after) }).ShouldBe(status);
    }

    [Fact]
    public void Machines_of_ours_are_judged_on_the_whole_state()
    {
        var profile = Semantics.Profiles.Profile.Rbpf;
        var vector = SmallSuite.Suite.Vectors.First(each => each is { Expectation: Expectation.Returns, After: not null });
        var wrong = vector with { After = vector.After! with { Registers = vector.After.Registers.With(5, ~vector.After.Registers[5]) } };

        foreach (var engine in (Interp.Engine?[])[null, Interp.Engine.Switch, Interp.Engine.Auto])
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
