using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Conformance.Tests.Running;

public sealed class BatchProcessTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public void Requests_sent_together_are_answered_in_order()
    {
        using var process = Start("while read line; do echo \"$line!\"; done");

        process.Send("a", 2);
        process.Send("b");

        Enumerable.Range(0, 3).Select(_ => process.Receive(Soon, out var _)).ShouldBe(["a!", "a!", "b!"]);
    }

    [Theory]
    [InlineData("exit 3", "", 3)]
    [InlineData("echo no vm >&2; exit 4", "no vm", 4)]
    public void A_process_that_ends_is_told_with_its_code_and_its_last_words(string command, string complaint, int code)
    {
        using var process = Start(command);

        process.Send("a");
        process.Receive(Soon, out var end);

        end.ShouldBe(new MachineReply.Crashed($"exit code {code}"));
        process.Complaint.ShouldBe(complaint);
    }

    [Fact]
    public void A_command_that_is_not_there_is_no_machine()
    {
        using var process = Start("no-such-machine");

        process.Receive(Soon, out var end);

        end.ShouldBeOfType<MachineReply.NotStarted>();
    }

    [Theory]
    [InlineData("""{"r0":"0x7"}""", true)]
    [InlineData("""{"r0":"0x7","pc":3,"registers":["0x1"]}""", true)]
    [InlineData("""{"r0":7}""", false)]
    [InlineData("""{"r0":"0x7","pc":"three"}""", false)]
    [InlineData("""{"r0":"0x7","registers":[1]}""", false)]
    [InlineData("7", false)]
    public void An_answer_is_what_the_protocol_says_or_nonsense(string line, bool isAnswer) =>
        (BatchProcess.Read(line) is MachineReply.Returned).ShouldBe(isAnswer);

    [Fact]
    public void What_an_answer_tells_of_the_state_is_kept() =>
        BatchProcess.Read("""{"trap":"MemoryAccess","reason":"at slot 3","pc":3,"registers":["0x1","0x2"]}""")
            .ShouldBe(new MachineReply.Refused("MemoryAccess", "at slot 3") { State = new ToldState.Theirs(3, [1, 2]) });

    private static BatchProcess Start(string command) => BatchProcess.Start(command, TimeProvider.System, out _).ShouldNotBeNull();
}
