using System.Globalization;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Tests.Oracle;

namespace RbpfSpec.Arm.Tests.Machine;

/// <summary>Single instructions on QEMU's Cortex-M4.</summary>
/// <remarks><c>RBPFSPEC_ARM_CASES</c> sets how many, <c>RBPFSPEC_ARM_SEED</c> which.</remarks>
[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public class ArmMachineTests : Scratch
{
    private const int BatchLength = 20_000;

    [Fact]
    public void Instructions_drawn_at_random_do_on_the_emulator_what_the_rules_say()
    {
        var count = Setting("RBPFSPEC_ARM_CASES", BatchLength);
        var seed = Setting("RBPFSPEC_ARM_SEED", 7);
        var folder = Path.Combine(Repository.Root, "tests", "Arm.Tests", "Oracle");
        CrossTools.Run(
            "gcc", "-mcpu=cortex-m4", "-mthumb", "-O2", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-nostdlib",
            "-T", Path.Combine(folder, "oracle.ld"), "-o", At("oracle.elf"),
            Path.Combine(folder, "start.S"), Path.Combine(folder, "oracle.c"), "-lgcc");

        CaseGenerator generator = new(seed);
        var rows = EncodingTable.All.Where(CaseGenerator.IsTried).ToList();
        List<string> wrong = [];
        for (var done = 0; done < count; done += BatchLength)
        {
            var cases = Enumerable.Range(done, Math.Min(BatchLength, count - done))
                .Select(index => generator.Draw(rows[index % rows.Count])).ToList();
            File.WriteAllBytes(At("batch.bin"), [.. cases.SelectMany(drawn => drawn.Record)]);
            CrossTools.Emulate(At("oracle.elf"), Folder);
            var found = File.ReadAllBytes(At("batch.bin"));
            found.Length.ShouldBe(cases.Count * OracleCase.RecordLength);
            for (var i = 0; i < cases.Count; i++)
            {
                if (cases[i].Difference(found.AsSpan(i * OracleCase.RecordLength, OracleCase.RecordLength)) is { } difference)
                    wrong.Add(difference);
            }
        }

        wrong.Count.ShouldBe(0, $"seed {seed}, {count} cases:\n{string.Join('\n', wrong.Take(5))}");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
