using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Mutants.Tests;

public sealed class MutantWordTests
{
    private static readonly Width Bits64 = Width.Bits64;

    // Each operation of words, of two of one width.
    private static readonly (WordOperation Operation, Operate Apply)[] Operations =
    [
        (WordOperation.Add, new Add()), (WordOperation.Subtract, new Subtract()), (WordOperation.Multiply, new Multiply()),
        (WordOperation.BitwiseAnd, new BitwiseAnd()), (WordOperation.BitwiseOr, new BitwiseOr()),
        (WordOperation.BitwiseXor, new BitwiseXor()), (WordOperation.ShiftLeft, new ShiftLeft()),
        (WordOperation.ShiftRightLogical, new ShiftRightLogical()), (WordOperation.ShiftRightArithmetic, new ShiftRightArithmetic()),
        (WordOperation.DivideUnsigned, new DivideUnsigned()), (WordOperation.RemainderUnsigned, new RemainderUnsigned()),
        (WordOperation.DivideSigned, new DivideSigned()), (WordOperation.RemainderSigned, new RemainderSigned()),
        (WordOperation.Equal, new Equal()), (WordOperation.LessUnsigned, new LessUnsigned()), (WordOperation.LessSigned, new LessSigned()),
        (WordOperation.Not, new NotEqual()), (WordOperation.And, new Both()), (WordOperation.Or, new Either()),
        (WordOperation.Choose, new Greater()), (WordOperation.Constant, new PlusOne()), (WordOperation.Slice, new LowHalf()),
        (WordOperation.ZeroExtend, new Zeroes()), (WordOperation.SignExtend, new Signs()), (WordOperation.ReverseBytes, new Reversed()),
    ];

    public static TheoryData<WordOperation> Names => [.. Operations.Select(each => each.Operation)];

