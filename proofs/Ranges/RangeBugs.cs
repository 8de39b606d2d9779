using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Words;
using Arc = RbpfSpec.Ranges.Domain.Arc<RbpfSpec.Symbolic.Words.TermWord>;
using Bits = RbpfSpec.Ranges.Domain.Tnum<RbpfSpec.Symbolic.Words.TermWord>;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>Bugs that made range analyses unsound: what holds of the sets here is refuted once one is put in.</summary>
/// <remarks>
/// Each claim is about a short program, of which r1 and r2 are arbitrary members of arbitrary sets; the analysis with the bug is its only
/// mutant. A counterexample is run on the machine, which must end with what the analysis excludes.
/// </remarks>
internal static partial class RangeBugs
{
    private const string Linux = "Linux' verifier";
    private const string Prevail = "PREVAIL";
    private const string End = "exit";

    private static readonly Width Register = Width.Bits64;
    private static readonly Width Half = Width.Bits32;

    /// <summary>The bugs with their claims.</summary>
    public static Sequence<(RangeBug Bug, Claim Claim)> All { get; } = [.. OfNumbers, .. OfConditions, .. OfMemory];

    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims => All.Select(one => one.Claim);

    /// <summary>The bugs found when claims were tried, each with its program.</summary>
    /// <returns>Null if a claim about one was not among them, or was known from before and so not tried.</returns>
    public static IReadOnlyList<KnownBug>? FoundIn(IEnumerable<Result> results)
    {
        var tried = results.Where(result => !result.WasKnown).ToDictionary(result => result.Claim.Id);
        List<KnownBug> found = [];
        foreach (var (bug, claim) in All)
        {
            if (!tried.TryGetValue(claim.Id, out var result)) return null;
            if (result.Mutants is [{ Verdict: Verdict.Refuted(var lines) }])
            {
                found.Add(new(
                    bug.Number, bug.Analysis, bug.Source, bug.Summary, [.. lines.SkipLast(2)],
                    string.Join(' ', lines.TakeLast(2).Select(line => $"{line}."))));
            }
        }

        return found;
    }

    private static (RangeBug Bug, Claim Claim) OfArcs(
        RangeBug bug,
        Func<TermWord, TermWord, TermWord> result,
        Func<Arc, Arc, SaidSet> right,
        Func<Arc, Arc, SaidSet> wrong,
        Func<TermWord, TermWord, Truth<TermWord>>? when = null) => (bug, bug.ToClaim(
            () =>
            {
                var inputs = new Inputs();
                var (left, other) = (inputs.Arc("r1", Register), inputs.Arc("r2", Register));
                return new BugInputs<Arc>(inputs, left, other, inputs.Member("x", left), inputs.Member("y", other));
            },
            set => set,
            result,
            when,
            right,
            wrong));

    private static (RangeBug Bug, Claim Claim) OfBits(
        RangeBug bug,
        Func<TermWord, TermWord, TermWord> result,
        Func<Bits, Bits, SaidSet> right,
        Func<Bits, Bits, SaidSet> wrong,
        Func<TermWord, TermWord, Truth<TermWord>>? when = null) => (bug, bug.ToClaim(
            () =>
            {
                var inputs = new Inputs();
                var (left, other) = (inputs.Bits("r1", Register), inputs.Bits("r2", Register));
                return new BugInputs<Bits>(inputs, left, other, inputs.Member("x", left), inputs.Member("y", other));
            },
            set => set,
            result,
            when,
            right,
            wrong));

    private static TermWord Number(ulong value) => TermWord.Constant(value, Register);

    private static TermWord Number(long value) => TermWord.Constant((ulong)value, Register);

    private static TermWord Low(TermWord word) => word.Low(Half).ZeroExtend(Register);

    private static Arc Low(Arc arc) => arc.Slice(0, Half).ZeroExtend(Register);

    private static Arc Of(long from, long to) => Arc.Between(Number(from), Number(to));

    private static Arc Only(TermWord word) => Arc.Constant(word);

    private static SaidSet Signed(TermWord least, TermWord greatest) => new(
        word => !TermWord.LessSigned(word, least) & !TermWord.LessSigned(greatest, word),
        assignment => $"signed from {RangeBug.Hex(least, assignment)} to {RangeBug.Hex(greatest, assignment)}");

    private static SaidSet Nothing { get; } = new(_ => TermWord.TruthOf(false), _ => "that there is no such run");

    // A branch whose one side ends with r0: the other one is not asked about.
    private static Sequence<string> Where(string jump, params Sequence<string> then) =>
        [$"{jump}, +2", "mov %r0, 0", End, .. then, End];

    private static Sequence<string> Unless(string jump, params Sequence<string> then) =>
        [$"{jump}, +{then.Count + 1}", .. then, End, "mov %r0, 0", End];
}
