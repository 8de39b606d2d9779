using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Mutants.Tests;

public sealed class ChangedOperationTests
{
    private static readonly TermWord A = TermWord.Variable("a", Width.Bits64);

    [Fact]
    public void Every_operation_has_its_changes_in_the_order_in_which_the_code_asks_for_them() =>
        Names(() => (Up(A) - Up(TermWord.Variable("b", Width.Bits64))) * MutantWord<TermWord>.Constant(3, Width.Bits64)).ShouldBe(
        [
            "operation 0: bvsub -> bvadd", "operation 0: bvsub with its operands swapped", "operation 1: constant + 1",
            "operation 2: bvmul -> bvadd",
        ]);

    // a + 0 is a - 0; and what is the same on both sides may change places.
    [Fact]
    public void What_has_the_same_result_is_no_change() =>
        Names(() => (Up(A) + Up(TermWord.Constant(0, Width.Bits64))) - Up(A)).ShouldBe(["operation 1: bvsub -> bvadd"]);

    [Fact]
    public void An_operation_that_is_not_asked_for_cannot_be_changed() =>
        Should.Throw<InvalidOperationException>(() =>
            new ChangedOperation(new(0, 1), OperationChanges.Of(WordOperation.Add)[0]).In(() => Up(A) + Up(A)))
            .Message.ShouldBe("there is no operation 1: bvadd -> bvsub");

    [Fact]
    public void The_changes_of_an_operation_have_different_names()
    {
        foreach (var operation in Enum.GetValues<WordOperation>())
            OperationChanges.Of(operation).Select(change => change.Name).ShouldBeUnique($"{operation}");
    }

    [Fact]
    public void A_run_ends_with_its_code_and_counts_on_its_own_thread_only()
    {
        Func<MutantWord<Word>> sum = () => new MutantWord<Word>(Word.Of(2)) + new MutantWord<Word>(Word.Of(3));
        var difference = ChangedOperation.InThisState(sum)[0];

        difference.In(() =>
        {
            var elsewhere = default(MutantWord<Word>);
            var thread = new Thread(() => elsewhere = sum());
            thread.Start();
            thread.Join();
            elsewhere.Inner.Value.ShouldBe(5UL);
            return sum();
        }).Inner.Value.ShouldBe(ulong.MaxValue);
        sum().Inner.Value.ShouldBe(5UL);
        Should.Throw<ArithmeticException>(() => difference.In<int>(() => throw new ArithmeticException()));
        sum().Inner.Value.ShouldBe(5UL);
    }

    private static MutantWord<TermWord> Up(TermWord word) => new(word);

    private static IEnumerable<string> Names(Func<MutantWord<TermWord>> code) =>
        ChangedOperation.InThisState(code).Select(changed => changed.ToString());
}
