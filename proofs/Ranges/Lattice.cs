using RbpfSpec.Proving.Claims;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;
using Arc = RbpfSpec.Ranges.Domain.Arc<RbpfSpec.Symbolic.Words.TermWord>;
using Bits = RbpfSpec.Ranges.Domain.Tnum<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>The claims about inclusion, join and meet: they are those of the members, and the test for none is exact.</summary>
internal static class Lattice
{
    /// <summary>The claims at a width.</summary>
    public static IEnumerable<Claim> Of(Width width) => [.. OfBits(width), .. OfArcs(width), .. OfJoins(width)];

    private static IEnumerable<Claim> OfBits(Width width)
    {
        var inputs = new Inputs();
        var (left, right) = (inputs.Bits("a", width), inputs.Bits("b", width));
        var word = inputs.Member("x", left);
        yield return RangeClaim.Of<Func<Bits, Bits, Truth<TermWord>>>(
            $"lattice/included-bits@{width.Bits}",
            "A set by bits is said to be included in another exactly if each of its members is one of the other: if not, its least or its "
            + "greatest is none.",
            inputs,
            included => Implies(included(left, right), right.Contains(word))
                & (included(left, right) | !right.Contains(left.Least) | !right.Contains(left.Greatest)),
            (a, b) => a.IsIncludedIn(b),
            ("only the masks are compared", (a, b) => IsZero(a.Mask & Inverted(b.Mask))),
            ("the masks are compared the other way round", (a, b) =>
                IsZero(b.Mask & Inverted(a.Mask)) & TermWord.Same(a.Value & Inverted(b.Mask), b.Value)),
            ("the values must be the same", (a, b) => IsZero(a.Mask & Inverted(b.Mask)) & TermWord.Same(a.Value, b.Value)));
        yield return RangeClaim.Of<Func<Bits, Bits, Bits>>(
            $"lattice/join-bits@{width.Bits}",
            "The join of sets by bits has the members of both.",
            inputs,
            join => join(left, right).Contains(word) & join(right, left).Contains(word),
            Bits.Join,
            ("bits that the values differ in stay known", (a, b) => new(a.Value & Inverted(a.Mask | b.Mask), a.Mask | b.Mask)),
            ("unknown bits of the right are dropped", (a, b) => new(
                a.Value & Inverted((a.Value ^ b.Value) | a.Mask), (a.Value ^ b.Value) | a.Mask)));

        var both = new Inputs();
        var (one, other) = (both.Bits("a", width), both.Bits("b", width));
        var common = both.Word("x", width);
        yield return RangeClaim.Of<Func<Bits, Bits, MaybeEmpty<Bits, TermWord>>>(
            $"lattice/meet-bits@{width.Bits}",
            "The meet of sets by bits has exactly the members of both, and is said to be empty exactly if there is none.",
            both,
            meet =>
            {
                var met = meet(one, other);
                return Iff(one.Contains(common) & other.Contains(common), !met.IsEmpty & met.Set.Contains(common))
                    & (met.IsEmpty | (one.Contains(met.Set.Value) & other.Contains(met.Set.Value)));
            },
            Bits.Meet,
            ("known ones are added by exclusive or (linux-ebpf-semantics)", (a, b) => new(
                new((a.Value ^ b.Value) & Inverted(a.Mask & b.Mask), a.Mask & b.Mask), Bits.Meet(a, b).IsEmpty)),
            ("it is never empty (Linux)", (a, b) => Bits.Meet(a, b) with { IsEmpty = TermWord.TruthOf(false) }),
            ("it is empty if the masks are disjoint", (a, b) => Bits.Meet(a, b) with { IsEmpty = IsZero(a.Mask & b.Mask) }));
    }