    [Fact]
    public void Every_operation_that_can_go_wrong_is_tried_here() =>
        Enum.GetValues<WordOperation>().Except(Operations.Select(each => each.Operation)).ShouldBe([WordOperation.WholeSlice]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_change_an_operation_is_that_of_the_other_domain(WordOperation operation)
    {
        var apply = Operations.Single(each => each.Operation == operation).Apply;

        Law.Holds(seed: 30, 200, Pair, pair =>
            apply.To<MutantWord<Word>>(new(pair.Left), new(pair.Right)).Inner.ShouldBe(apply.To(pair.Left, pair.Right)));
    }

    // On terms a change of a result is one of its formula; on numbers it shows for some of those drawn.
    [Theory]
    [MemberData(nameof(Names))]
    public void Each_change_of_an_operation_is_another_result(WordOperation operation)
    {
        var apply = Operations.Single(each => each.Operation == operation).Apply;
        var (left, right) = (TermWord.Variable("left", Bits64), TermWord.Variable("right", Bits64));
        var code = () => apply.To<MutantWord<TermWord>>(new(left), new(right)).Inner;
        var plain = apply.To(left, right);

        var changes = ChangedOperation.InThisState(code).Where(changed => OperationChanges.Of(operation).Contains(changed.Change)).ToList();

        changes.Select(changed => changed.Change).ShouldBe(OperationChanges.Of(operation), ignoreOrder: true);
        foreach (var changed in changes)
        {
            changed.In(code).ShouldNotBe(plain, changed.ToString());
            Enumerable.Range(0, 1000).Any(start => IsWrong(changed, Pair(new Dice((uint)start)))).ShouldBeTrue(changed.ToString());
        }

        bool IsWrong(ChangedOperation changed, (Word Left, Word Right) pair)
        {
            var wrong = MutantRun.With(
                changed, MutantScope.EveryState, () => apply.To<MutantWord<Word>>(new(pair.Left), new(pair.Right)).Inner);
            return wrong.Result != apply.To(pair.Left, pair.Right);
        }
    }

    [Fact]
    public void What_is_known_is_hidden_unless_a_rule_may_know_it_or_the_state_is_the_only_one()
    {
        MutantWord<Word> hidden = new(Word.Of(3));
        MutantWord<Word> open = new(Word.Of(3), IsOpen: true);

        hidden.IsKnown(out _).ShouldBeFalse();
        Truth<MutantWord<Word>>.Of(true).IsKnown(out _).ShouldBeFalse();
        open.IsKnown(out var value).ShouldBeTrue();
        value.ShouldBe(3UL);
        ChangedOperation.InThisState(() =>
        {
            hidden.IsKnown(out var known).ShouldBeTrue();
            known.ShouldBe(3UL);
            Truth<MutantWord<Word>>.Of(true).IsKnown(out var truth).ShouldBeTrue();
            truth.ShouldBeTrue();
            return 0;
        });
    }

    // Small numbers are amounts of shifts and divisors.
    private static (Word Left, Word Right) Pair(Dice dice) =>
        (Word.Of(dice.Value()), Word.Of(dice.OnceIn(2) ? dice.Value() : (ulong)dice.Between(0, 70)));

    private abstract class Operate
    {
        public abstract T To<T>(T left, T right)
            where T : IWord<T>;

        protected static T Chosen<T>(Truth<T> truth, T left, T right)
            where T : IWord<T> => T.Choose(truth, left, right);
    }

    private sealed class Add : Operate
    {
        public override T To<T>(T left, T right) => left + right;
    }

    private sealed class Subtract : Operate
    {
        public override T To<T>(T left, T right) => left - right;
    }

    private sealed class Multiply : Operate
    {
        public override T To<T>(T left, T right) => left * right;
    }

    private sealed class BitwiseAnd : Operate
    {
        public override T To<T>(T left, T right) => left & right;
    }

    private sealed class BitwiseOr : Operate
    {
        public override T To<T>(T left, T right) => left | right;
    }

    private sealed class BitwiseXor : Operate
    {
        public override T To<T>(T left, T right) => left ^ right;
    }

    private sealed class ShiftLeft : Operate
    {
        public override T To<T>(T left, T right) => T.ShiftLeft(left, right);
    }

    private sealed class ShiftRightLogical : Operate
    {
        public override T To<T>(T left, T right) => T.ShiftRightLogical(left, right);
    }

    private sealed class ShiftRightArithmetic : Operate
    {
        public override T To<T>(T left, T right) => T.ShiftRightArithmetic(left, right);
    }

    private sealed class DivideUnsigned : Operate
    {
        public override T To<T>(T left, T right) => T.DivideUnsigned(left, right);
    }

    private sealed class RemainderUnsigned : Operate
    {
        public override T To<T>(T left, T right) => T.RemainderUnsigned(left, right);
    }

    private sealed class DivideSigned : Operate
    {
        public override T To<T>(T left, T right) => T.DivideSigned(left, right);
    }

    private sealed class RemainderSigned : Operate
    {
        public override T To<T>(T left, T right) => T.RemainderSigned(left, right);
    }

    private sealed class Equal : Operate
    {
        public override T To<T>(T left, T right) => Chosen(T.Same(left, right), left, left + right);
    }

    private sealed class LessUnsigned : Operate
    {
        public override T To<T>(T left, T right) => Chosen(T.LessUnsigned(left, right), left, left + right);
    }

    private sealed class LessSigned : Operate
    {
        public override T To<T>(T left, T right) => Chosen(T.LessSigned(left, right), left, left + right);
    }

    private sealed class NotEqual : Operate
    {
        public override T To<T>(T left, T right) => Chosen(!T.LessUnsigned(left, right), left, left + right);
    }

    private sealed class Both : Operate
    {
        public override T To<T>(T left, T right) => Chosen(T.LessUnsigned(left, right) & T.LessSigned(left, right), left, left + right);
    }

    private sealed class Either : Operate
    {
        public override T To<T>(T left, T right) => Chosen(T.LessUnsigned(left, right) | T.LessSigned(left, right), left, left + right);
    }

    private sealed class Greater : Operate
    {
        public override T To<T>(T left, T right) => T.Choose(T.LessUnsigned(left, right), right, left);
    }

    private sealed class PlusOne : Operate
    {
        public override T To<T>(T left, T right) => left + T.Constant(1, left.Width);
    }

    private sealed class LowHalf : Operate
    {
        public override T To<T>(T left, T right) => left.Low(Width.Bits32).ZeroExtend(left.Width);
    }

    private sealed class Zeroes : Operate
    {
        public override T To<T>(T left, T right) => left.Low(Width.Bits32).ZeroExtend(left.Width);
    }

    private sealed class Signs : Operate
    {
        public override T To<T>(T left, T right) => left.Low(Width.Bits32).SignExtend(left.Width);
    }

    private sealed class Reversed : Operate
    {
        public override T To<T>(T left, T right) => left.ReverseBytes();
    }
}
