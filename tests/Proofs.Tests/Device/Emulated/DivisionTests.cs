using System.Buffers.Binary;
using RbpfSpec.Proofs.Device;

namespace RbpfSpec.Proofs.Tests.Device.Emulated;

/// <summary>The contract of the compiler's division, on its own code in the builds, on QEMU's Cortex-M4.</summary>
/// <remarks><c>RBPFSPEC_DIVISIONS</c> sets how many, <c>RBPFSPEC_DIVISIONS_SEED</c> which.</remarks>
[Trait("Needs", "compiler")]
public sealed class DivisionTests : Scratch
{
    private const int HeaderBytes = 24;

    [Theory]
    [InlineData("small")]
    [InlineData("fast")]
    public void The_library_divides_and_keeps_registers(string name)
    {
        var (count, seed) = (Firmware.Setting("RBPFSPEC_DIVISIONS", 50_000), Firmware.Setting("RBPFSPEC_DIVISIONS_SEED", 15));
        var code = DeviceBuild.All.Single(build => build.Name == name).Code;
        Firmware.Compile("divide.c", At("divide.elf"));

        Wrong(code["__aeabi_uldivmod"].Address, count, seed).ShouldBe(0, $"of {count} divisions, seed {seed}");

        // Of a function that does nothing, nearly all are wrong.
        Wrong(code["__aeabi_idiv0"].Address, 100, seed).ShouldBeGreaterThan(50);

        int Wrong(uint function, int divisions, int from)
        {
            var batch = new byte[HeaderBytes + code.Bytes.Count];
            uint[] header = [function | 1, (uint)divisions, (uint)from, 0, (uint)code.Bytes.Count, code.Start];
            foreach (var (index, word) in header.Index())
                BinaryPrimitives.WriteUInt32LittleEndian(batch.AsSpan(4 * index), word);
            code.Bytes.AsSpan().CopyTo(batch.AsSpan(HeaderBytes));
            Write("batch.bin", batch);
            CrossTools.Emulate(At("divide.elf"), Folder);
            return BinaryPrimitives.ReadInt32LittleEndian(File.ReadAllBytes(At("batch.bin")).AsSpan(12));
        }
    }
}