    private static IEnumerable<Claim> OfArcs(Width width)
    {
        // As seen from the start of the other arc, which may be anywhere: all that is said is said of distances.
        var inputs = new Inputs();
        var right = new Arc(Zero(width), inputs.Word("b.span", width));
        var left = inputs.Arc("a", width);
        var word = inputs.Member("x", left);
        yield return RangeClaim.Of<Func<Arc, Arc, Truth<TermWord>>>(
            $"lattice/included-arc@{width.Bits}",
            "An arc is said to be included in another exactly if each of its words is one of the other: if not, its first, its last or "
            + "the one after the other's last is none.",
            inputs,
            included => Implies(included(left, right), right.Contains(word))
                & (included(left, right) | !right.Contains(left.Start) | !right.Contains(left.End)
                    | (left.Contains(right.End + One(width)) & !right.Contains(right.End + One(width)))),
            (a, b) => a.IsIncludedIn(b),
            ("both ends are words of the other", (a, b) => b.Contains(a.Start) & b.Contains(a.End)),
            ("the first is a word of the other, and it is no longer", (a, b) => b.Contains(a.Start) & AtMost(a.Span, b.Span)),
            ("the last is a word of the other, and it is no longer", (a, b) => b.Contains(a.End) & AtMost(a.Span, b.Span)));
        yield return RangeClaim.Of<Func<Arc, Arc, MaybeEmpty<Arc, TermWord>>>(
            $"lattice/within-arc@{width.Bits}",
            "The part of an arc that has all words of another has every word of both, and is not empty if there is one.",
            inputs,
            within => Implies(right.Contains(word), !within(left, right).IsEmpty & within(left, right).Set.Contains(word)),
            (a, b) => a.Within(b),
            ("it always begins with the other's first", (a, b) => Between(a, b, Zero(width), BitTricks.Smaller(a.End - b.Start, b.Span))),
            ("it is empty if its first is no word of the other", (a, b) => a.Within(b) with { IsEmpty = !b.Contains(a.Start) }));
        yield return RangeClaim.Of<Func<Arc, Arc, MaybeEmpty<Arc, TermWord>>>(
            $"lattice/within-arc-exact@{width.Bits}",
            "The part of an arc that has all words of another begins and ends with words of both, unless it is said to be empty.",
            inputs,
            within =>
            {
                var part = within(left, right);
                return part.IsEmpty | (left.Contains(part.Set.Start) & right.Contains(part.Set.Start)
                    & left.Contains(part.Set.End) & right.Contains(part.Set.End));
            },
            (a, b) => a.Within(b),
            ("it is never empty", (a, b) => a.Within(b) with { IsEmpty = TermWord.TruthOf(false) }),
            ("it is the whole other arc", (a, b) => a.Within(b) with { Set = b }),
            ("that it wraps around is not seen", (a, b) => Between(a, b, a.Start - b.Start, BitTricks.Smaller(a.End - b.Start, b.Span))),
            ("it ends one word later", (a, b) => a.Within(b) with
            {
                Set = new(a.Within(b).Set.Start, a.Within(b).Set.Span + One(width)),
            }));
        yield return RangeClaim.Of<Func<Arc, Arc, MaybeEmpty<Arc, TermWord>>>(
            $"lattice/meet-arc@{width.Bits}",
            "The meet of arcs has the words of both, and is not empty if there is one.",
            inputs,
            meet => Implies(right.Contains(word), !meet(left, right).IsEmpty & meet(left, right).Set.Contains(word)),
            Arc.Meet,
            ("it is the second arc where they meet at one end", (a, b) => Arc.Meet(a, b) with
            {
                Set = Arc.Choose(b.Contains(a.Start), new(a.Start, b.End - a.Start), Arc.Meet(a, b).Set),
            }),
            ("it is the second arc's part up to the first's end", (a, b) => Arc.Meet(a, b) with
            {
                Set = Arc.Choose(b.Contains(a.End), Arc.Between(b.Start, a.End), Arc.Meet(a, b).Set),
            }));
    }

    private static IEnumerable<Claim> OfJoins(Width width)
    {
        // As seen from the start of the arc that the word is on.
        var inputs = new Inputs();
        var left = new Arc(Zero(width), inputs.Word("a.span", width));
        var right = inputs.Arc("b", width);
        var word = inputs.UpTo("x", left.Span);
        (string, Func<Arc, Arc, Arc>)[] mistakes =
        [
            ("it goes from the second's start to the first's end", (a, b) => Arc.Between(b.Start, a.End)),
            ("it has the longer span", (a, b) => new(Arc.Join(a, b).Start, BitTricks.Greater(a.Span, b.Span))),
        ];
        yield return RangeClaim.Of<Func<Arc, Arc, Arc>>(
            $"lattice/join-first-arc@{width.Bits}",
            "The join of arcs has the words of the first.",
            inputs,
            join => join(left, right).Contains(word),
            Arc.Join,
            [.. mistakes]);
        yield return RangeClaim.Of<Func<Arc, Arc, Arc>>(
            $"lattice/join-second-arc@{width.Bits}",
            "The join of arcs has the words of the second.",
            inputs,
            join => join(right, left).Contains(word),
            Arc.Join,
            [
                .. mistakes,
                ("that it goes around is not seen", (a, b) => new(a.Start, BitTricks.Greater(a.Span, (b.Start - a.Start) + b.Span))),
            ]);
        yield return RangeClaim.Of<Func<MaybeEmpty<Arc, TermWord>, MaybeEmpty<Arc, TermWord>, MaybeEmpty<Arc, TermWord>>>(
            $"lattice/join-parts@{width.Bits}",
            "The join of arcs of which one may be empty has the words of both that are not, and is not empty if one is not.",
            inputs,
            join =>
            {
                var isEmpty = IsZero(TermWord.Variable("is-empty", Width.Bits1));
                var joined = join(new(left, !Always), new(right, isEmpty));
                return !joined.IsEmpty & joined.Set.Contains(word);
            },
            (a, b) => Arc.Join(a, b),
            ("what is empty is joined, and the other left out", (a, b) => new(
                Arc.Choose(a.IsEmpty, a.Set, Arc.Choose(b.IsEmpty, b.Set, Arc.Join(a.Set, b.Set))), a.IsEmpty & b.IsEmpty)),
            ("it is empty if one is", (a, b) => Arc.Join(a, b) with { IsEmpty = a.IsEmpty | b.IsEmpty }));
    }

    private static Truth<TermWord> Always => TermWord.TruthOf(true);

    private static MaybeEmpty<Arc, TermWord> Between(Arc arc, Arc other, TermWord least, TermWord greatest) =>
        arc.Within(other) with { Set = new(other.Start + least, greatest - least) };
}
