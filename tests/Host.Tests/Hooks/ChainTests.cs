using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Hooks;

public sealed class ChainTests
{
    [Theory]
    [InlineData(Policy.Continue, 0, true)]
    [InlineData(Policy.Continue, -1, true)]
    [InlineData(Policy.Continue, 1, true)]
    [InlineData(Policy.AbortOnNegative, -1, false)]
    [InlineData(Policy.AbortOnNegative, 0, true)]
    [InlineData(Policy.AbortOnNegative, 1, true)]
    [InlineData(Policy.AbortOnPositive, 1, false)]
    [InlineData(Policy.AbortOnPositive, 0, true)]
    [InlineData(Policy.AbortOnPositive, -1, true)]
    [InlineData(Policy.Single, 0, false)]
    [InlineData(Policy.Single, 1, false)]
    [InlineData(Policy.Single, -1, false)]
    public void The_policy_of_one_says_whether_the_next_runs(Policy policy, int result, bool goesOn)
    {
        var device = Devices.Empty.With(0, "r0 = 77\nexit").With(1, $"r0 = {result}\nexit")
            .Attached(Devices.Packets, 0).Attached(Devices.Packets, 1, policy);

        var step = device.Step(new DeviceEvent.Packet([1]));

        step.Effects.OfType<DeviceEffect.Ran>().Select(ran => ran.Slot).ShouldBe(goesOn ? [1, 0] : [1]);
        step.Effects[^1].ShouldBe(new DeviceEffect.Passed([1], goesOn ? 77 : result));
    }

    // A result that is negative in 64 bits, and one whose low half is.
    [Theory]
    [InlineData("r0 = 0x8000000000000000 ll", false)]
    [InlineData("r0 = 0xffffffff ll", true)]
    public void A_result_has_64_bits(string program, bool goesOn)
    {
        var device = Devices.Empty.With(0, "exit").With(1, $"{program}\nexit")
            .Attached(Devices.Packets, 0).Attached(Devices.Packets, 1, Policy.AbortOnNegative);

        device.Step(new DeviceEvent.Packet([1])).Effects.OfType<DeviceEffect.Ran>().Count().ShouldBe(goesOn ? 2 : 1);
    }

    [Theory]
    [InlineData(Policy.Single)]
    [InlineData(Policy.AbortOnNegative)]
    public void A_fault_ends_no_chain_and_leaves_what_was_handed_on(Policy policy)
    {
        const string Writer = "*(u8 *)(r1 + 0) = 9\nr1 = 0\nr0 = *(u8 *)(r1 + 0)\nexit";
        var device = Devices.Empty.With(0, "r0 = *(u8 *)(r1 + 0)\nexit").With(1, Writer)
            .Attached(Devices.Packets, 0).Attached(Devices.Packets, 1, policy);

        var step = device.Step(new DeviceEvent.Packet([4]));

        step.Effects.OfType<DeviceEffect.Ran>().ShouldBe([new DeviceEffect.Ran(0, 4)]);
        step.Effects.OfType<DeviceEffect.Stopped>().ShouldHaveSingleItem().Slot.ShouldBe(1);
        step.Effects[^1].ShouldBe(new DeviceEffect.Passed([4], 4));
    }

    [Fact]
    public void Each_sees_what_those_before_it_left()
    {
        const string Double = "r0 = *(u8 *)(r1 + 0)\nr0 += r0\n*(u8 *)(r1 + 0) = r0\nexit";
        var device = Devices.Empty.With(0, Double).With(1, Double).Attached(Devices.Packets, 0).Attached(Devices.Packets, 1);

        device.Step(new DeviceEvent.Packet([3])).Effects[^1].ShouldBe(new DeviceEffect.Passed([12], 12));
    }

    [Fact]
    public void One_that_is_stopped_is_passed_over()
    {
        var device = Devices.Empty.With(0, "exit").With(1, "exit").Attached(Devices.Packets, 0).Attached(Devices.Packets, 1, Policy.Single)
            .After(new DeviceEvent.Stop(1));

        device.Step(new DeviceEvent.Packet([3])).Effects.OfType<DeviceEffect.Ran>().Select(ran => ran.Slot).ShouldBe([0]);
    }
}
