using System.Text.Json;
using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests;

/// <summary>The examples of docs/protocols.md are true.</summary>
public sealed class ProtocolsPageTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/protocols.md"));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-");

    [Fact]
    public void The_exchange_is_what_this_machine_answers()
    {
        var (requests, answers) = (Blocks("json")[0].Split('\n'), Blocks("json")[1].Split('\n'));

        requests.Length.ShouldBe(answers.Length);
        foreach (var (request, answer) in requests.Zip(answers))
        {
            using var said = JsonDocument.Parse(answer);
            using var reply = JsonDocument.Parse(BatchProtocol.Reply(request, new(Profile.Rbpf)));
            foreach (var name in (string[])["r0", "trap"])
            {
                (reply.RootElement.TryGetProperty(name, out var value) ? value.ToString() : "").ShouldBe(
                    said.RootElement.TryGetProperty(name, out var told) ? told.ToString() : "");
            }
        }
    }

    [Fact]
    public void The_setting_is_read_as_it_stands()
    {
        var request = Blocks("json")[2].Replace("\n", "", StringComparison.Ordinal);

        BatchProtocol.Reply(request, new(Profile.Rbpf)).ShouldBe("""{"r0":"0x0"}""");
    }

    [Fact]
    public void Every_trap_is_named()
    {
        foreach (var trap in Enum.GetValues<Trap>()) Page.ShouldContain($"`{trap}`");
    }

    [Fact]
    public void The_file_of_words_is_one() => MachineWords.Read(Blocks("text")[0], out _).ShouldNotBeNull().Count.ShouldBe(3);

    [Fact]
    [Trait("Needs", "compiler")]
    public void The_machine_in_C_does_what_it_has_and_lacks_the_rest()
    {
        if (CMachine.BuildText(folder, "machine", Blocks("c")[0]) is not { } command) return;
        var machine = new MachineUnderTest.Batch(command, Soon, []);

        TestRun.Of(
            machine,
            [
                Of("mov %r0, 7\nexit", new Expectation.Returns(7)),
                Of("ldxb %r0, [%r1+1]\nadd %r0, %r2\nadd %r0, -1\nexit", new Expectation.Returns(0x23)),
                Of("mov %r0, 7\nldxb %r0, [%r1+2]\nexit", new Expectation.Traps(Trap.MemoryAccess, 1)),
                Of("xor %r0, 7\nexit", new Expectation.Refuses()),
            ],
            1).Select(result => result.Status).ShouldBe([TestStatus.Passed, TestStatus.Passed, TestStatus.Passed, TestStatus.Passed]);
        var lacking = Probe.Of(machine, Profile.Rbpf);
        lacking.Runs.ShouldBeTrue();
        lacking.Rules.ShouldContain("alu/xor64-k");
        ((string[])["alu/mov64-k", "alu/add64-k", "alu/add64-x", "mem/ldxb"]).Where(lacking.Rules.Contains).ShouldBeEmpty();
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Vector Of(string text, Expectation expectation) =>
        new("sample", new VectorProgram.Code(Code.Of(text)), [0x11, 0x22], expectation);

    private static List<string> Blocks(string language) =>
        [.. Page.Split($"```{language}\n").Skip(1).Select(block => block[..block.IndexOf("\n```", StringComparison.Ordinal)])];
}
