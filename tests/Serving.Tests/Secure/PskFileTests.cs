using RbpfSpec.Serving.Secure;

namespace RbpfSpec.Serving.Tests.Secure;

public sealed class PskFileTests
{
    [Fact]
    public void A_line_is_an_identity_and_a_key() =>
        PskFile.Read("# mine\nme:00ff10\r\n\nurn:a:b: 0A\n").ShouldBeOfType<PskReading.Read>().Keys
            .ShouldBe([new("me", [0, 255, 16]), new("urn:a:b", [10])]);

    [Theory]
    [InlineData("", 1, "there is no key; expected identity:key")]
    [InlineData("# none\n", 1, "there is no key; expected identity:key")]
    [InlineData("me:00\nyou", 2, "no colon; expected identity:key, the key in hexadecimal")]
    [InlineData(":00", 1, "an identity of 0 bytes; expected 1 to 128")]
    [InlineData("me:", 1, "the key of 'me' is not two hexadecimal digits a byte; expected 1 to 64 bytes")]
    [InlineData("me:0", 1, "the key of 'me' is not two hexadecimal digits a byte; expected 1 to 64 bytes")]
    [InlineData("me:secret", 1, "the key of 'me' is not two hexadecimal digits a byte; expected 1 to 64 bytes")]
    [InlineData("me:00\nme:01", 2, "the identity 'me' comes twice")]
    public void What_is_none_is_told_with_its_line_and_without_the_key(string text, int line, string problem) =>
        PskFile.Read(text).ShouldBe(new PskReading.Malformed(line, problem));

    [Fact]
    public void Names_and_keys_have_an_end()
    {
        PskFile.Read($"{new string('a', 128)}:{new string('0', 128)}").ShouldBeOfType<PskReading.Read>();
        PskFile.Read($"{new string('a', 129)}:00").ShouldBeOfType<PskReading.Malformed>();
        PskFile.Read($"a:{new string('0', 130)}").ShouldBeOfType<PskReading.Malformed>();
    }
}
