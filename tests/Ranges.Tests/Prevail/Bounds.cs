using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Ranges.Tests.Prevail;

/// <summary>The facts that a state of ours says.</summary>
/// <param name="state">The state.</param>
/// <param name="top">The offset of the end of the frame.</param>
/// <param name="visits">How often a line of the code is come to at most.</param>
internal sealed class Bounds(AbstractState state, int top, Func<int, Int128> visits)
{
    private static readonly ulong End = AddressSpace.Stack + CaseText.FrameBytes;

    /// <summary>Whether it says a fact; of how often a line is come to, whether it says that it is no more often.</summary>
    public bool Says(Fact fact)
    {
        switch (fact)
        {
            case Fact.Never:
                return false;
            case Fact.Within(var term, var least, var greatest):
                var (lowest, highest) = Of(term);
                return (least <= lowest || term.Kind is TermKind.Visits || least == -Fact.Endless)
                    && (highest <= greatest || greatest == Fact.Endless);
            case Fact.Equal({ Kind: TermKind.Visits } rounds, var other, var plus):
                return Of(rounds).Highest <= Of(other).Highest + plus;
            case Fact.Equal(var other, { Kind: TermKind.Visits } rounds, var plus):
                return Of(rounds).Highest + plus <= Of(other).Highest;
            case Fact.Equal(var left, var right, var plus):
                return AreEqual(left, right, plus);
            case Fact.AtMost(var left, var right, var most):
                return Of(left).Highest - Of(right).Lowest <= most
                    || (FormOf(left) is { } less && FormOf(right) is { } more
                        && state.Relations.Holds(more.Minus(less)?.Plus(most)));
            default:
                return true;
        }
    }

    /// <summary>The bounds of a number.</summary>
    public (Int128 Lowest, Int128 Highest) Of(Term term)
    {
        if (term.Kind is TermKind.Visits) return (1, visits(term.Index));
        var word = WordOf(term);
        if (term.Kind is TermKind.Offset)
        {
            var offsets = word.Values - ValueRange<Word>.Constant(Word.Of(End));
            return (offsets.LeastSigned.Signed + top, offsets.GreatestSigned.Signed + top);
        }

        Int128 least = word.Values.Least.Value;
        Int128 greatest = word.Values.Greatest.Value;
        if (state.Relations.FormOf(word) is { IsConstant: false } form)
        {
            least = Int128.Max(least, state.Relations.LeastOf(form, greatest));
            greatest = Int128.Min(greatest, state.Relations.GreatestOf(form, least));
        }

        return !term.IsSigned || greatest <= long.MaxValue
            ? (least, greatest)
            : (word.Values.LeastSigned.Signed, word.Values.GreatestSigned.Signed);
    }

    private RangeWord WordOf(Term term) => term.IsCell
        ? state.Frames[0].Cells.Read(term.Index - top + CaseText.FrameBytes, Width.Of(8 * term.Bytes))?.ZeroExtend(Width.Bits64)
            ?? RangeWord.Any(Width.Of(8 * term.Bytes)).ZeroExtend(Width.Bits64)
        : state.Registers[term.Index];

    // The whole number; of what is read with its sign and surely negative, that less the number of all words.
    private LinearForm? FormOf(Term term) => term.Kind is TermKind.Visits || state.Relations.FormOf(WordOf(term)) is not { } form ? null
        : term.Kind is TermKind.Offset ? form.Plus(top - (Int128)End)
        : !term.IsSigned || Of(term).Lowest >= 0 ? form
        : Of(term).Highest < 0 ? form.Plus(-((Int128)ulong.MaxValue + 1))
        : null;

    private bool AreEqual(Term left, Term right, Int128 plus)
    {
        var ((lowest, highest), (least, greatest)) = (Of(left), Of(right));
        if (lowest == highest && least == greatest) return lowest == least + plus;
        if (plus != 0 || left.Kind is TermKind.Offset || right.Kind is TermKind.Offset) return false;

        // Read in two ways it is the same only if it is not negative.
        if (left.IsSigned != right.IsSigned)
        {
            if (lowest < 0 || highest > long.MaxValue || least < 0 || greatest > long.MaxValue) return false;
            if (left.Index == right.Index && !left.IsCell && !right.IsCell) return true;
        }

        return state.Decide(RangeWord.Same(WordOf(left), WordOf(right))) is true;
    }
}
