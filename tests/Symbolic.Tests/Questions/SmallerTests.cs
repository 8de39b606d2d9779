using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Tests.Questions;

public sealed class SmallerTests
{
    private static readonly Term A = Make.Variable("a", 64);

    private static readonly Term B = Make.Variable("b", 64);

    private static readonly Assignment Large = Assignment.Zero with { Variable = _ => 0xdead_beef_0000_1234, Element = (_, _) => 7 };

    [Fact]
    public void What_does_not_matter_is_zero_and_what_matters_as_small_as_is_easily_had()
    {
        var question = new Question([Make.Constant(0x1000, 64).Below(A), B.DiffersFrom(0)]);

        var small = Smaller.Of(question, Large);

        question.IsMet(small).ShouldBeTrue();
        small.Variable(A).ShouldBe(0x1234UL);
        small.Variable(B).ShouldBe(1UL);
    }

    [Fact]
    public void Memory_that_does_not_matter_is_zero_and_other_memory_stays()
    {
        var memory = Make.Variable("mem", Sort.Bytes)[A];

        Smaller.Of(new([memory.EqualTo(7)]), Large).Evaluate(memory).ShouldBe((UInt128)7);
        Smaller.Of(new([memory.DiffersFrom(9)]), Large).Evaluate(memory).ShouldBe((UInt128)0);
    }

    [Fact]
    public void A_model_that_is_none_is_left_as_it_is()
    {
        var question = new Question([A.EqualTo(1)]);

        Smaller.Of(question, Large).ShouldBe(Large);
    }
}
