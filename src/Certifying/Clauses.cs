using System.Globalization;
using System.Text;

namespace RbpfSpec.Certifying;

/// <summary>A formula in conjunctive normal form: clauses of literals, of which one each must hold.</summary>
/// <remarks>A literal is the number of a variable, from 1, negative if it is negated: the form of DIMACS.</remarks>
/// <param name="Variables">How many variables there are.</param>
/// <param name="Lists">The clauses; no variable is twice in one.</param>
internal sealed record Clauses(int Variables, IReadOnlyList<int[]> Lists)
{
    /// <summary>The clauses that hold for some values if and only if a circuit's literals can hold together.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="asserted">The literals.</param>
    public static Clauses Of(Circuit circuit, IReadOnlyList<int> asserted)
    {
        List<int[]> clauses = [];
        var isUsed = new bool[circuit.Gates.Count];
        foreach (var literal in asserted)
        {
            if (literal == Circuit.True) continue;
            clauses.Add(literal == Circuit.False ? [] : [Signed(literal)]);
            isUsed[literal >> 1] = true;
        }

        // Gates come after those that they read.
        for (var number = circuit.Gates.Count - 1; number > 0; number--)
        {
            if (!isUsed[number]) continue;
            var gate = circuit.Gates[number];
            var (output, first, second) = (number, Signed(gate.First), Signed(gate.Second));
            switch (gate.Kind)
            {
                case GateKind.And:
                    clauses.AddRange([[-output, first], [-output, second], [output, -first, -second]]);
                    break;
                case GateKind.Xor:
                    clauses.AddRange(
                        [[-output, first, second], [-output, -first, -second], [output, -first, second], [output, first, -second]]);
                    break;
                case GateKind.Choose:
                    var third = Signed(gate.Third);
                    clauses.AddRange(
                        [[-output, -first, second], [output, -first, -second], [-output, first, third], [output, first, -third]]);
                    isUsed[gate.Third >> 1] = true;
                    break;
                case GateKind.Input:
                    continue;
            }

            isUsed[gate.First >> 1] = true;
            isUsed[gate.Second >> 1] = true;
        }

        return new(circuit.Gates.Count - 1, clauses);
    }

    /// <summary>Whether one of them can never hold, as it is empty.</summary>
    public bool IsContradictory => Lists.Any(clause => clause.Length == 0);

    /// <summary>The text that solvers read: DIMACS.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"p cnf {Variables} {Lists.Count}\n");
            foreach (var clause in Lists)
            {
                foreach (var literal in clause) text.Append(CultureInfo.InvariantCulture, $"{literal} ");
                text.Append("0\n");
            }

            return text.ToString();
        }
    }

    private static int Signed(int literal) => (literal & 1) == 0 ? literal >> 1 : -(literal >> 1);
}
