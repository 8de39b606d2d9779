using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects.Tests;

public sealed class DialectTableTests
{
    public static TheoryData<string> Numbers => [.. DialectTable.Deviations.Select(deviation => deviation.Number)];

    [Fact]
    public void The_bugs_are_numbered_as_they_were_found() =>
        DialectTable.All.Select(dialect => string.Join(' ', dialect.Deviations.Select(deviation => deviation.Number)))
            .ShouldBe(
            [
                "R-1 R-2 R-3 R-4 R-5",
                "I-2 I-3 I-4 I-5 I-7",
                "FC-1 FC-2 FC-3 FC-4 FC-5 FC-6 FC-7 FC-8 FC-10 FC-17 FC-21 FC-22 FC-23",
                "C-1 C-4 C-5 C-6 C-7 C-8 C-15",
                "HV-1 HV-2",
            ]);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_bug_says_what_it_is(string number)
    {
        var deviation = DialectTable.Deviation(number);

        deviation.Number.ShouldBe(number);
        deviation.Summary.ShouldEndWith(".");
        deviation.Source.Document.ShouldBe(deviation.Machine);
        deviation.ShouldBe(DialectTable.Deviation(number));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_bug_replaces_something_that_exists(string number) => (DialectTable.Deviation(number) switch
    {
        DialectDeviation.RuleDeviation rule => OperationTable.Forms.Any(rule.Concerns),
        DialectDeviation.CheckDeviation check =>
            check.Drops.Except(Preflight.Checks.Select(known => known.Id), StringComparer.Ordinal).Any() is false
            && !(check.Drops.IsEmpty && check.Adds.IsEmpty && check.Encodings.IsEmpty),
        DialectDeviation.AccessDeviation => true,
    }).ShouldBeTrue();

    [Fact]
    public void Encodings_of_their_own_clash_with_none()
    {
        var encodings = DialectTable.Deviations.Encodings();

        encodings.Select(form => (int)form.Opcode).ShouldBe([0xb8, 0xd8, 0x10], ignoreOrder: true);
        encodings.ShouldAllBe(form => OperationTable.WithOpcode(form.Opcode).IsEmpty);
        encodings.Select(form => form.Id).Intersect(OperationTable.Forms.Select(form => form.Id)).ShouldBeEmpty();
    }

    [Fact]
    public void Dialects_have_names_that_no_profile_has()
    {
        DialectTable.All.Select(dialect => dialect.Name)
            .ShouldBe(["rbpf-2020", "rbpf-2020-switch", "femto-containers", "certrbpf", "havm32"]);
        DialectTable.All.Select(dialect => dialect.Name).Intersect(Profile.All.Select(profile => profile.Name)).ShouldBeEmpty();
        DialectTable.Named("certrbpf").Profile.LargeShift.ShouldBe(LargeShift.Traps);
    }

    [Fact]
    public void What_is_not_in_the_table_is_not_found()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => DialectTable.Deviation("FC-0"));
        Should.Throw<ArgumentOutOfRangeException>(() => DialectTable.Named("rbpf"));
    }
}
