using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Tests.Machine;

public sealed class BudgetTests
{
    private static readonly Allowance<Word> Unlimited = new Allowance<Word>.Unlimited();

    [Fact]
    public void An_allowance_is_spent_one_by_one_and_only_where_asked()
    {
        Allowance<Word> two = new Allowance<Word>.Remaining(Word.Of(2));

        Budget<Word>.Spend(two, Truth<Word>.Of(false)).ShouldBe(two);
        var one = Budget<Word>.Spend(two, Truth<Word>.Of(true));
        var none = Budget<Word>.Spend(one, Truth<Word>.Of(true));

        Budget<Word>.IsSpent(one).Value.ShouldBeFalse();
        Budget<Word>.IsSpent(none).Value.ShouldBeTrue();
    }

    [Fact]
    public void What_is_unlimited_is_never_spent()
    {
        Budget<Word>.Spend(Unlimited, Truth<Word>.Of(true)).ShouldBe(Unlimited);
        Budget<Word>.IsSpent(Unlimited).Value.ShouldBeFalse();
    }

    [Fact]
    public void A_branch_not_taken_costs_nothing()
    {
        var budget = new Budget<Word>(new Allowance<Word>.Remaining(Word.Of(5)), Unlimited);

        budget.AfterBranch(Truth<Word>.Of(false)).ShouldBe(budget);
        budget.AfterBranch(Truth<Word>.Of(true)).ShouldBe(budget with { Branches = new Allowance<Word>.Remaining(Word.Of(4)) });
    }

    [Fact]
    public void A_limit_of_a_profile_is_64_bits_wide()
    {
        Budget<Word>.Of(new Allowance<ulong>.Remaining(ulong.MaxValue))
            .ShouldBe(new Allowance<Word>.Remaining(Word.Of(ulong.MaxValue)));
        Budget<Word>.Of(new Allowance<ulong>.Unlimited()).ShouldBe(Unlimited);
    }
}
