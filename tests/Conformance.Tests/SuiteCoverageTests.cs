using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests;

public sealed class SuiteCoverageTests
{
    private static readonly Vector Divided = Of("divided", "mov %r0, 0\nmov %r1, 2\ndiv %r0, %r1\nexit");
    private static readonly Vector ByZero = Of("by zero", "mov %r0, 8\nmov %r1, 0\ndiv %r0, %r1\nexit");

    [Fact]
    public void A_suite_without_a_guard_that_holds_lacks_that_point_and_no_other()
    {
        var whole = SuiteCoverage.Of([Divided, ByZero], Profile.Rbpf);
        var without = SuiteCoverage.Of([Divided], Profile.Rbpf);

        whole.Keys.Except(without.Keys).ShouldHaveSingleItem().ShouldBe(new CoveragePoint("alu/div64-x", "guard 0, DivisionByZero, holds"));
        whole[new("alu/div64-x", "guard 0, DivisionByZero, holds")].ShouldBe("by zero");
        without.Keys.Except(whole.Keys).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mov %r1, 3\njeq %r1, 3, +0\nexit", "jmp/jeq64-k", "the jump is taken")]
    [InlineData("mov %r1, 3\njeq %r1, 4, +0\nexit", "jmp/jeq64-k", "the jump is not taken")]
    [InlineData("mov %r1, 3\nadd %r1, %r1\nexit", "alu/add64-x", "dst_reg is src_reg")]
    [InlineData("ldxb %r0, [%r10-1]\nexit", "mem/ldxb", "the offset is negative")]
    [InlineData("call local f\nexit\nf: exit", "jmp/exit", "a function returns")]
    public void What_a_run_shows_is_counted_by_rule(string text, string rule, string what) =>
        SuiteCoverage.Of([Of("one", text)], Profile.Rbpf).Keys.ShouldContain(new CoveragePoint(rule, what));

    [Fact]
    public void A_rejection_counts_for_its_check_and_executes_nothing() =>
        SuiteCoverage.Of([Of("end", "mov %r0, 1")], Profile.Rbpf).Keys.ShouldBe([new CoveragePoint("preflight/end", "rejects")]);

    [Fact]
    public void Our_suite_covers_what_the_tests_of_others_cover()
    {
        var folder = Path.Combine(Repository.Root, "../shared/conformance/bpf_conformance/tests");
        if (!Directory.Exists(folder)) return;
        var theirs = Directory.EnumerateFiles(folder, "*.data", SearchOption.AllDirectories)
            .SelectMany(file => DataFile.Read(file, File.ReadAllText(file)) is VectorText.Loaded(var vectors) ? vectors : []).ToList();
        var ours = VectorReader
            .Read(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json")))
            .ShouldBeOfType<VectorText.Loaded>()
            .Vectors;

        theirs.Count.ShouldBeGreaterThan(0);
        SuiteCoverage.Of(theirs, Profile.Rbpf).Keys.Except(SuiteCoverage.Of([.. ours], Profile.Rbpf).Keys).ShouldBeEmpty();
    }

    private static Vector Of(string name, string text) =>
        new(name, new VectorProgram.Code(Sequence.Of<byte>(Convert.FromHexString(Code.HexOf(text)))), [], new Expectation.Returns(0));
}
