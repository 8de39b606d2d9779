using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Tests.Coap;

/// <summary>Reader and writer are inverse to each other, and the reader is total.</summary>
public sealed class CoapReaderTests
{
    [Fact]
    public void What_is_written_is_read() =>
        Law.Holds(seed: 2101, 2000, MessageOf, message =>
            CoapReader.Read(CoapWriter.Write(message)).ShouldBe(new CoapReading.Read(message)));

    [Fact]
    public void Any_bytes_are_a_message_that_is_written_as_they_are_or_none() =>
        Law.Holds(seed: 2102, 20_000, dice => Datagram(dice), bytes =>
        {
            if (CoapReader.Read(bytes) is CoapReading.Read(var message)) CoapWriter.Write(message).ShouldBe(bytes);
        });

    [Theory]
    [InlineData("", "0 bytes; a header has 4")]
    [InlineData("400100", "3 bytes; a header has 4")]
    [InlineData("80010001", "version 2; expected 1")]
    [InlineData("00010001ff", "version 0; expected 1")]
    public void What_is_no_message_of_this_version_is_ignored(string hex, string problem) =>
        Read(hex).ShouldBe(new CoapReading.Ignored(problem));

    [Theory]
    [InlineData("49011234", "a token of 9 bytes; the most are 8")]
    [InlineData("4f011234", "a token of 15 bytes; the most are 8")]
    [InlineData("4201123401", "a token of 2 bytes, of which 1 are there")]
    [InlineData("40001234ff00", "an empty message with bytes after its header")]
    [InlineData("4100123400", "an empty message with bytes after its header")]
    [InlineData("40011234f0", "an option whose number or length is reserved or cut short")]
    [InlineData("400112340f", "an option whose number or length is reserved or cut short")]
    [InlineData("40011234d0", "an option whose number or length is reserved or cut short")]
    [InlineData("40011234e000", "an option whose number or length is reserved or cut short")]
    [InlineData("40011234b261", "an option of 2 bytes, of which 1 are there")]
    [InlineData("40011234e0ffff", "an option of the number 65804; the greatest is 65535")]
    [InlineData("40011234ff", "a payload marker without a payload")]
    public void A_format_error_is_told_with_type_and_id(string hex, string problem) =>
        Read(hex).ShouldBe(new CoapReading.Malformed(CoapType.Confirmable, 0x1234, problem));

    // RFC 7252, appendix A, figure 16: a GET of /temperature, and its answer.
    [Fact]
    public void The_examples_of_the_RFC_are_read()
    {
        Read("40017d34bb74656d7065726174757265").ShouldBe(new CoapReading.Read(
            new CoapMessage(CoapType.Confirmable, CoapCode.Get, 0x7d34, [], [], [])
                .With(CoapOption.Of(CoapOptions.UriPath, "temperature"))));
        Read("60457d34ff32322e332043").ShouldBe(new CoapReading.Read(new(
            CoapType.Acknowledgement, CoapCode.Content, 0x7d34, [], [], Sequence.Of<byte>("22.3 C"u8))));
    }

    private static CoapReading Read(string hex) => CoapReader.Read(Convert.FromHexString(hex));

    private static CoapMessage MessageOf(Dice dice)
    {
        var code = new CoapCode((byte)dice.Next());
        var (type, id) = ((CoapType)dice.Between(0, 3), (ushort)dice.Next());
        if (code == CoapCode.Empty) return CoapMessage.Empty(type, id);
        var number = 0;
        var options = dice.Several(dice.Between(0, 5), one =>
        {
            number = Math.Min(number + one.Pick(0, 1, 12, 13, 14, 268, 269, 270, 20_000), CoapOption.GreatestNumber);
            return new CoapOption(number, Sequence.Of<byte>(one.Bytes(one.Pick(0, 1, 12, 13, 268, 269, 300))));
        });
        return new(
            type, code, id, Sequence.Of<byte>(dice.Bytes(dice.Between(0, 8))),
            options.ToSequence(), Sequence.Of<byte>(dice.Bytes(dice.Pick(0, 1, 20))));
    }

    // Noise of the right version, or a message with some bytes changed or cut off.
    private static byte[] Datagram(Dice dice)
    {
        var bytes = dice.OnceIn(3) ? dice.Bytes(dice.Between(0, 40)) : CoapWriter.Write(MessageOf(dice));
        for (var i = dice.Between(0, 3); i > 0 && bytes.Length > 0; i--)
            bytes[dice.Between(0, Math.Min(bytes.Length, 12) - 1)] = (byte)dice.Next();
        if (bytes.Length > 0 && !dice.OnceIn(4)) bytes[0] = (byte)((bytes[0] & 0x3f) | 0x40);
        return dice.OnceIn(4) ? bytes[..dice.Between(0, bytes.Length)] : bytes;
    }
}
