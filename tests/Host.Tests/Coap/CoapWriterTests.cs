using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Tests.Coap;

public sealed class CoapWriterTests
{
    private static readonly CoapMessage Get = new(CoapType.Confirmable, CoapCode.Get, 1, [], [], []);

    public static TheoryData<string, CoapMessage> Impossible => new()
    {
        { "a token of 9 bytes; the most are 8", Get with { Token = new byte[9].ToSequence() } },
        { "an empty message has no token, options or payload", Get with { Code = CoapCode.Empty, Payload = [1] } },
        { "the option 3 after 11; they are in order, up to 65535", Get with { Options = [new(11, []), new(3, [])] } },
        { "the option 65536 after 0; they are in order, up to 65535", Get with { Options = [new(65536, [])] } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_no_datagram_says_is_refused(string problem, CoapMessage message) =>
        Should.Throw<ArgumentException>(() => CoapWriter.Write(message)).Message.ShouldStartWith(problem);
}
