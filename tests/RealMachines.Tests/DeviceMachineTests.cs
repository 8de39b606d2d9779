namespace RbpfSpec.RealMachines.Tests;

public sealed class DeviceMachineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_its_sources_are_not_one_line_says_so(bool isEmulated)
    {
        // The tests run in a folder of their own, which has no such sources.
        DeviceMachine.Create(isEmulated, out var problem).ShouldBeNull();

        problem.ShouldStartWith("there is no device/Makefile here; expected ");
        problem.ShouldNotContain('\n');
    }
}
