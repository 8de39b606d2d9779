using System.Globalization;
using System.Numerics;
using RbpfSpec.Ranges.Domain;

namespace RbpfSpec.Ranges.Measures;

/// <summary>How often an operation gives the least set that has all results, of all sets of a small width.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Sets">Which sets.</param>
/// <param name="Best">How many pairs of sets get the least set.</param>
/// <param name="Pairs">How many pairs of sets there are.</param>
/// <param name="Unsound">How many get a set that some result is no member of.</param>
/// <param name="Known">The share, in percent, that is known to be reached elsewhere or at most; null if none is known.</param>
/// <param name="Least">The share, in percent, that is required; null if none is.</param>
public sealed record Optimality(string Operation, string Sets, long Best, long Pairs, long Unsound, double? Known, double? Least)
{
    /// <summary>The share of pairs with the least set, in percent.</summary>
    public double Share => 100.0 * Best / Pairs;

    /// <summary>As in <c>mul   bits   96.53 %   best known 96.5 %   at least 96 %</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Operation,-6} {Sets,-9} {Share,7:f2} %{Percent("best known", Known)}{Percent("required", Least)}")
        + (Unsound == 0 ? "" : "  UNSOUND");

    private static string Percent(string what, double? share) =>
        share is { } known ? string.Create(CultureInfo.InvariantCulture, $"   {what} {known:0.##} %") : "";

