using RbpfSpec.Host.Hooks;

namespace RbpfSpec.Host.Tests.Hooks;

public sealed class HookTests
{
    [Fact]
    public void One_that_is_attached_goes_to_the_front_and_is_there_once()
    {
        var hook = new Hook("h", new Trigger.Packet(), [])
            .With(new(0, Policy.Continue)).With(new(1, Policy.Single)).With(new(0, Policy.Single));

        hook.Entries.ShouldBe([new(0, Policy.Single), new(1, Policy.Single)]);
        hook.Without(0).Entries.ShouldBe([new(1, Policy.Single)]);
        hook.Without(2).ShouldBe(hook);
    }
}
