using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Measures;

namespace RbpfSpec.Ranges.Tests.Domain;

/// <summary>On all sets of few bits: what is true of members is true of the set that is computed.</summary>
public sealed class ValueRangeOperationsTests
{
    private static readonly Width Width = Tried.Width;

    private static readonly Dictionary<string, (Func<Tnum<Word>, Tnum<Word>, Tnum<Word>> Set, Func<Word, Word, Word> Word)> OfTnums =
        new(StringComparer.Ordinal)
        {
            ["add"] = (Tnum<Word>.Add, (x, y) => x + y),
            ["sub"] = (Tnum<Word>.Subtract, (x, y) => x - y),
            ["mul"] = (Tnum<Word>.Multiply, (x, y) => x * y),
            ["and"] = (Tnum<Word>.And, (x, y) => x & y),
            ["or"] = (Tnum<Word>.Or, (x, y) => x | y),
            ["xor"] = (Tnum<Word>.Xor, (x, y) => x ^ y),
            ["neg"] = ((x, _) => Tnum<Word>.Negate(x), (x, _) => Word.Constant(0, x.Width) - x),
            ["not"] = ((x, _) => Tnum<Word>.Not(x), (x, _) => x ^ Word.Constant(ulong.MaxValue, x.Width)),
            ["udiv"] = (Tnum<Word>.DivideUnsigned, Word.DivideUnsigned),
            ["urem"] = (Tnum<Word>.RemainderUnsigned, Word.RemainderUnsigned),
        };

    private static readonly Dictionary<string, (Func<Arc<Word>, Arc<Word>, Arc<Word>> Set, Func<Word, Word, Word> Word)> OfArcs =
        new(StringComparer.Ordinal)
        {
            ["add"] = (Arc<Word>.Add, (x, y) => x + y),
            ["sub"] = (Arc<Word>.Subtract, (x, y) => x - y),
            ["mul"] = (Arc<Word>.Multiply, (x, y) => x * y),
            ["and"] = (Arc<Word>.And, (x, y) => x & y),
            ["or"] = (Arc<Word>.Or, (x, y) => x | y),
            ["xor"] = (Arc<Word>.Xor, (x, y) => x ^ y),
            ["neg"] = ((x, _) => Arc<Word>.Negate(x), (x, _) => Word.Constant(0, x.Width) - x),
            ["not"] = ((x, _) => Arc<Word>.Not(x), (x, _) => x ^ Word.Constant(ulong.MaxValue, x.Width)),
            ["udiv"] = (Arc<Word>.DivideUnsigned, Word.DivideUnsigned),
            ["urem"] = (Arc<Word>.RemainderUnsigned, Word.RemainderUnsigned),
            ["sdiv"] = (Arc<Word>.DivideSigned, Word.DivideSigned),
            ["srem"] = (Arc<Word>.RemainderSigned, Word.RemainderSigned),
        };

    public static TheoryData<string> TnumOperations => [.. OfTnums.Keys];

    public static TheoryData<string> ArcOperations => [.. OfArcs.Keys];

    [Theory]
    [MemberData(nameof(TnumOperations))]
    public void Bits_have_the_results_on_all_members(string name) =>
        Tried.IsSound(Tried.Tnums, OfTnums[name].Set, (set, word) => (set.Contains(word) & set.IsWellFormed).Value, OfTnums[name].Word);

    [Theory]
    [MemberData(nameof(ArcOperations))]
    public void An_arc_has_the_results_on_all_members(string name) =>
        Tried.IsSound(Tried.Arcs, OfArcs[name].Set, (set, word) => set.Contains(word).Value, OfArcs[name].Word);

