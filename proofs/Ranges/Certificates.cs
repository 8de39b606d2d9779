using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using static RbpfSpec.Proofs.Ranges.WordFacts;
using Values = RbpfSpec.Ranges.Domain.ValueRange<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>The claims about certificates: what their checker compares is enough for what it concludes.</summary>
/// <remarks>
/// By induction over the steps of a run: the state before the first instruction is among those that are claimed where it is, and from
/// a claimed state each step leads to a claimed one. Claims, steps and control flow are functions of which nothing is known but
/// what the checker has compared.
/// </remarks>
internal static class Certificates
{
    private static readonly Width Word = Width.Bits64;

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        Begins,
        Step,
        Rounds,
        Zeros,
        Sum,
        Rounded,
        .. new[] { Width.Bits64, Width.Bits32 }.Select(Included),
        .. new[] { Width.Bits8, Width.Bits16, Width.Bits32, Width.Bits64 }.Select(Access),
    ];

    // Which of two comparisons there are for the first state: where ways meet at the entry, and where they do not.
    private static Claim Begins
    {
        get
        {
            var inputs = new Inputs();
            var (entry, state) = (inputs.Word("entry", Word), inputs.Word("state", Word));
            var meets = Holds("meets", entry);
            return RangeClaim.Of<Func<Truth<TermWord>, Truth<TermWord>, Truth<TermWord>>>(
                "certificate/begins",
                "The state that a run begins with is among those that are said of its entry: it is compared with what is claimed if ways "
                + "meet there, and is what is said otherwise.",
                inputs,
                compared => Implies(
                    compared(meets, Said(entry, state)),
                    Said(entry, state)),
                (isMeeting, isSaid) => (isMeeting & isSaid) | (!isMeeting & isSaid),
                ("it is not compared where a loop begins at the entry", (isMeeting, isSaid) => isMeeting | isSaid),
                ("it is compared where a loop begins only", (isMeeting, isSaid) => !isMeeting | isSaid));
        }
    }

    // Of the edge at hand the checker knows that what comes of a state that is said is said, if it compares that edge.
    private static Claim Step
    {
        get
        {
            var inputs = new Inputs();
            var (from, state) = (inputs.Word("from", Word), inputs.Word("state", Word));
            var (to, next) = (Apply("to", from, state), Apply("next", from, state));
            return RangeClaim.Of<Func<TermWord, TermWord, Truth<TermWord>>>(
                "certificate/step",
                "From a state that is said of its place each step leads to one that is said of the place where it goes, however long the "
                + "program is: what comes of each edge is compared, those included that begin a loop anew.",
                inputs,
                isCompared => Implies(
                    Implies(isCompared(from, to) & Said(from, state), Said(to, next)),
                    Implies(Said(from, state), Said(to, next))),
                (_, _) => Truth<TermWord>.Of(true),
                ("edges that begin a loop anew are not compared", TermWord.LessUnsigned),
                ("an edge from a place to itself is not compared", (one, other) => !TermWord.Same(one, other)),
                ("what goes where nothing is claimed is passed over", (_, other) => Holds("claimed", other)));
        }
    }

    // What is claimed of the count must be so before the first round, and after one more from any count that is claimed.
    private static Claim Rounds
    {
        get
        {
            var inputs = new Inputs();
            var (begun, most) = (inputs.Word("begun", Word), inputs.Word("most", Word));
            var entered = inputs.Word("entered", Width.Bits8) & One(Width.Bits8);
            var isEntered = TermWord.Same(entered, One(Width.Bits8));

            // Before it, the count is right, and within its bound.
            inputs.Suppose(isEntered | AtMost(begun, most));
            inputs.Suppose(TermWord.LessUnsigned(begun, Ones(Word)));
            var really = TermWord.Choose(isEntered, Zero(Word), begun + One(Word));
            return RangeClaim.Of<Func<Truth<TermWord>, TermWord, TermWord>>(
                "certificate/rounds",
                "If the count that comes to the head of a loop is at most what is claimed, the loop has begun anew no more often since it "
                + "was entered.",
                inputs,
                count => Implies(AtMost(count(isEntered, begun), most), AtMost(really, most)),
                (enters, before) => TermWord.Choose(enters, Zero(Word), before + One(Word)),
                ("beginning anew counts nothing", (enters, before) => TermWord.Choose(enters, Zero(Word), before)),
                ("another loop's count is taken, which is always zero", (_, _) => Zero(Word)));
        }
    }

    private static Claim Zeros
    {
        get
        {
            var inputs = new Inputs();
            var (claimed, here, at) = (inputs.Word("claimed", Word), inputs.Word("here", Word), inputs.Word("at", Word));
            return RangeClaim.Of<Func<TermWord, TermWord, Truth<TermWord>>>(
                "certificate/zeros",
                "If the bytes of the stack that are claimed to be zero are found to be no others than those that are, each of them is.",
                inputs,
                isEnough => Implies(isEnough(claimed, here) & Bit(claimed), Bit(here)),
                (one, other) => IsZero(one & Inverted(other)),
                ("those that are zero must be claimed", (one, other) => IsZero(other & Inverted(one))),
                ("it is enough that they have one in common", (one, other) => !IsZero(one & other)));

            Truth<TermWord> Bit(TermWord bits) => !IsZero(TermWord.ShiftRightLogical(bits, at & Number(63)) & One(Word));
        }
    }

    private static Claim Included(Width width)
    {
        var inputs = new Inputs();
        var here = new Values(inputs.Bits("a", width), new(Zero(width), inputs.Word("a.span", width)));
        var claimed = new Values(inputs.Bits("b", width), inputs.Arc("b", width));
        var word = inputs.Word("x", width);
        inputs.Suppose(here.Contains(word));
        return RangeClaim.Of<Func<Values, Values, Truth<TermWord>>>(
            $"certificate/word@{width.Bits}",
            "If a word is found to be within what is claimed of it, each number that it may be is one that is claimed. (As seen from the "
            + "start of its arc.)",
            inputs,
            isIncluded => Implies(isIncluded(here, claimed), claimed.Contains(word)),
            (one, other) => one.IsIncludedIn(other),
            ("only the bits are compared", (one, other) => one.Bits.IsIncludedIn(other.Bits)),
            ("only the arcs are compared", (one, other) => one.Arc.IsIncludedIn(other.Arc)),
            ("the claim must be within the word", (one, other) => other.IsIncludedIn(one)));
    }

    // Whole numbers as words that are wide enough for all products.
    private static Claim Sum
    {
        get
        {
            var inputs = new Inputs();
            var sum = inputs.Word("sum", Width.Bits16).SignExtend(Word);
            var fact = inputs.Word("fact", Width.Bits16).SignExtend(Word);
            var least = inputs.Word("least", Width.Bits32).SignExtend(Word);
            var (times, factor) = (inputs.Word("times", Width.Bits8).ZeroExtend(Word), inputs.Word("factor", Width.Bits8));
            inputs.Suppose(!TermWord.LessSigned(fact, Zero(Word)));
            return RangeClaim.Of<Func<TermWord, TermWord>>(
                "certificate/sum",
                "A multiple of a sum is at least what is left of it at least when a fact, which is at least zero, is taken away.",
                inputs,
                taken => Implies(
                    !TermWord.LessSigned((times * sum) - (taken(factor) * fact), least),
                    !TermWord.LessSigned(times * sum, least)),
                by => by.ZeroExtend(Word),
                ("it may be taken away less than zero times", by => by.SignExtend(Word)),
                ("it is added", by => Zero(Word) - by.ZeroExtend(Word)));
        }
    }

    private static Claim Rounded
    {
        get
        {
            var inputs = new Inputs();
            var half = Width.Bits16;

            // The constant as a multiple of the divisor, and the rest, which is below it.
            var divisor = inputs.Word("divisor", Width.Bits4).ZeroExtend(half);
            var rest = inputs.Word("rest", Width.Bits4).ZeroExtend(half);
            var quotient = inputs.Word("quotient", Width.Bits8).SignExtend(half);
            var values = inputs.Word("values", Width.Bits8).SignExtend(half);
            inputs.Suppose(TermWord.LessUnsigned(rest, divisor));
            return RangeClaim.Of<Func<TermWord, TermWord, TermWord>>(
                "certificate/rounded",
                "If a multiple of a sum of values, and a constant, are at least zero, so are that sum and the constant divided, rounded "
                + "down. (Of divisors of 4 bits.)",
                inputs,
                divided => Implies(
                    !TermWord.LessSigned((divisor * (values + quotient)) + rest, Zero(half)),
                    !TermWord.LessSigned(values + divided(quotient, rest), Zero(half))),
                (whole, _) => whole,
                ("it is rounded down once more", (whole, _) => whole - One(half)),
                ("it is rounded towards zero, and below it once more", (whole, left) => TermWord.Choose(
                    TermWord.LessSigned(whole, Zero(half)) & IsZero(left), whole - One(half), whole)));
        }
    }

    // The check that code with facts leaves out, and the guard of the rule that the checker proves never to hold.
    private static Claim Access(Width width)
    {
        var inputs = new Inputs();
        var (address, start, length) = (inputs.Word("address", Word), inputs.Word("start", Word), inputs.Word("length", Word));
        var bytes = Number((ulong)width.Bytes);
        var any = Truth<TermWord>.Of(true);
        var region = new Region<TermWord>("region", start, length, any, any, Symbolic.Machine.ArrayBytes.Variable("bytes"));
        (string, Func<TermWord, TermWord, Truth<TermWord>>)[] wider =
        [
            ("only the first byte is looked at", TermWord.LessUnsigned),
            ("a region shorter than the access has a reach", (distance, size) =>
                TermWord.LessUnsigned(distance, size - bytes + One(Word))),
        ];
        return RangeClaim.Of<Func<TermWord, TermWord, Truth<TermWord>>>(
            $"certificate/access@{width.Bits}",
            "An access is granted by a region exactly if the comparison that compiled code makes of it succeeds: where no run raises the "
            + "trap, the comparison can be left out.",
            inputs,
            compared => Iff(region.Grants(address, bytes, RbpfSpec.Words.Access.Read), compared(address - start, length)),
            (distance, size) => TermWord.LessUnsigned(distance, Reach(size)),
            [
                ("the last place is not reached", (distance, size) => TermWord.LessUnsigned(distance + One(Word), Reach(size))),
                ("the place behind the last is reached", (distance, size) => !TermWord.LessUnsigned(Reach(size), distance)),
                .. width == Width.Bits8 ? [] : wider,
            ]);

        TermWord Reach(TermWord size) => TermWord.Choose(
            TermWord.LessUnsigned(size, bytes), Zero(Word), size - bytes + One(Word));
    }

    private static Truth<TermWord> Said(TermWord place, TermWord state) => Holds("said", place, state);

    private static TermWord Apply(string name, TermWord place, TermWord state) =>
        new(Make.Apply(name, Sort.Of(64), place.Term, state.Term));

    private static Truth<TermWord> Holds(string name, params TermWord[] words) =>
        TermTruths.Of(Make.Apply(name, Sort.Of(1), [.. words.Select(static word => word.Term)]).EqualTo(1));

    private static TermWord Number(ulong number) => TermWord.Constant(number, Word);
}
