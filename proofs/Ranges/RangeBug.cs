using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>A set of words, as what a range analysis says of a register.</summary>
/// <param name="Contains">Whether a word is a member.</param>
/// <param name="Text">The set, for people.</param>
internal sealed record SaidSet(Func<TermWord, Truth<TermWord>> Contains, Func<Assignment, string> Text)
{
    /// <summary>The set of an arc.</summary>
    public static implicit operator SaidSet(Arc<TermWord> arc) => new(
        arc.Contains,
        assignment => assignment.Evaluate(arc.IsFull.Term) == UInt128.One
            ? "nothing"
            : $"from {RangeBug.Hex(arc.Start, assignment)} to {RangeBug.Hex(arc.End, assignment)}");

    /// <summary>The set of known bits.</summary>
    public static implicit operator SaidSet(Tnum<TermWord> bits) => new(
        bits.Contains, assignment => $"ones {RangeBug.Hex(bits.Value, assignment)}, unknown bits {RangeBug.Hex(bits.Mask, assignment)}");

    /// <summary>All words.</summary>
    public static SaidSet Any { get; } = Arc<TermWord>.Full(Width.Bits64);

    /// <summary>One of two.</summary>
    public static SaidSet Choose(Truth<TermWord> condition, SaidSet then, SaidSet otherwise) => new(
        word => (condition & then.Contains(word)) | (!condition & otherwise.Contains(word)),
        assignment => (assignment.Evaluate(condition.Term) == UInt128.One ? then : otherwise).Text(assignment));
}

/// <summary>The subject of a claim about a bug: sets of r1 and r2, and a member of each.</summary>
/// <param name="Inputs">The variables.</param>
/// <param name="Left">The set of r1.</param>
/// <param name="Right">The set of r2.</param>
/// <param name="X">A member of the set of r1.</param>
/// <param name="Y">A member of the set of r2.</param>
/// <typeparam name="TSet">Arcs, or sets by bits.</typeparam>
internal sealed record BugInputs<TSet>(Inputs Inputs, TSet Left, TSet Right, TermWord X, TermWord Y);

/// <summary>A bug of an analysis that others built: unsound, as a program shows of which it says what is false.</summary>
/// <param name="Number">Its number here, as in <c>K5</c>.</param>
/// <param name="Analysis">The analysis that had it.</param>
/// <param name="Source">Where it is described.</param>
/// <param name="Summary">What was wrong, one sentence.</param>
/// <param name="Program">What follows the loads of r1 and r2: a program that ends with r0.</param>
internal sealed record RangeBug(string Number, string Analysis, string Source, string Summary, Sequence<string> Program)
{
    /// <summary>The machine variant: a division by zero traps in one, and yields a value in the other.</summary>
    public Profile Profile { get; init; } = Profile.Rbpf;

    /// <summary>The claim, with the bug as its mutant.</summary>
    public Claim ToClaim<TSet>(
        Func<BugInputs<TSet>> make,
        Func<TSet, SaidSet> known,
        Func<TermWord, TermWord, TermWord> result,
        Func<TermWord, TermWord, Truth<TermWord>>? when,
        Func<TSet, TSet, SaidSet> right,
        Func<TSet, TSet, SaidSet> wrong)
    {
        var inputs = make();
        if (when is not null) inputs.Inputs.Suppose(when(inputs.X, inputs.Y));
        return new()
        {
            Id = $"range/bug/{Number}",
            Sentence = $"What the analysis says of r0 is true of every run. With the bug {Number} of {Analysis} put in, this is refuted: "
                + Summary,
            Source = Clause.Spec("ranges"),
            State = () => About(right),
            Mutants = [new(Summary, () => About(wrong))],
        };

        Proposition About(Func<TSet, TSet, SaidSet> analysis)
        {
            var said = analysis(inputs.Left, inputs.Right);
            var conclusion = said.Contains(result(inputs.X, inputs.Y)).Term;
            return new(inputs.Inputs.Hypotheses, conclusion, assignment => Show(said, conclusion, assignment))
            {
                Suggested = inputs.Inputs.Suggested,
            };
        }

        Replay Show(SaidSet said, Term conclusion, Assignment assignment)
        {
            var (x, y) = (Value(inputs.X), Value(inputs.Y));
            var text = $"lddw %r1, {Hex(x)}\nlddw %r2, {Hex(y)}\n{string.Join('\n', Program)}\n";
            if (Assembler.Parse(text) is not Assembled.Success { Program: var program })
                throw new InvalidOperationException($"the program of {Number} is none");
            var outcome = new ReferenceMachine(program, Profile).Run(new Start(Profile).State());
            if (outcome is not Outcome<Word>.Exited { Result: var r0 }) return new Replay.NotShown($"the machine ends with {outcome}");
            if (r0.Value != Value(result(inputs.X, inputs.Y))) return new Replay.NotShown($"the machine ends with r0 = {r0}");
            return assignment.Evaluate(conclusion) == UInt128.One
                ? new Replay.NotShown("what the analysis says is true of it")
                : new Replay.Shown(
                [
                    .. ProgramText.Lines(program).Select(line => line.TrimStart()),
                    $"The analysis knows of r1 {known(inputs.Left).Text(assignment)}; of r2 {known(inputs.Right).Text(assignment)}; "
                    + $"and with the bug, of r0 {said.Text(assignment)}",
                    $"The machine ends with r0 = {r0}",
                ]);

            ulong Value(TermWord word) => (ulong)assignment.Evaluate(word.Term);
        }
    }

    /// <summary>A word for people.</summary>
    public static string Hex(TermWord word, Assignment assignment) => Hex((ulong)assignment.Evaluate(word.Term));

    /// <summary>A number for people and for the assembler.</summary>
    public static string Hex(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");
}
