using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using RbpfSpec.Updates;

namespace RbpfSpec.Cli.Tests.Commands.Host;

/// <summary>The commands that speak to a device, to one on the loopback.</summary>
public sealed class HostCommandTests : Scratch
{
    private const string Seven = "mov32 %r0, 7\nexit\n";

    [Fact]
    public void A_program_is_put_listed_run_and_removed()
    {
        using var device = new DeviceOnLoopback();
        var file = Write("seven.s", Seven);

        device.Line($"put {file} 1 --class logic --hook hello=single").Holds()
            .ShouldBe($"slot 1 has {file}, 16 bytes\nslot 1 is at the hook hello, policy single\n");
        device.Line("run 1 --payload text").Holds().ShouldBe("7\n");
        device.Line("get hello").Holds().ShouldBe("7\n");
        device.Line("list").Holds().Split('\n')[2].ShouldMatch("^1     16     [0-9a-f]{16}  rbpf     logic  started  2$");
        device.Line("remove 1").Holds().ShouldBe("slot 1 is free\n");
        device.Line("run 1").FailsWith($"{device.Address}/c/1: 4.04 Not Found: slot 1 is free");
    }

    [Fact]
    public void A_list_is_JSON_on_request()
    {
        using var device = new DeviceOnLoopback();
        device.Line($"put {Write("seven.s", Seven)} 0").Holds();

        using var json = JsonDocument.Parse(device.Line("list --json").Holds());

        var slots = json.RootElement.GetProperty("slots");
        slots.GetArrayLength().ShouldBe(4);
        slots[0].GetProperty("bytes").GetInt32().ShouldBe(16);
        slots[0].GetProperty("state").GetString().ShouldBe("started");
        slots[1].GetProperty("state").GetString().ShouldBe("free");
    }

    [Theory]
    [InlineData("", "auto")]
    [InlineData("call 0x20\n", "20,31")]
    public void A_list_has_every_slot_however_it_was_filled(string call, string helpers)
    {
        var key = Write("author.key", "");
        File.Delete(key);
        Rbpf.Line($"host keygen --out {key}").Holds();
        var signed = $"{key}.cose";
        var file = Write("seven.s", $"{call}{Seven}");
        Rbpf.Line($"host sign {file} --key {key} --sequence 5 --slot 2 --helpers {helpers} --out {signed}").Holds();
        using var device = new DeviceOnLoopback(updates: KeyFiles.Policy([$"{key}.pub"], isUnsigned: false, out _).ShouldNotBeNull());
        device.Line($"put {signed} 2").Holds();

        var rows = device.Line("list").Holds().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var json = JsonDocument.Parse(device.Line("list --json").Holds());

        rows.Length.ShouldBe(5);
        rows[3].ShouldMatch("^2 .* started  0     5$");
        var slots = json.RootElement.GetProperty("slots");
        slots.GetArrayLength().ShouldBe(4);
        slots[2].GetProperty("sequence").GetInt32().ShouldBe(5);
        slots[1].TryGetProperty("sequence", out _).ShouldBeFalse();
    }

    [Fact]
    public void An_object_with_data_runs_on_the_device()
    {
        using var device = new DeviceOnLoopback();

        device.Line("put examples/fletcher32.o 0 --class logic").Holds();
        device.Line("get app/0").Holds().ShouldStartWith("# ");
        Rbpf.Line($"host list --server {device.AddressOfIPv6}").Holds().ShouldContain("logic");
    }

    [Fact]
    public void Helpers_that_a_program_calls_are_granted_unless_others_are()
    {
        using var device = new DeviceOnLoopback();
        var file = Write("clock.s", "call 0x20\nmov %r0, 1\nexit\n");

        device.Line($"put {file} 0").Holds();
        device.Line($"put {file} 0 --helpers now_ms").Holds();
        device.Line($"put {file} 0 --helpers 0x20,12").Holds();
        device.Line($"put {file} 0 --helpers none").Error.ShouldContain("4.00 Bad Request: slot 0: ");
        device.Line($"put {file} 0 --helpers nothing").HasNoProgram(
            "--helpers: there is no helper 'nothing'; expected names or ids in hexadecimal, separated by commas");
    }

    [Fact]
    public void A_sensor_is_shown_and_observed()
    {
        using var device = new DeviceOnLoopback();

        device.Line("get sensors/0").Holds().ShouldMatch("^6[0-2] scale 0 unit 0\n$");
        device.Line("get sensors/0 --observe --count 4").Holds().Split('\n').Length.ShouldBe(5);
        device.Line("get app --observe --count 2").Error.ShouldContain("the server shows it, and does not tell of changes");
    }

