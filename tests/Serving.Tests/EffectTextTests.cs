using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Serving.Tests;

public sealed class EffectTextTests
{
    public static TheoryData<DeviceEffect, string?> Lines => new()
    {
        { new DeviceEffect.Ran(1, 16), "slot 1 ran: 0x10 (16)" },
        { new DeviceEffect.Stopped(2, new Fault(Trap.DivisionByZero, 3)), "slot 2 is stopped: trap DivisionByZero at slot 3" },
        { new DeviceEffect.Printed(0, "hot\n"), "slot 0 printed: hot" },
        { new DeviceEffect.Printed(0, "\u001b[2Jone\ntwo"), "slot 0 printed: \\x1b[2Jone\\x0atwo" },
        { new DeviceEffect.Actuated(1, new(3, 1, 2, 3, 4, -1)), "actuator 1 is set: 1 2 3 scale -1 unit 4" },
        { new DeviceEffect.Refused("slot 9"), "refused: slot 9" },
        { new DeviceEffect.Send("127.0.0.1:1", [1]), null },
        { new DeviceEffect.Passed([1], 0), null },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_effect_is_a_line(DeviceEffect effect, string? expected) => EffectText.Line(effect).ShouldBe(expected);
}
