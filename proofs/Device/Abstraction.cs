using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Device;

/// <summary>Products, quotients and remainders as variables: what holds whatever they are holds of the true ones.</summary>
/// <remarks>
/// Two of them are one variable if their operands are equal. Whether they are is guessed from values, and becomes an
/// obligation: then the solver is asked of sums and shifts alone, and of the operands apart.
/// </remarks>
internal sealed class Abstraction
{
    private static readonly Assignment[] Tries = [.. Enumerable.Range(1, 4).Select(Try)];

    private readonly List<(Term Hard, Term Value)> known = [];

    /// <summary>That operands are equal that were taken to be.</summary>
    public Term Obligations { get; private set; } = Make.True;

    /// <summary>A formula with them as variables.</summary>
    public Term Of(Term formula) => Dag.Rebuild(formula, (term, operands) =>
    {
        var rebuilt = Make.With(term, operands);
        return IsHard(rebuilt) ? ValueOf(rebuilt) : rebuilt;
    });

    private static bool IsHard(Term term) => !term.IsConstant && term.Operator
        is Operator.Multiply or Operator.DivideUnsigned or Operator.RemainderUnsigned or Operator.DivideSigned or Operator.RemainderSigned
        && !(term.Operator is Operator.Multiply && term.Second.IsConstant);

    private Term ValueOf(Term hard)
    {
        foreach (var (other, value) in known)
        {
            if (ReferenceEquals(hard, other)) return value;
            if (other.Operator != hard.Operator || other.Width != hard.Width) continue;
            if (Are(hard.First, other.First) && Are(hard.Second, other.Second))
                return Obliged(value, hard.First.EqualTo(other.First) & hard.Second.EqualTo(other.Second));
            if (hard.Operator is Operator.Multiply && Are(hard.First, other.Second) && Are(hard.Second, other.First))
                return Obliged(value, hard.First.EqualTo(other.Second) & hard.Second.EqualTo(other.First));
        }

        var variable = Make.Variable($"{hard.Operator.Name()} {known.Count}", hard.Width);
        known.Add((hard, variable));
        return variable;
    }

    private Term Obliged(Term value, Term equal)
    {
        Obligations &= equal;
        return value;
    }

    /// <summary>Whether two terms have the same value wherever that is tried.</summary>
    internal static bool Are(Term left, Term right) => ReferenceEquals(left, right)
        || Array.TrueForAll(Tries, values => values.Evaluate(left) == values.Evaluate(right));

    private static Assignment Try(int number)
    {
        return new(
            variable => Value(variable.Fingerprint) & (ulong.MaxValue >> (64 - Math.Clamp(variable.Width, 1, 64))),
            (array, index) => Value(array.Fingerprint + index) & 0xffff_ffff,
            (application, operands) => Value(operands.Aggregate(application.Fingerprint, (all, operand) => (all * 31) + operand)));

        ulong Value(ulong hash)
        {
            var value = unchecked((hash ^ (ulong)number) * 0x9e37_79b9_7f4a_7c15);
            return value ^ (value >> 29);
        }
    }
}
