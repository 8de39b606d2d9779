using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Serving.Client;
using RbpfSpec.Updates;

namespace RbpfSpec.Bench.Coap;

/// <summary>The time from the first datagram of a signed update of 4 KiB to the answer of its first run, with an SQLite database.</summary>
internal static class UpdateTime
{
    /// <summary>The first argument that asks for it; a second one is a number of updates.</summary>
    public const string Verb = "update";

    private const int Size = 4096;

    // Of blocks of 64 bytes, and of 1024.
    private static readonly int[] Exponents = [2, 6];

    /// <summary>Prints a row for each size of blocks.</summary>
    public static int Run(string[] args)
    {
        var updates = args.Length == 0 ? 100 : int.Parse(args[0], CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("rbpf-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "author.key");
            if (KeyFiles.Generate(file, out var problem) is null || KeyFiles.Read(file, out problem) is not { } key)
                throw new InvalidOperationException(problem);
            using var signing = key;
            using var server = ServerProcess.Rbpf(
                "--trust", file + KeyFiles.PublicSuffix, "--database", Path.Combine(folder.FullName, "device.db"));
            Console.WriteLine("bytes of a block  updates  median ms  p99 ms  longest ms");
            var number = 0;
            foreach (var exponent in Exponents)
            {
                // The first ones warm up.
                for (var i = 0; i < 5; i++) Update(server, signing, ++number, exponent);
                var times = Enumerable.Range(0, updates).Select(_ => Update(server, signing, ++number, exponent)).Order().ToArray();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{16 << exponent,16} {updates,8} {times[updates / 2],10:0.0} {times[(updates - 1) * 99 / 100],7:0.0} "
                    + $"{times[^1],11:0.0}"));
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Update(ServerProcess server, SigningKey key, int number, int exponent)
    {
        var program = Program(number);
        var manifest = new UpdateManifest(
            (ulong)number, 0, Envelope.Digest(program), program.Length, Profile.Rbpf.Name, BudgetClass.Snippet, [], []);
        var update = Sequence.Of<byte>(Envelope.Sign(manifest, program, key));
        var channel = UdpChannel.Open(new("127.0.0.1", server.Port), out var problem) ?? throw new InvalidOperationException(problem);
        using CoapClient client = new(channel, CoapTiming.Standard, new(number)) { BlockExponent = exponent };
        var start = Stopwatch.GetTimestamp();
        Answer(client.Send(CoapRequest.Of(CoapCode.Put, "app/0") with { Payload = update, Format = CoapOptions.CoseSign1 }));
        var run = Answer(client.Send(CoapRequest.Of(CoapCode.Get, "c/0")));
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var text = System.Text.Encoding.UTF8.GetString(run.AsSpan());
        return text == number.ToString(CultureInfo.InvariantCulture) ? time : throw new InvalidOperationException($"it says {text}");
    }

    private static Sequence<byte> Answer(CoapResult result) => result is CoapResult.Answered({ Code.Class: 2 } response)
        ? response.Payload
        : throw new InvalidOperationException($"no success: {result}");

    // r0 = number, again and again; exit.
    private static byte[] Program(int number)
    {
        var program = new byte[Size];
        for (var slot = 0; slot < Size; slot += 8)
        {
            program[slot] = 0xb7;
            BinaryPrimitives.WriteInt32LittleEndian(program.AsSpan(slot + 4), number);
        }

        program.AsSpan(Size - 8).Clear();
        program[Size - 8] = 0x95;
        return program;
    }
}
