using RbpfSpec.Symbolic.Native;

namespace RbpfSpec.Symbolic.Tests.Native;

public sealed class Z3LibraryTests
{
    [Fact]
    public void A_file_that_is_configured_and_missing_is_not_replaced_by_another()
    {
        var reason = Z3Library.Look("/no/such/libz3").ShouldBeOfType<Z3Presence.Absent>().Reason;

        reason.ShouldContain("/no/such/libz3");
        reason.ShouldContain("apt-get install libz3-4");
        reason.ShouldContain("brew install z3");
        reason.ShouldContain("libz3.dll");
        reason.ShouldContain(Z3Library.PathVariable);
        reason.ShouldNotContain("\n");
    }

    [Fact]
    public void A_library_of_something_else_is_not_taken_for_it() =>
        Z3Library.Look(typeof(Z3Library).Assembly.Location).ShouldBeOfType<Z3Presence.Absent>();

    [Fact]
    public void Looking_finds_what_the_process_uses()
    {
        var configured = Environment.GetEnvironmentVariable(Z3Library.PathVariable) ?? "";

        Z3Library.Look(configured).ShouldBe(Z3Library.Presence);
    }
}