    /// <summary>All operations on all sets of a width; at most 6 bits.</summary>
    public static IEnumerable<Optimality> Of(Width width)
    {
        var (tnums, arcs, intervals) = (SmallSets.Tnums(width), SmallSets.Arcs(width), SmallSets.Intervals(width));
        yield return OfTnums("add", Tnum<Word>.Add, (x, y) => x + y, 100, 100);
        yield return OfTnums("sub", Tnum<Word>.Subtract, (x, y) => x - y, 100, 100);
        yield return OfTnums("and", Tnum<Word>.And, (x, y) => x & y, 100, 100);
        yield return OfTnums("or", Tnum<Word>.Or, (x, y) => x | y, 100, 100);
        yield return OfTnums("xor", Tnum<Word>.Xor, (x, y) => x ^ y, 100, 100);
        yield return OfTnums("neg", (a, _) => Tnum<Word>.Negate(a), (x, _) => Zero(x) - x, 100, 100);
        yield return OfTnums("mul", Tnum<Word>.Multiply, (x, y) => x * y, 96.5, 96);
        yield return OfTnums("udiv", Tnum<Word>.DivideUnsigned, Word.DivideUnsigned, 81, null);
        yield return OfTnums("urem", Tnum<Word>.RemainderUnsigned, Word.RemainderUnsigned, 43, null);
        yield return OfArcs("add", Arc<Word>.Add, (x, y) => x + y, 100, 100);
        yield return OfArcs("sub", Arc<Word>.Subtract, (x, y) => x - y, 100, 100);
        yield return OfArcs("neg", (a, _) => Arc<Word>.Negate(a), (x, _) => Zero(x) - x, 100, 100);
        yield return OfArcs("mul", Arc<Word>.Multiply, (x, y) => x * y, null, null);
        yield return OfIntervals("and", Arc<Word>.And, (x, y) => x & y, 100, 100);
        yield return OfIntervals("or", Arc<Word>.Or, (x, y) => x | y, 100, 100);
        yield return OfIntervals("xor", Arc<Word>.Xor, (x, y) => x ^ y, 100, 100);
        yield return OfIntervals("udiv", Arc<Word>.DivideUnsigned, Word.DivideUnsigned, 100, 100, (_, divisor) => (divisor & 1) == 0);
        yield return OfIntervals("urem", Arc<Word>.RemainderUnsigned, Word.RemainderUnsigned, 90, 90, (_, divisor) => (divisor & 1) == 0);
        yield return OfArcs("sdiv", Arc<Word>.DivideSigned, Word.DivideSigned, null, null, (_, divisor) => (divisor & 1) == 0);
        yield return OfArcs("srem", Arc<Word>.RemainderSigned, Word.RemainderSigned, null, null, (_, divisor) => (divisor & 1) == 0);
        foreach (var (name, bits, arc, word) in Shifts())
        {
            yield return Shifted(name, tnums, bits, word, set => Size(set), members => SmallSets.LeastTnum(width, members), "bits");
            yield return Shifted(name, arcs, arc, word, set => Size(set), members => SmallSets.ShortestArc(width, members), "arcs");
        }

        foreach (var to in (Width[])[Width.Of(width.Bits - 2), Width.Of(width.Bits + 1)])
        {
            var (isWider, name) = (to > width, to > width ? "zext" : "low");
            yield return Resized(
                name, word => isWider ? word.ZeroExtend(to) : word.Low(to), set => isWider ? set.ZeroExtend(to) : set.Slice(0, to));
            if (isWider) yield return Resized("sext", word => word.SignExtend(to), set => set.SignExtend(to));

            Optimality Resized(string what, Func<Word, Word> ofWord, Func<Arc<Word>, Arc<Word>> ofSet)
            {
                var (best, unsound) = (0L, 0L);
                for (var i = 0; i < arcs.Sets.Count; i++)
                {
                    var image = SmallSets.Words(width).Where(word => IsIn(arcs.Members[i], word))
                        .Aggregate(default(UInt128), (all, word) => all | (UInt128.One << (int)ofWord(word).Value));
                    var result = ofSet(arcs.Sets[i]);
                    if ((ulong)Size(result) == Shortest(to, image)) best++;
                    if (SmallSets.Words(to).Any(word => ((image >> (int)word.Value) & UInt128.One) != 0 && !result.Contains(word).Value))
                        unsound++;
                }

                return new(what, "arcs", best, arcs.Sets.Count, unsound, 100, 100);
            }
        }

        Optimality OfTnums(
            string name, Func<Tnum<Word>, Tnum<Word>, Tnum<Word>> ofSets, Func<Word, Word, Word> ofWords, double? known, double? least) =>
            Measured(
                name, "bits", tnums, ofSets, ofWords, Size, Members, members => SmallSets.LeastTnum(width, members), known, least, null);

        Optimality OfArcs(
            string name, Func<Arc<Word>, Arc<Word>, Arc<Word>> ofSets, Func<Word, Word, Word> ofWords, double? known, double? least,
            Func<ulong, ulong, bool>? when = null) =>
            Measured(
                name, "arcs", arcs, ofSets, ofWords, Size, Members, members => SmallSets.ShortestArc(width, members), known, least, when);

        Optimality OfIntervals(
            string name, Func<Arc<Word>, Arc<Word>, Arc<Word>> ofSets, Func<Word, Word, Word> ofWords, double? known, double? least,
            Func<ulong, ulong, bool>? when = null) =>
            Measured(name, "intervals", intervals, ofSets, ofWords, Size, Members, SmallSets.LeastInterval, known, least, when);

        ulong Shortest(Width to, UInt128 members)
        {
            // Wider than a number has places, the members are those of an arc; so the shortest is found by the largest gap, too.
            ulong[] words = [
                .. SmallSets.Words(to).Select(word => word.Value).Where(value => ((members >> (int)value) & UInt128.One) != 0)];
            var gap = words.Select((word, i) =>
                i + 1 == words.Length ? words[0] + (1UL << to.Bits) - word - 1 : words[i + 1] - word - 1).Max();
            return (1UL << to.Bits) - gap;
        }

        ulong Members<TSet>(TSet set) => set switch
        {
            Tnum<Word> tnum => SmallSets.MembersOf(width, word => tnum.Contains(word).Value),
            Arc<Word> arc => SmallSets.MembersOf(width, word => arc.Contains(word).Value),
            _ => throw new ArgumentException($"{set} is no set", nameof(set)),
        };
    }

