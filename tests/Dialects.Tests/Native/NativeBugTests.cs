using RbpfSpec.Dialects.Native;

namespace RbpfSpec.Dialects.Tests.Native;

public sealed class NativeBugTests
{
    public static TheoryData<string> Numbers => [.. NativeBugTable.All.Select(bug => bug.Number)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_bug_says_what_it_is(string number)
    {
        var bug = NativeBugTable.Bug(number);

        bug.Number.ShouldBe(number);
        bug.Summary.ShouldEndWith(".");
        bug.Source.Document.ShouldBe(bug.Machine);
    }

    [Fact]
    public void The_bugs_are_numbered_as_they_were_found_and_unlike_those_of_dialects()
    {
        NativeBugTable.All.Select(bug => bug.Number).ShouldBe(
            [.. Enumerable.Range(1, 8).Select(number => $"J-{number}"), .. Enumerable.Range(1, 15).Select(number => $"U-{number}")]);
        Should.Throw<ArgumentOutOfRangeException>(() => DialectTable.Deviation("J-1"));
        Should.Throw<ArgumentOutOfRangeException>(() => NativeBugTable.Bug("C-1"));
    }
}
