using System.Text.RegularExpressions;

namespace RbpfSpec.House.Tests;

/// <summary>All that is here is finished; unfinished work is an issue, not a comment.</summary>
public sealed class UnfinishedWorkTests
{
    // One letter of each word is in brackets, so that this file does not find itself.
    private static readonly Regex Mark = Repository.Pattern(@"\b(T[O]DO|F[I]XME|H[A]CK|X[X]X)\b");
    private static readonly Regex Gap = Repository.Pattern(@"\bNot[I]mplementedException\b");
    private static readonly Regex SkippedTest = Repository.Pattern(@"\bSk[i]p\s*=\s*[^=>\s]");
    private static readonly Regex Wait = Repository.Pattern(@"\b(Thread\.S[l]eep|Task\.D[e]lay)\b");

    [Fact]
    public void Nothing_is_marked_as_left_to_do() => Repository.Matches(Texts, Mark).ShouldBeEmpty();

    [Fact]
    public void No_code_is_missing() => Repository.Matches(Texts, Gap).ShouldBeEmpty();

    [Fact]
    public void No_test_is_skipped() => Repository.Matches(Texts, SkippedTest).ShouldBeEmpty();

    [Fact]
    public void Nothing_waits_for_time_to_pass() => Repository.Matches(Texts, Wait).ShouldBeEmpty();

    [Fact]
    public void Every_mark_is_recognised()
    {
        Mark.IsMatch("    // TO" + "DO: later").ShouldBeTrue();
        Gap.IsMatch("    => throw new Not" + "ImplementedException();").ShouldBeTrue();
        SkippedTest.IsMatch("    [Fact(Sk" + "ip = \"flaky\")]").ShouldBeTrue();
        Wait.IsMatch("    await Task.De" + "lay(100);").ShouldBeTrue();
    }

    private static IEnumerable<string> Texts => Repository.Files("", ".cs", ".md", ".sh");
}
