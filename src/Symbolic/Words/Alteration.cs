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

    /// <summary>What some code yields with this one operation replaced.</summary>
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
        : current.Next(Make.Constant(value, width), [("constant + 1", () => Make.Constant(unchecked(value + 1), width))]);

    internal static Term Apply(Operator @operator, ReadOnlySpan<Term> operands, int width = 0, int lowest = 0)
    {
        var term = Plain(@operator, operands, width, lowest);
        return current is null ? term : current.Next(term, Alternatives(@operator, operands.ToArray(), width, lowest));
    }

    internal static Term ReverseBytes(Term word)
    {
        var bytes = Enumerable.Range(0, word.Width / 8).Select(index => Make.Extract(word, index * 8, 8));
        var reversed = bytes.Aggregate(Make.Concatenate);
        return current is null ? reversed : current.Next(reversed, [("bytes in order", () => word)]);
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

    private static IEnumerable<(string Change, Func<Term> Term)> Alternatives(Operator @operator, Term[] operands, int width, int lowest)
    {
        var name = @operator.Name();
        foreach (var other in Others(@operator))
            yield return ($"{name} -> {other.Name()}", () => Plain(other, operands, width, lowest));
        if (@operator.IsArithmetic() && !@operator.IsCommutative() || @operator is Operator.LessSigned or Operator.LessUnsigned)
            yield return ($"{name} with its operands swapped", () => Make.Binary(@operator, operands[1], operands[0]));
        switch (@operator)
        {
            case Operator.LessSigned or Operator.LessUnsigned:
                yield return ($"{name} -> or equal", () => Make.Not(Make.Binary(@operator, operands[1], operands[0])));
                break;
            case Operator.Equal or Operator.Not:
                yield return (@operator is Operator.Not ? "not dropped" : "= -> distinct", () =>
                    @operator is Operator.Not ? operands[0] : Make.Differ(operands[0], operands[1]));
                break;
            case Operator.And or Operator.Or:
                yield return ($"{name} -> its left operand", () => operands[0]);
                yield return ($"{name} -> its right operand", () => operands[1]);
                break;
            case Operator.Choose:
                yield return ("ite with its branches swapped", () => Make.Choose(operands[0], operands[2], operands[1]));
                break;
            case Operator.Extract when width >= 8 && width < operands[0].Width:
                yield return ("half as many bits", () => Make.ZeroExtend(Make.Extract(operands[0], lowest, width / 2), width));
                break;
        }
    }

    private static Operator[] Others(Operator @operator) => @operator switch
    {
        Operator.Add => [Operator.Subtract, Operator.BitwiseXor],
        Operator.Subtract => [Operator.Add],
        Operator.Multiply => [Operator.Add],
        Operator.DivideUnsigned => [Operator.DivideSigned, Operator.RemainderUnsigned],
        Operator.RemainderUnsigned => [Operator.RemainderSigned, Operator.DivideUnsigned],
        Operator.DivideSigned => [Operator.DivideUnsigned, Operator.RemainderSigned],
        Operator.RemainderSigned => [Operator.RemainderUnsigned, Operator.DivideSigned],
        Operator.BitwiseAnd => [Operator.BitwiseOr, Operator.BitwiseXor],
        Operator.BitwiseOr => [Operator.BitwiseAnd, Operator.BitwiseXor],
        Operator.BitwiseXor => [Operator.BitwiseOr, Operator.BitwiseAnd],
        Operator.ShiftLeft => [Operator.ShiftRightLogical],
        Operator.ShiftRightLogical => [Operator.ShiftRightArithmetic, Operator.ShiftLeft],
        Operator.ShiftRightArithmetic => [Operator.ShiftRightLogical, Operator.ShiftLeft],
        Operator.LessUnsigned => [Operator.LessSigned],
        Operator.LessSigned => [Operator.LessUnsigned],
        Operator.And => [Operator.Or],
        Operator.Or => [Operator.And],
        Operator.ZeroExtend => [Operator.SignExtend],
        Operator.SignExtend => [Operator.ZeroExtend],
        _ => [],
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

        public Term Next(Term term, IEnumerable<(string Change, Func<Term> Term)> alternatives)
        {
            var here = site++;
            if (wanted is null)
            {
                // What yields the same term is no mutant.
                Found.AddRange(alternatives
                    .Where(other => !ReferenceEquals(other.Term(), term))
                    .Select(other => new Alteration(here, other.Change)));
                return term;
            }

            if (wanted.Site != here) return term;
            foreach (var (change, other) in alternatives)
            {
                if (change != wanted.Change) continue;
                HasChanged = true;
                return other();
            }

            return term;
        }
    }
}