    private static Optimality Measured<TSet>(
        string name,
        string kind,
        SmallSets<TSet> sets,
        Func<TSet, TSet, TSet> ofSets,
        Func<Word, Word, Word> ofWords,
        Func<TSet, int> size,
        Func<TSet, ulong> members,
        Func<ulong, int> leastSize,
        double? known,
        double? least,
        Func<ulong, ulong, bool>? when)
    {
        Word[] words = [.. SmallSets.Words(sets.Width)];
        ulong[] table = [.. from x in words from y in words select 1UL << (int)ofWords(x, y).Value];
        var (best, pairs, unsound) = (0L, 0L, 0L);
        Parallel.For(0, sets.Sets.Count, i =>
        {
            // What each word of the right gives with the members of the left.
            var columns = new ulong[words.Length];
            for (var y = 0; y < words.Length; y++)
            {
                for (var x = 0; x < words.Length; x++)
                {
                    if (IsIn(sets.Members[i], words[x])) columns[y] |= table[(x * words.Length) + y];
                }
            }

            var (here, counted, wrong) = (0L, 0L, 0L);
            for (var j = 0; j < sets.Sets.Count; j++)
            {
                if (when is not null && !when(sets.Members[i], sets.Members[j])) continue;
                ulong image = 0;
                for (var rest = sets.Members[j]; rest != 0; rest &= rest - 1) image |= columns[BitOperations.TrailingZeroCount(rest)];
                var result = ofSets(sets.Sets[i], sets.Sets[j]);
                counted++;
                if (size(result) == leastSize(image)) here++;
                if ((image & ~members(result)) != 0) wrong++;
            }

            Interlocked.Add(ref best, here);
            Interlocked.Add(ref pairs, counted);
            Interlocked.Add(ref unsound, wrong);
        });
        return new(name, kind, best, pairs, unsound, known, least);
    }

    private static Optimality Shifted<TSet>(
        string name,
        SmallSets<TSet> sets,
        Func<TSet, Word, TSet> ofSet,
        Func<Word, Word, Word> ofWords,
        Func<TSet, int> size,
        Func<ulong, int> leastSize,
        string kind)
    {
        var (best, pairs) = (0L, 0L);
        for (var amount = 0; amount < sets.Width.Bits; amount++)
        {
            var by = Word.Wrap((ulong)amount, sets.Width);
            for (var i = 0; i < sets.Sets.Count; i++)
            {
                ulong image = 0;
                for (var rest = sets.Members[i]; rest != 0; rest &= rest - 1)
                    image |= 1UL << (int)ofWords(Word.Wrap((ulong)BitOperations.TrailingZeroCount(rest), sets.Width), by).Value;
                pairs++;
                if (size(ofSet(sets.Sets[i], by)) == leastSize(image)) best++;
            }
        }

        return new(name, kind, best, pairs, 0, 100, 100);
    }

    private static IEnumerable<(
        string Name,
        Func<Tnum<Word>, Word, Tnum<Word>> Bits,
        Func<Arc<Word>, Word, Arc<Word>> Arc,
        Func<Word, Word, Word> Word)> Shifts() =>
    [
        ("shl", Tnum<Word>.ShiftLeft, Arc<Word>.ShiftLeft, Word.ShiftLeft),
        ("lshr", Tnum<Word>.ShiftRightLogical, Arc<Word>.ShiftRightLogical, Word.ShiftRightLogical),
        ("ashr", Tnum<Word>.ShiftRightArithmetic, Arc<Word>.ShiftRightArithmetic, Word.ShiftRightArithmetic),
    ];

    private static int Size(Tnum<Word> set) => 1 << BitOperations.PopCount(set.Mask.Value);

    private static int Size(Arc<Word> set) => (int)set.Span.Value + 1;

    private static bool IsIn(ulong members, Word word) => ((members >> (int)word.Value) & 1) != 0;

    private static Word Zero(Word word) => Word.Constant(0, word.Width);
}
