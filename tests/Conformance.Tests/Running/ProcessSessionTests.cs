using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Conformance.Tests.Running;

/// <summary>Machines in C behind both protocols: a plugin as strict as those of bpf_conformance, and a batch machine with mutants to switch on.</summary>
[Trait("Needs", "compiler")]
public sealed class ProcessSessionTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-");

    private static readonly Lazy<IReadOnlyList<Vector>> Suite = new(() =>
        [.. VectorReader.Read(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json"))).ShouldBeOfType<VectorText.Loaded>().Vectors]);

    // Few of each outcome: each is a process. No memory, some, and programs of which an ELF object can be made.
    private static IReadOnlyList<Vector> Few =>
        [.. Suite.Value.Where(vector => vector.Needs.IsEmpty && DataWriter.CanWrite(vector)).GroupBy(vector => (vector.Expectation.GetType(), vector.Memory.IsEmpty)).SelectMany(group => group.Take(12))];

    [Theory]
    [InlineData(false, "")]
    [InlineData(false, " --jit")]
    [InlineData(true, "")]
    public void A_plugin_as_they_exist_is_spoken_to_in_its_own_way(bool takesElf, string options)
    {
        if (CMachine.Build(folder, "plugin", ["plugin.c", "vm_run.c", .. CMachine.Sources]) is not { } command) return;
        var plugin = new MachineUnderTest.Plugin(command + options, Soon)
        {
            TakesElf = takesElf,
            Words = new(MachineWords.Read("Failed to load code* = Rejected\nFailed to execute program = Trap", out _)!.Value, false),
        };

        TestRun.Of(plugin, Few, 2).Where(result => result.Status is not TestStatus.Passed).Select(result => $"{result.Vector.Name}: {result.Reason}").ShouldBeEmpty();
    }

    [Fact]
    public void An_option_that_the_plugin_does_not_have_is_told_in_its_words()
    {
        if (CMachine.Build(folder, "plugin", ["plugin.c", "vm_run.c", .. CMachine.Sources]) is not { } command) return;

        TestRun.Of(new MachineUnderTest.Plugin($"{command} --fast", Soon), [.. Few.Take(1)], 1)[0].Reply
            .ShouldBe(new MachineReply.Refused("Invalid arguments: --fast", ""));
    }

    [Fact]
    public void A_right_batch_machine_passes_every_vector_and_a_wrong_one_does_not()
    {
        Sequence<string> provided = [.. Suite.Value.SelectMany(vector => vector.Needs).Distinct()];
        foreach (var bug in (int[])[0, 3])
        {
            if (CMachine.Build(folder, $"batch{bug}", [$"-DBUG={bug}", "batch.c", .. CMachine.Sources]) is not { } command) return;
            var wrong = TestRun.Of(new MachineUnderTest.Batch(command, Soon, provided), Suite.Value, 2).Where(result => result.Status is not TestStatus.Passed).ToList();

            (wrong.Count > 0).ShouldBe(bug > 0, string.Join('\n', wrong.Select(result => $"{result.Vector.Name}: {result.Reason}")));
            wrong.Select(result => result.Vector.Rule).Where(rule => !rule.StartsWith("jmp/jge", StringComparison.Ordinal) && !rule.StartsWith("program/", StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    public void Dispose() => folder.Delete(recursive: true);
}
