using System.Text;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Benchmarks;

/// <summary>A program that is timed: <c>bench/workloads/NAME.c</c>, compiled for BPF and for the processor.</summary>
/// <param name="Name">The name of file and function.</param>
/// <param name="Summary">What it is like, in a few words.</param>
/// <param name="Context">The bytes it starts from.</param>
public sealed record Workload(string Name, string Summary, Func<byte[]> Context)
{
    /// <summary>The profile: the normative machine with a budget of branches that no workload uses up.</summary>
    private static readonly Profile Budgeted = Profile.Rbpf with { BranchLimit = new Allowance<ulong>.Remaining(1UL << 60) };

    /// <summary>Every workload; over the first six the mean is taken.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("fletcher32", "a checksum of 360 bytes", () => Bytes(360, i => (7 * i) + 1)),
        new("alu", "arithmetic alone, 10^6 rounds", () => Words(1_000_000, 88_172_645_463_325_252)),
        new("sieve", "primes below 4096", () => new byte[4096]),
        new("bsort", "bubble sort of 128 numbers", () => new byte[512]),
        new("tiny", "ten instructions: the cost of a call", () => [7, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]),
        new("copy", "context to stack and back", () => Bytes(256, i => 13 * i)),
        new("sensor", "a moving average with an alarm", Samples),
        new("packet", "UDP in IPv6, with checksums", Packets),
        new("coap", "the options of a CoAP message", Message),
    ];

    /// <summary>How many of <see cref="All"/>, from the first on, the mean is taken over.</summary>
    public const int InMean = 6;

    /// <summary>The checked program.</summary>
    public CheckedProgram Program()
    {
        var loaded = (ImageResult.Loaded)ImageFile.Read(Resource($"{Name}.o"), new());
        return CheckedProgram.Check(loaded.Image.Program.AsSpan(), loaded.Image.Entry, Admission.Of(Budgeted, []), out _)!;
    }

    /// <summary>The bytes of a file of <c>bench/workloads</c>, or of an example, which the assembly carries.</summary>
    public static byte[] Resource(string file)
    {
        using var stream = typeof(Workload).Assembly.GetManifestResourceStream($"workloads/{file}")
            ?? throw new ArgumentException("there is no such workload", nameof(file));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Bytes(int count, Func<int, int> value) => [.. Enumerable.Range(0, count).Select(i => (byte)value(i))];

    private static byte[] Words(params ulong[] words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private static byte[] Samples() =>
        [.. Enumerable.Range(0, 256).SelectMany(i => BitConverter.GetBytes((short)(100 + (i % 64 * 30) + (i % 17))))];

    private static byte[] Packets() => [.. Enumerable.Range(0, 8).SelectMany(Packet)];

    // RFC 8200 and RFC 768: an IPv6 header of 40 bytes, an UDP header of 8, and a checksum over both addresses and the rest.
    private static byte[] Packet(int number)
    {
        var length = 24 + (2 * number);
        var packet = Bytes(40 + length, i => (3 * i) + number);
        byte[] header = [0x60, 0, 0, 0, 0, (byte)length, 17, 64];
        byte[] udp = [0x16, 0x33, 0x16, (byte)number, 0, (byte)length, 0, 0];
        header.CopyTo(packet, 0);
        udp.CopyTo(packet, 40);
        var sum = length + 17;
        for (var i = 8; i < packet.Length; i += 2) sum += (packet[i] << 8) | packet[i + 1];
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
        packet[46] = (byte)(~sum >> 8);
        packet[47] = (byte)~sum;
        return packet;
    }

    // RFC 7252: a header, a token of 4 bytes, a path of four parts, a content format, and a payload.
    private static byte[] Message()
    {
        List<byte> message = [0x44, 1, 0, 1, 1, 2, 3, 4];
        var delta = 11;
        foreach (var part in new[] { "sensors", "temperature", "room-number-17", "latest" })
        {
            if (part.Length < 13) message.Add((byte)((delta << 4) | part.Length));
            else message.AddRange([(byte)((delta << 4) | 13), (byte)(part.Length - 13)]);
            message.AddRange(Encoding.ASCII.GetBytes(part));
            delta = 0;
        }

        message.AddRange([0x11, 50, 0xff, 1, 2, 3]);
        return [.. message];
    }
}
