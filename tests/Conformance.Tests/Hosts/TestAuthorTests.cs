using RbpfSpec.Conformance.Hosts;
using RbpfSpec.Host.Updates;
using RbpfSpec.Updates;

namespace RbpfSpec.Conformance.Tests.Hosts;

public sealed class TestAuthorTests
{
    // RFC 6979 A.2.5.
    [Theory]
    [InlineData(
        "sample",
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")]
    [InlineData(
        "test",
        "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
        + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083")]
    public void Signatures_are_those_of_the_RFC(string message, string signature) =>
        Convert.ToHexStringLower(
            new TestAuthor(Convert.FromHexString("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"))
                .Sign(System.Text.Encoding.ASCII.GetBytes(message)))
            .ShouldBe(signature);

    [Fact]
    public void A_device_that_trusts_the_author_takes_the_updates_and_no_other_does()
    {
        Sequence<byte> program = [0x95, 0, 0, 0, 0, 0, 0, 0];
        var manifest = ManifestCbor.Write(new(
            1, 0, Envelope.Digest(program.AsSpan()), program.Count, "rbpf", Host.Containers.BudgetClass.Snippet, [], []));
        var update = TestAuthor.Known.Update(manifest, program);

        Envelope.Verifier([TestAuthor.Known.Key])(update).ShouldBeOfType<Verification.Trusted>().Update.Program.ShouldBe(program);
        Envelope.Verifier([TestAuthor.Stranger.Key])(update).ShouldBeOfType<Verification.Refused>()
            .Reason.ShouldBe(UpdateRefusal.UnknownKey);
    }
}