    [Fact]
    public void A_resource_goes_to_a_file_as_it_is()
    {
        using var device = new DeviceOnLoopback();
        device.Line($"put {Write("seven.s", Seven)} 0").Holds();

        device.Line($"get app/0 --output {At("got")}").Holds().ShouldBe("16 bytes\n");
        File.ReadAllBytes(At("got")).ShouldBe(Convert.FromHexString("b4000000070000009500000000000000"));
        device.Line("get app/0").Holds().ShouldBe("# 16 bytes\nb4 00 00 00 07 00 00 00\n95 00 00 00 00 00 00 00\n");
    }

    [Fact]
    public void A_resource_without_anything_says_so_and_is_an_empty_file()
    {
        using var device = new DeviceOnLoopback();

        device.Line("get kv/global").Holds().ShouldBe("empty: there is nothing (2.05 Content)\n");
        device.Line($"get kv/global --output {At("got")}").Holds().ShouldBe("0 bytes\n");
        File.ReadAllBytes(At("got")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("get nothing", "/nothing: 4.04 Not Found: no resource 'nothing'")]
    [InlineData("run 9", "/c/9: 4.04 Not Found: no slot '9'; there are 0 to 3")]
    [InlineData("remove 0", "/app/0: 4.04 Not Found: slot 0 is free")]
    public void An_error_is_told_in_one_line(string line, string problem)
    {
        using var device = new DeviceOnLoopback();

        device.Line(line).FailsWith($"{device.Address}{problem}");
    }

    [Fact]
    public void A_server_that_is_silent_is_told_after_the_time()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Rbpf.Line($"host list --timeout 0.1 --server coap://{silent.LocalEndPoint}")
            .FailsWith($"coap://{silent.LocalEndPoint}/app: no answer within 0.1 s, sent 1 times");
    }

    [Fact]
    public void A_port_on_which_nobody_listens_is_told()
    {
        string port;
        using (var gone = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            gone.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = $"{gone.LocalEndPoint}";
        }

        Rbpf.Line($"host list --timeout 0.5 --server coap://{port}").FailsWith($"coap://{port}/app: nobody listens there");
    }

    [Theory]
    [InlineData("list --server localhost",
        "--server 'localhost' is no address of a server; expected coap://host or coap://host:port, an address of "
        + "IPv6 in brackets (see 'rbpf host list --help')")]
    [InlineData("run x", "'x' is no slot; expected a number from 0 (see 'rbpf host run --help')")]
    [InlineData("get a --count 3", "--count says how many states --observe shows; expected both")]
    [InlineData(
        "get a --observe --count 0",
        "--count '0' makes no sense; expected a number from 1 to 18446744073709551615, in decimal (see 'rbpf host get --help')")]
    [InlineData("run 0 --payload a --payload-file b", "--payload and --payload-file both say the payload; expected one of them")]
    [InlineData("put examples/fletcher32.o 0 --hook hello=often",
        "--hook 'hello=often' is none; expected NAME=POLICY with continue, abort-on-negative, abort-on-positive or single")]
    [InlineData("serve --sensor sine:t,every=0", "--sensor 'sine:t,every=0': every '0'; expected a number from 0.001 to 86400")]
    [InlineData("serve --port 0 --database src", "--database 'src' is a folder; expected a file")]
    public void A_command_line_that_makes_no_sense_is_told(string line, string problem) => Rbpf.Line($"host {line}").IsUsage(problem);

    // A server of others: libcoap's, which keeps what is put.
    [Fact]
    [Trait("Needs", "compiler")]
    [Trait("Needs", "time")]
    public void The_server_of_libcoap_is_one_to_speak_to()
    {
        var server = External.Find("coap-server-notls", "coap-server").ShouldNotBeNull(
            "No server of libcoap was found: install it (Debian: apt-get install libcoap3-bin).");
        int port;
        using (var free = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)free.LocalEndPoint!).Port;
        }

        using var process = External.Launch(server, "-A", "127.0.0.1", "-p", $"{port}", "-d", "10");
        try
        {
            Rbpf.Line($"host get / --server coap://127.0.0.1:{port}").Holds().ShouldContain("libcoap");
            Rbpf.Line($"host get .well-known/core --server coap://127.0.0.1:{port}").Holds().ShouldContain("</time>");
            Rbpf.Line($"host get time --observe --count 2 --server coap://127.0.0.1:{port}").Holds().Split('\n').Length.ShouldBe(3);
            Rbpf.Line($"host put examples/fletcher32.o 0 --server coap://127.0.0.1:{port}").Holds();
            Rbpf.Line($"host get app/0 --output {At("got")} --server coap://127.0.0.1:{port}").Holds();
            new FileInfo(At("got")).Length.ShouldBeGreaterThan(100);
            Rbpf.Line($"host remove 0 --server coap://127.0.0.1:{port}").Holds();
        }
        finally
        {
            process.Kill();
        }
    }
}
