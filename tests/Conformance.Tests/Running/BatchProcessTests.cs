using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Machine;

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
    [InlineData("""{"r0":"7"}""", true)]
    [InlineData("""{"r0":"0x7","pc":3,"registers":["0x1"]}""", true)]
    [InlineData("""{"r0":7}""", false)]
    [InlineData("""{"r0":"0x7","pc":"three"}""", false)]
    [InlineData("""{"r0":"0x7","registers":[1]}""", false)]
    [InlineData("""{"r0":"0x7","trap":"Rejected"}""", false)]
    [InlineData("""{"r0":"\ud800"}""", false)]
    [InlineData("7", false)]
    [InlineData("", false)]
    public void An_answer_is_what_the_protocol_says_or_nonsense(string line, bool isAnswer)
    {
        var reply = BatchProcess.Read(line);

        (reply is MachineReply.Returned).ShouldBe(isAnswer);
        (reply is MachineReply.Nonsense).ShouldBe(!isAnswer);
    }

    [Theory]
    [InlineData("""{"trap":"BadRequest","reason":"x"}""")]
    [InlineData("""{"trap":""}""")]
    [InlineData("""{"trap":"99"}""")]
    [InlineData("""{"trap":"3"}""")]
    [InlineData("""{"trap":3}""")]
    [InlineData("""{"trap":"\ud800"}""")]
    [InlineData("""{"trap":"A","reason":"\ud800"}""")]
    [InlineData("""{"\ud800":"A","trap":"MemoryAccess"}""")]
    [InlineData("""{"r0":"0x1","registers":["\ud800"]}""")]
    [InlineData("""{"rejected":false}""")]
    [InlineData("""{"rejected":true,"trap":"Rejected"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void What_is_no_verdict_is_nonsense(string line) => BatchProcess.Read(line).ShouldBeOfType<MachineReply.Nonsense>();

    [Fact]
    public void Half_a_pair_that_is_not_even_escaped_is_nonsense() =>
        BatchProcess.Read("{\"trap\":\"\ud800\"}").ShouldBeOfType<MachineReply.Nonsense>();

    [Fact]
    public void What_an_answer_tells_of_the_state_is_kept() =>
        BatchProcess.Read("""{"trap":"MemoryAccess","reason":"at slot 3","pc":3,"registers":["0x1","0x2"]}""")
            .ShouldBe(new MachineReply.Trapped(Trap.MemoryAccess, 3, "at slot 3") { State = new ToldState.Theirs(3, [1, 2]) });

    [Fact]
    public void A_rejection_is_said_by_its_word_or_as_vectors_spell_it()
    {
        BatchProcess.Read("""{"trap":"Rejected","reason":"slot 0"}""").ShouldBe(new MachineReply.Rejected("slot 0"));
        BatchProcess.Read("""{"rejected":true}""").ShouldBe(new MachineReply.Rejected(""));
    }

    [Fact]
    public void An_answer_without_end_is_given_up()
    {
        using var process = Start("yes | tr -d '\\n'");

        process.Receive(Soon, out var end);

        end.ShouldBeOfType<MachineReply.Nonsense>();
    }

    [Fact]
    public void A_process_that_reads_nothing_does_not_stop_the_one_who_asks()
    {
        using var process = Start("echo one; exec tail -f /dev/null");

        process.Send([.. Enumerable.Repeat(new string('a', 10_000), 100)]);

        process.Receive(Soon, out _).ShouldBe("one");
    }

    // A child that outlives the process holds its standard error: nobody waits for that.
    [Fact]
    public void A_child_that_stays_behind_is_not_waited_for()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var process = Start($"(exec tail -f /dev/null >/dev/null) & echo $! >{file}; exit 3");

            process.Receive(Soon, out var end);

            end.ShouldBe(new MachineReply.Crashed("exit code 3"));
        }
        finally
        {
            // It would stay behind for good.
            using var child = Process.GetProcessById(int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
            child.Kill();
            File.Delete(file);
        }
    }

    // Any answer is read: as one of the protocol's, or as nonsense.
    [Fact]
    public void No_answer_ends_the_run() =>
        Prop.ForAll(Answers.ToArbitrary(), line => BatchProcess.Read(line).Describe().ShouldNotBeNull())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(9669, 1));

    private static Gen<string> Answers =>
        from line in Gen.Elements(
            """{"r0":"0x7","pc":3,"registers":["0x1","0x2"]}""",
            """{"trap":"MemoryAccess","reason":"at slot 3"}""",
            """{"rejected":true}""",
            "")
        from at in Gen.Choose(0, line.Length)
        from length in Gen.Choose(0, Math.Min(3, line.Length - at))
        from insert in Gen.OneOf(
            Gen.Elements("", "\"", "\\", "{", "}", ":", "\\ud800", "\\u", "\ud800", "\0", "é", "[", "-1", "1e999", "null", "true", "😀"),
            ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""))
        select line[..at] + insert + line[(at + length)..];

    private static BatchProcess Start(string command) => BatchProcess.Start(command, TimeProvider.System, out _).ShouldNotBeNull();
}
