namespace RbpfSpec.Certifying.Tests;

public sealed class CertificationTallyTests
{
    [Fact]
    public void Everything_is_counted_once_and_has_its_reason()
    {
        var tally = CertificationTally.Of(
        [
            new Certification.Checked(5, 7), new Certification.Simplified(), new Certification.Excluded("products"),
            new Certification.Excluded("products"), new Certification.Failed("no answer"), new Certification.Contradicted(),
        ]);

        tally.Total.ShouldBe(6);
        (tally.Checked, tally.Simplified).ShouldBe((1, 1));
        tally.Reasons.ShouldBe("1 contradicted, 1 no answer, 2 products");
    }
}
