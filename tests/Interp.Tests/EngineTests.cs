namespace RbpfSpec.Interp.Tests;

/// <summary>Engines that there are, and others.</summary>
public sealed class EngineTests
{
    [Fact]
    public void A_choice_comes_to_an_engine_that_works_here()
    {
        Engines.IsAvailable(Engine.Auto).ShouldBeTrue();
        Engines.IsAvailable(Engine.Switch).ShouldBeTrue();
        Engines.Choose(Engine.Switch).ShouldBe(Engine.Switch);
        Engines.Choose(Engine.Compiled).ShouldBe(Engine.Compiled);
        Engines.Choose(Engine.Auto).ShouldBe(Engines.IsAvailable(Engine.Threaded) ? Engine.Threaded : Engine.Switch);
        if (Engines.IsAvailable(Engine.Threaded)) Engines.Choose(Engine.Threaded).ShouldBe(Engine.Threaded);
        else Should.Throw<PlatformNotSupportedException>(() => Engines.Choose(Engine.Threaded));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_number_is_no_engine(int number)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Engines.Choose((Engine)number)).Message
            .ShouldContain("Auto, Switch, Threaded or Compiled");
        Should.Throw<ArgumentOutOfRangeException>(() => Engines.IsAvailable((Engine)number));
    }
}
