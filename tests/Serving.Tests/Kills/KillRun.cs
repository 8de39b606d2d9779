using System.Diagnostics;
using RbpfSpec.Host.Coap;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Serving.Tests.Kills;

/// <summary>The end of a run of kills.</summary>
/// <param name="Uploads">Programs that the server acknowledged.</param>
/// <param name="Torn">Starts at which a slot had something that nobody had uploaded whole, or the server did not start.</param>
/// <param name="Lost">Starts at which a slot had not its latest acknowledged program, nor one sent after it.</param>
/// <param name="After">Kills after which the upload that was under way was there.</param>
/// <param name="Before">Kills after which it was not.</param>
internal sealed record KillCount(int Uploads, int Torn, int Lost, int After, int Before);

/// <summary>Uploads programs to a server over CoAP, kills it at random moments, starts it again, and looks what is there.</summary>
internal sealed class KillRun(string kind, string file, ulong seed)
{
    private const int Slots = 4;
    private const int MostInstructions = 500;

    private static readonly CoapTiming Timing = CoapTiming.Standard with { Longest = TimeSpan.FromSeconds(20) };

    private readonly Dice dice = new(seed);
    private readonly Sequence<byte>[] acknowledged = new Sequence<byte>[Slots];
    private readonly HashSet<Sequence<byte>> uploaded = [];
    private (int Slot, Sequence<byte> Program)? underWay;
    private int programs;
    private int uploads;
    private int torn;
    private int lost;
    private int after;
    private int before;

    public KillCount Run(int kills)
    {
        for (var i = 0; i <= kills; i++)
        {
            using var server = Start(out var port);
            if (port is not { } at)
            {
                // What is torn cannot be mended: it begins anew.
                torn++;
                File.Delete(file);
                Array.Clear(acknowledged);
                underWay = null;
                continue;
            }

            Look(at);
            if (i < kills) UploadUntilKilled(server, at);
            server.Kill();
            server.WaitForExit();
        }

        return new(uploads, torn, lost, after, before);
    }

    private Process Start(out int? port)
    {
        var server = External.Launch("dotnet", typeof(KillRun).Assembly.Location, kind, file);
        var line = server.StandardOutput.ReadLine();
        port = int.TryParse(line, out var number) ? number : null;
        return server;
    }

    private void UploadUntilKilled(Process server, int port)
    {
        using var channel = new KillingChannel(Udp(port), server);
        using var client = Client(channel);

        // The first one finds a server that has compiled nothing yet; the second one tells how long it takes.
        Upload(client, channel);
        Upload(client, channel);
        channel.Arm(dice.Between(1, 4), dice.OnceIn(6), channel.Latest * (dice.Between(0, 120) / 100.0));
        while (!channel.IsKilled) Upload(client, channel);
    }

    private void Upload(CoapClient client, KillingChannel channel)
    {
        var slot = dice.Between(0, Slots - 1);
        var program = Program();
        uploaded.Add(program);
        underWay = (slot, program);
        var result = client.Send(CoapRequest.Of(CoapCode.Put, $"app/{slot}") with { Payload = program }, channel.Ended);
        if (result is CoapResult.Answered(var response))
        {
            response.Code.Class.ShouldBe(2, $"seed {seed}: {response.Code}");
            acknowledged[slot] = program;
            underWay = null;
            uploads++;
        }
        else
        {
            channel.IsKilled.ShouldBeTrue($"seed {seed}: {result}");
        }
    }

    private void Look(int port)
    {
        using var client = Client(Udp(port));
        for (var slot = 0; slot < Slots; slot++)
        {
            var response = client.Send(CoapRequest.Of(CoapCode.Get,
                $"app/{slot}")).ShouldBeOfType<CoapResult.Answered>($"seed {seed}").Response;
            var found = response.Code == CoapCode.Content ? response.Payload : [];
            var isUnderWay = underWay is { } sent && sent.Slot == slot;
            if (isUnderWay && found == underWay!.Value.Program) after++;
            else if (isUnderWay && found == acknowledged[slot]) before++;
            else if (!found.IsEmpty && !uploaded.Contains(found)) torn++;
            else if (found != acknowledged[slot]) lost++;
            acknowledged[slot] = found;
        }

        underWay = null;
    }

    // No two are the same, and a mixture of two is a program.
    private Sequence<byte> Program()
    {
        var number = ++programs;
        List<byte> bytes = [];
        for (var i = dice.Between(1, MostInstructions); i > 0; i--)
            bytes.AddRange([0xb7, 0, 0, 0, (byte)number, (byte)(number >> 8), (byte)i, 0]);
        bytes.AddRange([0x95, 0, 0, 0, 0, 0, 0, 0]);
        return bytes.ToSequence();
    }

    private CoapClient Client(IDatagramChannel channel) => new(channel, Timing, new Random((int)dice.Next())) { BlockExponent = 6 };

    private static UdpChannel Udp(int port) => UdpChannel.Open(new("127.0.0.1", port), out var problem).ShouldNotBeNull(problem);
}
