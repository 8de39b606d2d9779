using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Measures;

namespace RbpfSpec.Ranges.Tests.Domain;

/// <summary>On ranges of few bits, drawn: a condition keeps all members that it holds of; it is impossible only of none.</summary>
public sealed class ValueRangeRelationsTests
{
    private const int Cases = 4000;

    private static readonly Width Width = Tried.Width;

    private static readonly Dictionary<
        string, (Func<ValueRange<Word>, ValueRange<Word>, NarrowedPair<Word>> Narrow, Func<Word, Word, bool> Holds)> Relations =
        new(StringComparer.Ordinal)
        {
            ["same"] = (ValueRange<Word>.WhereSame, (x, y) => x == y),
            ["different"] = (ValueRange<Word>.WhereDifferent, (x, y) => x != y),
            ["below"] = (ValueRange<Word>.WhereLessUnsigned, (x, y) => x.Value < y.Value),
            ["at most"] = (ValueRange<Word>.WhereAtMostUnsigned, (x, y) => x.Value <= y.Value),
            ["below, signed"] = (ValueRange<Word>.WhereLessSigned, (x, y) => x.Signed < y.Signed),
            ["at most, signed"] = (ValueRange<Word>.WhereAtMostSigned, (x, y) => x.Signed <= y.Signed),
        };

    public static TheoryData<string> Names => [.. Relations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_relation_keeps_the_members_that_it_holds_of(string name) => Law.Holds(
        seed: 16, Cases, dice => (Draw(dice), Draw(dice)), pair =>
        {
            var (left, right) = pair;
            var narrowed = Relations[name].Narrow(left, right);
            var all = true;
            foreach (var (x, y) in Pairs(left, right))
            {
                if (!Relations[name].Holds(x, y)) continue;
                Assert.False(narrowed.IsEmpty.Value, $"{left} {name} {right}: impossible, but {x}, {y}");
                Assert.True(narrowed.Left.Contains(x).Value, $"{left} {name} {right}: left {narrowed.Left} without {x}");
                Assert.True(narrowed.Right.Contains(y).Value, $"{left} {name} {right}: right {narrowed.Right} without {y}");
                all = false;
            }

            // Ends of ranges are members, so an order is decided by them.
            if (all && name is not ("same" or "different")) Assert.True(narrowed.IsEmpty.Value, $"{left} {name} {right} is possible");
        });

    [Fact]
    public void A_decision_excludes_only_what_holds_of_no_members() => Law.Holds(
        seed: 17, Cases, dice => (Draw(dice), Draw(dice)), pair =>
        {
            var (left, right) = pair;
            Check(ValueRange<Word>.Same(left, right), (x, y) => x == y);
            Check(ValueRange<Word>.LessUnsigned(left, right), (x, y) => x.Value < y.Value);
            Check(ValueRange<Word>.LessSigned(left, right), (x, y) => x.Signed < y.Signed);

            void Check(Decision<Word> decision, Func<Word, Word, bool> holds)
            {
                var outcomes = Pairs(left, right).Select(words => holds(words.Left, words.Right)).ToHashSet();
                Assert.True(decision.CanHold.Value || !outcomes.Contains(true));
                Assert.True(decision.CanFail.Value || !outcomes.Contains(false));
            }
        });

    [Fact]
    public void Low_bits_keep_the_words_that_have_them() => Law.Holds(
        seed: 18, Cases, dice => (Draw(dice), Draw(dice, Width.Of(2))), pair =>
        {
            var (whole, low) = pair;
            var narrowed = ValueRange<Word>.WhereLow(whole, low);
            foreach (var word in Members(whole).Where(word => low.Contains(word.Low(low.Width)).Value))
            {
                Assert.False(narrowed.IsEmpty.Value, $"{whole} with {low}: empty, but {word}");
                Assert.True(narrowed.Set.Contains(word).Value, $"{whole} with {low}: {narrowed.Set} without {word}");
            }
        });

    [Fact]
    public void A_conjunction_keeps_the_operands_that_give_it() => Law.Holds(
        seed: 19, Cases, dice => (Draw(dice), Draw(dice), Draw(dice)), three =>
        {
            var (left, right, result) = three;
            var narrowed = ValueRange<Word>.WhereConjunction(left, right, result);
            foreach (var (x, y) in Pairs(left, right).Where(words => result.Contains(words.Left & words.Right).Value))
                Assert.True(!narrowed.IsEmpty.Value && narrowed.Set.Contains(x).Value, $"{left} & {right} in {result}: without {x}");
        });

    [Theory]
    [InlineData("<<")]
    [InlineData(">>")]
    [InlineData("s>>")]
    public void Shifts_have_the_results_of_all_amounts(string name) => Law.Holds(
        seed: 20, Cases, dice => (Draw(dice), Draw(dice)), pair =>
        {
            var (value, amount) = pair;
            Func<Word, Word, Word> ofWords = name switch
            {
                "<<" => Word.ShiftLeft,
                ">>" => Word.ShiftRightLogical,
                _ => Word.ShiftRightArithmetic,
            };
            var result = name switch
            {
                "<<" => ValueRange<Word>.ShiftLeft(value, amount),
                ">>" => ValueRange<Word>.ShiftRightLogical(value, amount),
                _ => ValueRange<Word>.ShiftRightArithmetic(value, amount),
            };
            foreach (var (x, by) in Pairs(value, amount))
                Assert.True(result.Contains(ofWords(x, by)).Value, $"{value} {name} {amount}: {result} without that of {x}, {by}");
        });

    private static IEnumerable<Word> Members(ValueRange<Word> range) =>
        SmallSets.Words(range.Width).Where(word => range.Contains(word).Value);

    private static IEnumerable<(Word Left, Word Right)> Pairs(ValueRange<Word> left, ValueRange<Word> right) =>
        from x in Members(left)
        from y in Members(right)
        select (x, y);

    private static ValueRange<Word> Draw(Dice dice) => Draw(dice, Width);

    // Reduced, with a member at least.
    private static ValueRange<Word> Draw(Dice dice, Width width)
    {
        while (true)
        {
            var mask = Word.Wrap(dice.OnceIn(3) ? ulong.MaxValue : dice.Next(), width);
            var bits = new Tnum<Word>(Word.Wrap(dice.Next(), width) & (mask ^ Word.Wrap(ulong.MaxValue, width)), mask);
            var arc = new Arc<Word>(Word.Wrap(dice.Next(), width), Word.Wrap(dice.OnceIn(3) ? ulong.MaxValue : dice.Next(), width));
            var range = new ValueRange<Word>(bits, arc).Reduced();
            if (!range.IsEmpty.Value) return range.Set;
        }
    }
}
