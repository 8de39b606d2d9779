using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Tests.Questions;

public sealed class SamplingTests
{
    private static readonly Term A = Make.Variable("a", 64);

    private static readonly Term B = Make.Variable("b", 64);

    private static readonly Term C = Make.Variable("c", 64);

    private static readonly Term Far = Make.Constant(0x1234_5678_9abc_def0, 64);

    // c is a and a number that is no edge, b twice c.
    private static readonly Term[] Rare =
    [
        C.EqualTo(A + Far), B.EqualTo(C * Make.Constant(2, 64)),
    ];

    [Fact]
    public void Values_that_nobody_suggests_are_not_met_by_chance() => Sampling.Find(Rare, Sampling.Few).ShouldBeNull();

    [Fact]
    public void What_is_suggested_may_speak_of_what_was_suggested_before_it()
    {
        var found = Sampling.Find(
            Rare, Sampling.Few, [(C, A + Far), (B, C * Make.Constant(2, 64))]);

        found.ShouldNotBeNull();
        new Question(Rare).IsMet(found).ShouldBeTrue();
    }

    [Fact]
    public void Suggestions_that_are_wrong_keep_nothing_from_being_found() =>
        Sampling.Find([A.DiffersFrom(Far)], Sampling.Few, [(A, Far)]).ShouldNotBeNull();
}