    [Fact]
    public void Shifts_by_each_amount_have_the_results_on_all_members()
    {
        foreach (var amount in Enumerable.Range(0, Width.Bits + 2).Select(amount => Word.Wrap((ulong)amount, Width)))
        {
            Shift(Tried.Tnums, Tnum<Word>.ShiftLeft, Word.ShiftLeft, (set, word) => set.Contains(word).Value);
            Shift(Tried.Tnums, Tnum<Word>.ShiftRightLogical, Word.ShiftRightLogical, (set, word) => set.Contains(word).Value);
            Shift(Tried.Tnums, Tnum<Word>.ShiftRightArithmetic, Word.ShiftRightArithmetic, (set, word) => set.Contains(word).Value);
            Shift(Tried.Arcs, Arc<Word>.ShiftLeft, Word.ShiftLeft, (set, word) => set.Contains(word).Value);
            Shift(Tried.Arcs, Arc<Word>.ShiftRightLogical, Word.ShiftRightLogical, (set, word) => set.Contains(word).Value);
            Shift(Tried.Arcs, Arc<Word>.ShiftRightArithmetic, Word.ShiftRightArithmetic, (set, word) => set.Contains(word).Value);

            void Shift<TSet>(
                SmallSets<TSet> sets, Func<TSet, Word, TSet> shift, Func<Word, Word, Word> ofWords, Func<TSet, Word, bool> contains)
            {
                foreach (var (set, members) in sets.Sets.Zip(sets.Members))
                {
                    var result = shift(set, amount);
                    foreach (var word in SmallSets.Words(Width).Where(word => ((members >> (int)word.Value) & 1) != 0))
                    {
                        Assert.True(
                            contains(result, ofWords(word, amount)), $"{set} shifted by {amount} gives {result}, without that of {word}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Sets_of_other_widths_have_the_parts_and_extensions_of_all_members()
    {
        var wide = Width.Of(Width.Bits + 2);
        foreach (var set in Tried.Tnums.Sets)
        {
            foreach (var word in SmallSets.Words(Width).Where(word => set.Contains(word).Value))
            {
                Assert.True(set.ZeroExtend(wide).Contains(word.ZeroExtend(wide)).Value);
                Assert.True(set.SignExtend(wide).Contains(word.SignExtend(wide)).Value);
                Assert.True(set.Slice(1, Width.Of(2)).Contains(word.Slice(1, Width.Of(2))).Value);
            }
        }

        foreach (var set in Tried.Arcs.Sets)
        {
            foreach (var word in SmallSets.Words(Width).Where(word => set.Contains(word).Value))
            {
                Assert.True(set.ZeroExtend(wide).Contains(word.ZeroExtend(wide)).Value, $"zero-extended {set}");
                Assert.True(set.SignExtend(wide).Contains(word.SignExtend(wide)).Value, $"sign-extended {set}");
                Assert.True(set.Slice(0, Width.Of(2)).Contains(word.Slice(0, Width.Of(2))).Value, $"low bits of {set}");
                Assert.True(set.Slice(1, Width.Of(2)).Contains(word.Slice(1, Width.Of(2))).Value, $"bits of {set}");
            }
        }
    }

    // Each bit goes to a place of its own, so as much is known as before.
    [Fact]
    public void Reversed_bytes_are_known_as_well_as_bytes_are() => Law.Holds(
        seed: 24,
        500,
        dice => (
            Width: dice.Pick(Width.Bits16, Width.Bits32, Width.Bits64), Value: dice.Next(), Mask: dice.Next(), Free: dice.Next()),
        drawn =>
        {
            var (value, mask) = (Word.Wrap(drawn.Value & ~drawn.Mask, drawn.Width), Word.Wrap(drawn.Mask, drawn.Width));
            var member = value | (mask & Word.Wrap(drawn.Free, drawn.Width));
            var reversed = new ValueRange<Word>(new(value, mask), Arc<Word>.Full(drawn.Width)).ReverseBytes();
            Assert.True(reversed.Contains(member.ReverseBytes()).Value);
            Assert.Equal(mask.ReverseBytes(), reversed.Bits.Mask);
        });
}
