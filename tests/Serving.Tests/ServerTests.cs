using System.Net.Sockets;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Serving.Sensors;
using RbpfSpec.Serving.Storage;

namespace RbpfSpec.Serving.Tests;

public sealed partial class ServerTests
{
    private const string Seven = "r0 = 7\nexit";

    // Counts up in its own store.
    private const string Counter =
        """
        r1 = 1
        r2 = r10
        r2 += -8
        call 0x12
        r6 = *(u32 *)(r10 - 8)
        r6 += 1
        r1 = 1
        r2 = r6
        call 0x10
        r0 = r6
        exit
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_answers_on_both_families(bool isIPv6)
    {
        if (isIPv6 && !Socket.OSSupportsIPv6) return;
        using var server = new RunningServer();
        server.Install(0, Seven);
        using var client = server.Client(isIPv6);

        Text(RunningServer.Exchange(client, Bytes(RunningServer.Request(CoapCode.Get, 1, "c/0")))).ShouldBe("7");
    }

    [Fact]
    public void A_duplicate_gets_the_same_answer_and_the_program_runs_once()
    {
        using var server = new RunningServer();
        server.Install(0, Counter);
        using var client = server.Client();
        var request = Bytes(RunningServer.Request(CoapCode.Post, 7, "c/0"));

        Text(RunningServer.Exchange(client, request)).ShouldBe("1");
        Text(RunningServer.Exchange(client, request)).ShouldBe("1");
        Text(RunningServer.Exchange(client, Bytes(RunningServer.Request(CoapCode.Post, 8, "c/0")))).ShouldBe("2");
    }

    [Fact]
    public void A_ping_is_reset()
    {
        using var server = new RunningServer();
        using var client = server.Client();

        RunningServer.Exchange(client, Bytes(CoapMessage.Empty(CoapType.Confirmable, 77)))
            .ShouldBe(CoapMessage.Empty(CoapType.Reset, 77));
    }

    [Fact]
    public void Any_datagrams_leave_it_answering()
    {
        const int Seed = 20261129;
        var random = new Random(Seed);
        using var server = new RunningServer();
        server.Install(0, Seven);
        using var stranger = server.Client();
        using var client = server.Client();
        for (ushort i = 1; i <= 2000; i++)
        {
            var datagram = new byte[random.Next(101)];
            random.NextBytes(datagram);
            stranger.Send(datagram);

            // Few at a time: those beyond the socket's buffer, and then the request, too, would be lost.
            if (i % 50 != 0) continue;
            client.Send(Bytes(RunningServer.Request(CoapCode.Get, i, "c/0")));
            client.Poll(RunningServer.Patience, SelectMode.SelectRead).ShouldBeTrue($"no answer after datagram {i} of seed {Seed}");
            Text(RunningServer.Receive(client)).ShouldBe("7", $"datagram {i} of seed {Seed}");
        }
    }

    [Fact]
    public void What_survives_is_saved_before_the_answer_is_sent()
    {
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var store = new WatchingStore(client);
        using var server = new RunningServer(store);
        client.ReceiveTimeout = (int)RunningServer.Patience.TotalMilliseconds;
        client.Connect(System.Net.IPAddress.Loopback, server.Port);
        var put = RunningServer.Request(CoapCode.Put, 1, "app/0") with { Payload = RunningServer.Program(Seven) };

        RunningServer.Exchange(client, Bytes(put)).Code.ShouldBe(CoapCode.Created);
        store.Saves.ShouldBe(1);
        store.SawAnswer.ShouldBeFalse();
        RunningServer.Exchange(client, Bytes(RunningServer.Request(CoapCode.Get, 2, "c/0"))).Code.ShouldBe(CoapCode.Content);
        RunningServer.Exchange(client, Bytes(RunningServer.Request(CoapCode.Get, 3, "app"))).Code.ShouldBe(CoapCode.Content);
        store.Saves.ShouldBe(1);
    }

    [Fact]
    public void A_server_begins_with_what_survived()
    {
        var store = new MemoryStore();
        using (var first = new RunningServer(store))
        {
            first.Install(1, Counter);
            using var client = first.Client();
            RunningServer.Exchange(client, Bytes(RunningServer.Request(CoapCode.Post, 1, "c/1")));
        }

        using var second = new RunningServer(store);
        using var other = second.Client();
        Text(RunningServer.Exchange(other, Bytes(RunningServer.Request(CoapCode.Post, 1, "c/1")))).ShouldBe("2");
    }

    [Fact]
    public void A_timer_runs_its_containers_and_another_thread_hands_events_over()
    {
        using var server = new RunningServer(hooks: [new("tick", new Trigger.Timer(1_000), [])]);
        server.Install(0, "r0 = 5\nexit");

        server.Server.Post(new DeviceEvent.Attach("tick", 0, Policy.Continue));

        SpinWait.SpinUntil(() => Ran(server).Count() >= 3, RunningServer.Patience).ShouldBeTrue();
        Ran(server).ShouldAllBe(ran => ran.Result == 5);
        SpinWait.SpinUntil(() => server.Server.Snapshot.At(0)!.Runs >= 3, RunningServer.Patience).ShouldBeTrue();
    }

    [Fact]
    public void Values_of_sensors_come_at_their_times_and_are_told_to_those_that_observe()
    {
        var sensors = new Rising();
        using var server = new RunningServer(sensors: sensors);
        using var client = server.Client();
        var register = RunningServer.Request(CoapCode.Get, 1, "sensors/0").With(CoapOption.Of(CoapOptions.Observe, 0));
        List<string> told = [Text(RunningServer.Exchange(client, Bytes(register)))];
        while (told.Count < 4)
        {
            var message = RunningServer.Receive(client);
            message.Option(CoapOptions.Observe).ShouldNotBeNull();
            told.Add(Text(message));
            if (message.Type is CoapType.Confirmable) client.Send(Bytes(CoapMessage.Empty(CoapType.Acknowledgement, message.MessageId)));
        }

        var values = told.ConvertAll(text => int.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        values.ShouldBe(values.Order());
        values.Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData("r0 = -1\nexit", false)]
    [InlineData("r0 = 0\nexit", true)]
    public void A_packet_hook_sees_each_datagram_first_and_a_negative_result_drops_it(string program, bool passes)
    {
        using var server = new RunningServer(hooks: [new("wall", new Trigger.Packet(), [])]);
        server.Install(0, program);
        using var client = server.Client();
        RunningServer.Exchange(client, Bytes(RunningServer.Request(CoapCode.Put, 1, "hooks/wall/0"))).Code.ShouldBe(CoapCode.Changed);

        client.Send(Bytes(RunningServer.Request(CoapCode.Get, 2, "app")));

        SpinWait.SpinUntil(() => Ran(server).Any(), RunningServer.Patience).ShouldBeTrue();
        server.Server.Post(new DeviceEvent.Detach("wall", 0));
        SpinWait.SpinUntil(() => server.Server.Snapshot.Hooks[0].Entries.IsEmpty, RunningServer.Patience).ShouldBeTrue();
        client.Send(Bytes(CoapMessage.Empty(CoapType.Confirmable, 3)));
        RunningServer.Receive(client).MessageId.ShouldBe(passes ? (ushort)2 : (ushort)3);
    }

    private static IEnumerable<DeviceEffect.Ran> Ran(RunningServer server)
    {
        lock (server.Effects) return [.. server.Effects.OfType<DeviceEffect.Ran>()];
    }

    private static byte[] Bytes(CoapMessage message) => CoapWriter.Write(message);

    private static string Text(CoapMessage message) => System.Text.Encoding.UTF8.GetString(message.Payload.AsSpan());

    // Looks, while it saves, whether the client has its answer already.
    private sealed class WatchingStore(Socket client) : IDeviceStore
    {
        public int Saves { get; private set; }

        public bool SawAnswer { get; private set; }

        public Persisted? Load() => null;

        public void Save(Persisted before, Persisted after)
        {
            Saves++;
            SawAnswer |= client.Poll(50_000, SelectMode.SelectRead);
        }

        public void Dispose()
        {
        }
    }

    // A degree more every hundredth of a second.
    private sealed class Rising : ISensorSource
    {
        private const ulong Period = 10_000;

        private short value;

        public Sequence<Sensor> Sensors => [new("temperature", 0x82, Reading.Of(0, Reading.Celsius, 0))];

        public ulong? Due => (ulong)(value + 1) * Period;

        public IEnumerable<DeviceEvent.Sample> Take(ulong now)
        {
            while (Due <= now) yield return new(0, Reading.Of(++value, Reading.Celsius, 0));
        }
    }
}
