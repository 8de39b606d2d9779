using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Helpers;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class CoapHelpersTests
{
    private const string Begin = "r6 = r1\nr2 = 69\ncall 0x40\n";

    // Header and token take 6 bytes, the option 1, the marker 1.
    [Theory]
    [InlineData(Begin + "exit", 0)]
    [InlineData(Begin + "r1 = r6\nr2 = 0\ncall 0x42\nr0 = -r0\nr0 += -1000\nexit", -1001)]
    [InlineData(Begin + "r1 = r6\nr2 = 42\ncall 0x42\nr0 = -r0\nr0 += -1000\nexit", -1002)]
    [InlineData(Begin + "r1 = r6\nr2 = 0\ncall 0x41\nr0 = -r0\nr0 += -1000\nexit", -1006)]
    [InlineData(Begin + "r1 = r6\nr2 = 0\ncall 0x42\nr1 = r6\nr2 = 1\ncall 0x41\nr0 = -r0\nr0 += -1000\nexit", -1008)]
    [InlineData("r2 = 69\ncall 0x41\nexit", CoapHelpers.Invalid)]
    [InlineData("r2 = 1\ncall 0x40\nexit", CoapHelpers.Invalid)]
    [InlineData(Begin + "r1 = r6\nr2 = 0\ncall 0x42\nr1 = r6\nr2 = 0\ncall 0x42\nexit", CoapHelpers.Invalid)]
    [InlineData(Begin + "r1 = r6\nr2 = 1\ncall 0x41\nr1 = r6\nr2 = 0\ncall 0x42\nexit", CoapHelpers.Invalid)]
    public void Results_are_those_of_the_response_so_far(string program, long result)
    {
        var step = Devices.Empty.With(0, program).Receive(Devices.Request(CoapCode.Get, "c/0"));

        ((long)step.Result()).ShouldBe(result);
    }

    [Fact]
    public void Without_a_request_there_is_no_response_to_build() =>
        ((long)Devices.Empty.With(0, "r2 = 69\ncall 0x40\nexit").Run(0, new byte[40]).Result()).ShouldBe(CoapHelpers.Invalid);

    // What the pointers of the context say is never followed, and the program's view of the message is brought up to date.
    [Fact]
    public void The_view_of_the_message_says_where_the_payload_goes()
    {
        const string Program = Begin
            + "*(u64 *)(r6 + 0) = 0\n*(u64 *)(r6 + 8) = 0\nr1 = r6\nr2 = 1\ncall 0x41\nr7 = r0\nr1 = r6\ncall 0x43\n"
            + "r8 = *(u32 *)(r6 + 32)\nr0 -= r8\nif r0 != 0 goto end\n"
            + "*(u8 *)(r8 + 0) = 104\n*(u8 *)(r8 + 1) = 105\nr0 = r7\nr0 += 2\nend: exit";

        var answer = Devices.Empty.With(0, Program).Receive(Devices.Request(CoapCode.Get, "c/0")).Answer();

        answer.Code.ShouldBe(CoapCode.Content);
        answer.Text().ShouldBe("hi");
    }

    [Fact]
    public void A_sensor_answers_with_its_value()
    {
        var answer = Devices.Empty.With(0, Devices.SensorReply).Receive(Devices.Request(CoapCode.Get, "c/0")).Answer();

        answer.Code.ShouldBe(CoapCode.Content);
        answer.Option(CoapOptions.ContentFormat).ShouldBe(CoapOption.Of(CoapOptions.ContentFormat, 0));
        answer.Text().ShouldBe("27.16");
        Devices.Program(Devices.SensorReply).Count.ShouldBeLessThanOrEqualTo(296);
    }
}
