using System.Buffers.Binary;
using RbpfSpec.Proofs.Device;
using RbpfSpec.Thumb.Code;
using Xunit.Abstractions;

namespace RbpfSpec.Proofs.Tests.Device.Emulated;

/// <summary>
/// Counterexamples to mutants of the binary on QEMU's Cortex-M4: the build's code and the mutant's end otherwise there, too.
/// </summary>
/// <remarks><c>RBPFSPEC_BINARY_MUTANTS</c> sets of how many mutants one is tried: of one in so many; 1 is all.</remarks>
[Trait("Needs", "compiler")]
public sealed class MutantsOnQemuTests(ITestOutputHelper output) : Scratch
{
    private const int MostBytes = 0x3f_0000;

    [Fact]
    public void Mutants_end_otherwise_on_the_emulator_and_both_as_the_rules_of_ARM_say()
    {
        var each = Firmware.Setting("RBPFSPEC_BINARY_MUTANTS", 13);
        var experiments = DeviceClaims.Experiments.Where((found, index) => index % each == 0 || IsOfHelper(found.Id))
            .Select(found => (found.Id, Experiment: found.Find(EmulatedRun.IsPossible)))
            .Where(found => found.Experiment is not null)
            .Select(found => (found.Id, Experiment: found.Experiment!))
            .ToList();
        Firmware.Compile("monitor.c", At("monitor.elf"));

        List<string> wrong = [];
        foreach (var build in experiments.GroupBy(found => found.Experiment.Code))
        {
            foreach (var batch in build.Chunk(400))
            {
                var runs = batch.Select(found => (
                    found.Id,
                    found.Experiment,
                    Code: new EmulatedRun(found.Experiment, found.Experiment.Code),
                    Mutant: new EmulatedRun(found.Experiment, found.Experiment.Changed))).ToList();
                Run(build.Key, [.. runs.SelectMany(run => new[] { run.Code, run.Mutant })]);
                foreach (var (id, experiment, code, mutant) in runs)
                {
                    if (code.Difference(experiment.Expected) is { } ours) wrong.Add($"{id}: the code, {ours}");
                    if (mutant.Difference(experiment.Mutated) is { } theirs) wrong.Add($"{id}: the mutant, {theirs}");
                    if (code.Difference(mutant) is null) wrong.Add($"{id}: no difference");
                }
            }
        }

        wrong.ShouldBeEmpty($"of {experiments.Count}");
        experiments.Count.ShouldBeGreaterThanOrEqualTo(60);
        experiments.Count(found => IsOfHelper(found.Id)).ShouldBe(8);
        output.WriteLine($"{experiments.Count} of one mutant in {each}");
    }

    // Few, and each with a helper for the emulator.
    private static bool IsOfHelper(string id) => id.Contains("call-helper", StringComparison.Ordinal);

    private void Run(ThumbCode code, List<EmulatedRun> runs)
    {
        List<byte> batch = [.. Words(code.Start, (uint)code.Bytes.Count), .. code.Bytes, .. new byte[-code.Bytes.Count & 3]];
        List<(EmulatedRun Run, int At, int Length)> places = [];
        foreach (var run in runs)
        {
            var record = run.Record;
            places.Add((run, batch.Count, record.Length));
            batch.AddRange(record);
        }

        batch.Count.ShouldBeLessThan(MostBytes);
        Write("batch.bin", [.. batch]);
        CrossTools.Emulate(At("monitor.elf"), Folder);
        var found = File.ReadAllBytes(At("batch.bin"));
        found.Length.ShouldBe(batch.Count);
        foreach (var (run, at, length) in places) run.Read(found.AsSpan(at, length));
    }

    private static byte[] Words(params ReadOnlySpan<uint> words)
    {
        var bytes = new byte[4 * words.Length];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        return bytes;
    }
}
