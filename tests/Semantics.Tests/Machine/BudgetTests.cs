using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Tests.Machine;

public sealed class BudgetTests
{
    private static readonly Allowance<Word> Unlimited = new Allowance<Word>.Unlimited();

    [Fact]
    public void An_allowance_is_spent_one_by_one_and_only_where_asked()
    {
        Allowance<Word> two = new Allowance<Word>.Remaining(Word.Of(2));

        Budget<Word, Bit>.Spend(two, Bit.Of(false)).ShouldBe(two);
        var one = Budget<Word, Bit>.Spend(two, Bit.Of(true));
        var none = Budget<Word, Bit>.Spend(one, Bit.Of(true));

        Budget<Word, Bit>.IsSpent(one).Value.ShouldBeFalse();
        Budget<Word, Bit>.IsSpent(none).Value.ShouldBeTrue();
    }

    [Fact]
    public void What_is_unlimited_is_never_spent()
    {
        Budget<Word, Bit>.Spend(Unlimited, Bit.Of(true)).ShouldBe(Unlimited);
        Budget<Word, Bit>.IsSpent(Unlimited).Value.ShouldBeFalse();
    }

    [Fact]
    public void A_branch_not_taken_costs_nothing()
    {
        var budget = new Budget<Word, Bit>(new Allowance<Word>.Remaining(Word.Of(5)), Unlimited);

        budget.AfterBranch(Bit.Of(false)).ShouldBe(budget);
        budget.AfterBranch(Bit.Of(true)).ShouldBe(budget with { Branches = new Allowance<Word>.Remaining(Word.Of(4)) });
    }

    [Fact]
    public void A_limit_of_a_profile_is_64_bits_wide()
    {
        Budget<Word, Bit>.Of(new Allowance<ulong>.Remaining(ulong.MaxValue))
            .ShouldBe(new Allowance<Word>.Remaining(Word.Of(ulong.MaxValue)));
        Budget<Word, Bit>.Of(new Allowance<ulong>.Unlimited()).ShouldBe(Unlimited);
    }
}
