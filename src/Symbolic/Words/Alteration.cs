using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Words;

/// <summary>One word operation of a rule replaced by another: a mutant made while the rule runs, its text untouched.</summary>
/// <remarks>
/// The operations that a rule asks of its words are counted; at one of them the alteration answers differently. So
/// every operator, width, extension, sign, constant and order of operands in a rule has its mutants, and none is
/// written by hand.
/// </remarks>
/// <param name="Site">Which operation, counted from 0 as the rule runs.</param>
/// <param name="Change">What it becomes, as in <c>bvadd -> bvsub</c>.</param>
public sealed record Alteration(int Site, string Change)
{
    [ThreadStatic]
    private static Run? current;

    /// <summary>The result of some code with this one operation replaced.</summary>
    /// <exception cref="InvalidOperationException">The code asks for no such operation, or an alteration is at work already.</exception>
    public TResult In<TResult>(Func<TResult> code)
    {
        var run = new Run(this);
        var result = run.Around(code);
        return run.HasChanged ? result : throw new InvalidOperationException($"there is no operation {this}");
    }

    /// <summary>Every alteration of some code.</summary>
    public static IReadOnlyList<Alteration> Of<TResult>(Func<TResult> code)
    {
        var run = new Run(null);
        run.Around(code);
        return run.Found;
    }

    /// <summary>The change, with its place.</summary>
    public override string ToString() => $"operation {Site}: {Change}";

    internal static Term Constant(ulong value, int width) => current is null
        ? Make.Constant(value, width)
        : current.Next(
            Make.Constant(value, width), Changes.OfConstant, _ => Make.Constant(unchecked(value + 1), width));

    internal static Term Apply(Operator @operator, ReadOnlySpan<Term> operands, int width = 0, int lowest = 0)
    {
        var term = Plain(@operator, operands, width, lowest);
        if (current is null) return term;
        var copy = operands.ToArray();
        return current.Next(
            term,
            Changes.Of(@operator, isPart: @operator is Operator.Extract && width >= 8 && width < copy[0].Width),
            change => Changed(change, @operator, copy, width, lowest));
    }

    internal static Term ReverseBytes(Term word)
    {
        var bytes = Enumerable.Range(0, word.Width / 8).Select(index => Make.Extract(word, index * 8, 8));
        var reversed = bytes.Aggregate(Make.Concatenate);
        return current is null ? reversed : current.Next(reversed, Changes.OfReversal, _ => word);
    }

    private static Term Plain(Operator @operator, ReadOnlySpan<Term> operands, int width, int lowest) => @operator switch
    {
        Operator.Not => Make.Not(operands[0]),
        Operator.Choose => Make.Choose(operands[0], operands[1], operands[2]),
        Operator.Extract => Make.Extract(operands[0], lowest, width),
        Operator.ZeroExtend => Make.ZeroExtend(operands[0], width),
        Operator.SignExtend => Make.SignExtend(operands[0], width),
        _ => Make.Binary(@operator, operands[0], operands[1]),
    };

    private static Term Changed(Change change, Operator @operator, Term[] operands, int width, int lowest) => change.Kind switch
    {
        ChangeKind.Replaced => Plain(change.Other, operands, width, lowest),
        ChangeKind.Swapped => Make.Binary(@operator, operands[1], operands[0]),
        ChangeKind.OrEqual => Make.Not(Make.Binary(@operator, operands[1], operands[0])),
        ChangeKind.Negated => @operator is Operator.Not ? operands[0] : Make.Differ(operands[0], operands[1]),
        ChangeKind.LeftOperand => operands[0],
        ChangeKind.RightOperand => operands[1],
        ChangeKind.SwappedBranches => Make.Choose(operands[0], operands[2], operands[1]),
        ChangeKind.HalfAsManyBits => Make.ZeroExtend(Make.Extract(operands[0], lowest, width / 2), width),
        ChangeKind.OneMore or ChangeKind.BytesInOrder => throw new ArgumentOutOfRangeException(nameof(change), change, "it is of no operator"),
    };

    private sealed class Run(Alteration? wanted)
    {
        private int site;

        public List<Alteration> Found { get; } = [];

        public bool HasChanged { get; private set; }

        public TResult Around<TResult>(Func<TResult> code)
        {
            if (current is not null) throw new InvalidOperationException("an alteration is at work already");
            current = this;
            try
            {
                return code();
            }
            finally
            {
                current = null;
            }
        }

        public Term Next(Term term, Sequence<Change> changes, Func<Change, Term> changed)
        {
            var here = site++;
            if (wanted is null)
            {
                // What yields the same term is no mutant.
                Found.AddRange(changes
                    .Where(change => !ReferenceEquals(changed(change), term))
                    .Select(change => new Alteration(here, change.Name)));
                return term;
            }

            if (wanted.Site != here || changes.FirstOrDefault(change => change.Name == wanted.Change) is not { } chosen) return term;
            HasChanged = true;
            return changed(chosen);
        }
    }
}
