using System.Text.Json.Nodes;
using RbpfSpec.Dashboard.Recording;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Dashboard.Tests;

/// <summary>The state of a device in JSON: its names are what programs rely on.</summary>
public sealed class StateJsonTests
{
    private readonly GivenTime time = new();
    private readonly Recorder recorder;

    public StateJsonTests() => recorder = new(new GivenSensors(), time);

    [Fact]
    public void It_is_what_the_device_is()
    {
        time.Now += 1500;

        var state = Of(Devices.Known);

        Is(state["version"], "1");
        Is(state["now"], "1700000001500");
        Is(state["began"], "1700000000000");
        Is(state["addresses"], """["coap://127.0.0.1:5683"]""");
        Is(state["takes"], "\"all\"");
        Is(state["global"], """{"capacity":16,"pairs":[]}""");
        state["slots"]!.AsArray().Count.ShouldBe(4);
        Is(state["slots"]![2], """{"slot":2,"state":"free"}""");
    }

    [Fact]
    public void A_container_that_ran()
    {
        var container = Of(Devices.Known)["slots"]![0]!.AsObject();
        var digest = Devices.Known.Slots[0]!.Application.Digest;
        Is(container["digest"], $"\"{digest:x16}\"");
        container.Remove("digest");

        Is(container, """
            {"slot":0,"state":"started","bytes":96,"number":null,"profile":"rbpf","class":"snippet",
            "grants":[{"id":"0x10","name":"store_local"},{"id":"0x12","name":"fetch_local"}],
            "runs":2,"result":"0x2",
            "budget":{"branches":{"used":1,"limit":200},"instructions":{"used":12,"limit":4000}},
            "trap":null,"store":{"capacity":16,"pairs":[{"key":7,"value":2}]}}
            """);
    }

    [Fact]
    public void A_container_that_a_trap_stopped_has_instruction_and_source()
    {
        var container = Of(Devices.Known)["slots"]![1]!;

        Is(container["state"], "\"stopped\"");
        Is(container["result"], "null");
        Is(container["budget"], """{"branches":{"used":0,"limit":20000},"instructions":{"used":2,"limit":1000000}}""");
        Is(container["trap"], $$"""
            {"name":"DivisionByZero","meaning":"The divisor is zero.","slot":2,"instruction":"div %r0, %r1",
            "source":"{{Devices.SourceOfDivision}}"}
            """);
    }

    [Fact]
    public void A_container_that_did_not_run_has_used_nothing_and_one_without_lines_has_no_source()
    {
        var device = Devices.Known.After(new DeviceEvent.Install(2, Devices.Application(Devices.Division)));

        Is(Of(device)["slots"]![2]!["budget"], """{"branches":{"used":null,"limit":200},"instructions":{"used":null,"limit":4000}}""");
        Is(Of(device.After(new DeviceEvent.Run(2, [])))["slots"]![2]!["trap"]!["source"], "null");
    }

    [Fact]
    public void A_result_of_64_bits_and_a_sequence_number_are_texts()
    {
        var device = Devices.Known.After(new DeviceEvent.Install(2, Devices.Application("r0 = -1\nexit"))).After(new DeviceEvent.Run(2, []))
            with
        { Numbers = [0, 0, ulong.MaxValue, 0] };

        var container = Of(device)["slots"]![2]!;

        Is(container["result"], "\"0xffffffffffffffff\"");
        Is(container["number"], "\"18446744073709551615\"");
    }

    [Fact]
    public void Hooks_with_their_containers_in_order() => Is(Of(Devices.Known)["hooks"], """
        [{"name":"tick","event":"timer","period":1000000,"times":1,
        "containers":[{"slot":0,"policy":"abort-on-negative"},{"slot":1,"policy":"continue"}]},
        {"name":"hot","event":"threshold","sensor":0,"limit":3000,"beyond":"above","times":0,"containers":[{"slot":0,"policy":"single"}]},
        {"name":"hello","event":"request","path":"hello/you","times":0,"containers":[]},
        {"name":"all","event":"packet","times":0,"containers":[]}]
        """);

    [Fact]
    public void Sensors_with_what_they_read_now_and_before()
    {
        time.Now += 1000;
        recorder.Sampled(0, null);

        Is(Of(Devices.Known)["sensors"], """
            [{"index":0,"name":"temperature","type":130,"actuator":false,"unit":"°C","values":[27.16],
            "points":[[1700000000000,27.16],[1700000001000]]},
            {"index":1,"name":"lamp","type":66,"actuator":true,"unit":"","values":[0],"points":[[1700000000000,0]]},
            {"index":2,"name":"broken","type":131,"actuator":false,"unit":"","values":null,"points":[]}]
            """);
    }

    [Fact]
    public void Updates_and_prints()
    {
        recorder.Tell(new DeviceEffect.Updated(1, 0xabc, 0));
        recorder.Tell(new DeviceEffect.Updated(1, 0xabc, 3));
        recorder.Tell(new DeviceEffect.UpdateRefused(2, "replay: \"3\""));
        recorder.Tell(new DeviceEffect.Printed(0, "a\u0007<b>\n"));

        var state = Of(Devices.Known);

        Is(state["updates"], """
            [{"at":1700000000000,"slot":1,"outcome":"installed","digest":"0000000000000abc"},
            {"at":1700000000000,"slot":1,"outcome":"installed","digest":"0000000000000abc","number":"3"},
            {"at":1700000000000,"slot":2,"outcome":"refused","problem":"replay: \"3\""}]
            """);
        Is(state["prints"], """[{"at":1700000000000,"slot":0,"text":"a\u0007<b>\n"}]""");
    }

    private JsonNode Of(Device device) => JsonNode.Parse(StateJson.Of(device, recorder, ["coap://127.0.0.1:5683"]).Span)!;

    private static void Is(JsonNode? found, string expected)
    {
        var wanted = JsonNode.Parse(expected);
        JsonNode.DeepEquals(found, wanted).ShouldBeTrue($"{found?.ToJsonString()} instead of {wanted?.ToJsonString()}");
    }
}
