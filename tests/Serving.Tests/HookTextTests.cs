using RbpfSpec.Host.Hooks;

namespace RbpfSpec.Serving.Tests;

public sealed class HookTextTests
{
    public static TheoryData<string, Trigger> Hooks => new()
    {
        { "a=timer:1s", new Trigger.Timer(1_000_000) },
        { "a=timer:250ms", new Trigger.Timer(250_000) },
        { "a=timer:7us", new Trigger.Timer(7) },
        { "a=timer:2min", new Trigger.Timer(120_000_000) },
        { "a=request:hello", new Trigger.Request("hello") },
        { "a=request:hello/you", new Trigger.Request("hello/you") },
        { "a=packet", new Trigger.Packet() },
        { "a=threshold:0:-5", new Trigger.Threshold(0, -5, Above: true) },
        { "a=threshold:1:30:below", new Trigger.Threshold(1, 30, Above: false) },
    };

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_hook_is_read(string text, Trigger expected) => HookText.Parse(text).ShouldBe(new("a", expected, []));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("=packet")]
    [InlineData("a=timer")]
    [InlineData("a=timer:0s")]
    [InlineData("a=timer:1")]
    [InlineData("a=timer:-1s")]
    [InlineData("a=timer:99999999999999999999s")]
    [InlineData("a=timer:18446744073709551615s")]
    [InlineData("a=request:")]
    [InlineData("a=request:/hello")]
    [InlineData("a=request:a b")]
    [InlineData("a=packet:1")]
    [InlineData("a=threshold:0")]
    [InlineData("a=threshold:0:99999")]
    [InlineData("a=threshold:0:1:above")]
    [InlineData("a=other")]
    [InlineData("a/b=packet")]
    public void Anything_else_is_none(string text) => HookText.Parse(text).ShouldBeNull();
}
