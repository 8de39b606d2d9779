using System.Buffers.Binary;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Running;

namespace RbpfSpec.Translation.Tests.Running;

/// <summary>Calls of native code on QEMU's Cortex-M4, many at a time.</summary>
/// <param name="folder">A folder for the firmware and its files.</param>
internal sealed class EmulatedProcessor(string folder)
{
    private const uint BatchAddress = 0x2110_0000;

    private readonly Lazy<string> firmware = new(() => Build(folder));

    /// <summary>The bytes after one call of native code each, of those before.</summary>
    public IReadOnlyList<byte[]> Call(IReadOnlyList<(HybridMachine Machine, HybridMachine.Turn Turn, NativeProgram Native)> calls)
    {
        var header = 4 + (12 * calls.Count);
        List<byte> batch = [.. new byte[(header + 7) / 8 * 8]];
        List<(int At, int Length)> places = [];
        var head = new byte[header];
        BinaryPrimitives.WriteInt32LittleEndian(head, calls.Count);
        for (var i = 0; i < calls.Count; i++)
        {
            var (machine, turn, native) = calls[i];
            var state = machine.Pack(turn, BatchAddress + (uint)batch.Count);
            places.Add((batch.Count, state.Length));
            Write(i, 0, batch.Count);
            Append(state);
            Write(i, 1, batch.Count);
            Write(i, 2, batch.Count + turn.Entry!.Value);
            Append(native.Code);
        }

        byte[] bytes = [.. batch];
        head.CopyTo(bytes, 0);
        File.WriteAllBytes(Path.Combine(folder, "batch"), bytes);
        CrossTools.Emulate(firmware.Value, folder);
        var results = File.ReadAllBytes(Path.Combine(folder, "results"));
        results.Length.ShouldBe(bytes.Length);
        return [.. places.Select(place => results[place.At..(place.At + place.Length)])];

        void Write(int call, int word, int offset) =>
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4 + (12 * call) + (4 * word)), BatchAddress + (uint)offset);

        void Append(byte[] part)
        {
            batch.AddRange(part);
            while (batch.Count % 8 != 0) batch.Add(0);
        }
    }

    private static string Build(string folder)
    {
        var device = Path.Combine(Repository.Root, "device", "firmware");
        var elf = Path.Combine(folder, "batch.elf");
        CrossTools.Run(
            "gcc", "-std=c11", "-mcpu=cortex-m4", "-mthumb", "-Os", "-ffreestanding", "-nostdlib", "-I", device,
            "-I", Path.Combine(Repository.Root, "device"), "-DRBPF_NATIVE=1",
            "-T", Path.Combine(device, "mps2.ld"), Path.Combine(device, "start.S"),
            Path.Combine(Repository.Root, "tests", "Translation.Tests", "Firmware", "batch.c"), "-lgcc", "-o", elf);
        return elf;
    }
}
