using System.Globalization;
using System.Text;

namespace RbpfSpec.Symbolic.Terms;

/// <summary>Terms as SMT-LIB 2 text.</summary>
public static class Printer
{
    // Text that is used once stands where it is used, up to this many levels; deeper text would not be read.
    private const int GreatestDepth = 12;

    /// <summary>A term, every part written out.</summary>
    public static string Inline(Term term) => Text(term, Inline);

    /// <summary>
    /// A script without <c>check-sat</c>: logic, declarations, a definition for every part used more than once, and the
    /// assertions. The same assertions give the same text in every run.
    /// </summary>
    public static string Script(params IReadOnlyList<Term> assertions) => Script(assertions, []).Text;

    /// <summary>The same, with the texts of further terms that can be asked for after it.</summary>
    public static (string Text, IReadOnlyList<string> Wanted) Script(IReadOnlyList<Term> assertions, IReadOnlyList<Term> wanted)
    {
        var order = Dag.PostOrder([.. assertions, .. wanted]);
        var uses = Uses(order, [.. assertions, .. wanted]);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"(set-logic {Logic(order)})\n");
        HashSet<string> functions = [];
        Dictionary<Term, (string Text, int Depth)> known = new(ReferenceEqualityComparer.Instance);
        var defined = 0;
        foreach (var term in order)
        {
            if (term.Operator is Operator.Variable)
            {
                text.Append(CultureInfo.InvariantCulture, $"(declare-fun {Symbol(term.Name)} () {term.Sort})\n");
            }
            else if (term.Operator is Operator.Apply && functions.Add(term.Name))
            {
                var sorts = string.Join(' ', term.Arguments.ToArray().Select(argument => argument.Sort));
                text.Append(CultureInfo.InvariantCulture, $"(declare-fun {Symbol(term.Name)} ({sorts}) {term.Sort})\n");
            }

            var depth = term.Arguments.Length == 0 ? 0 : 1 + term.Arguments.ToArray().Max(argument => known[argument].Depth);
            var written = Text(term, argument => known[argument].Text);
            if (term.Arguments.Length > 0 && (uses[term] > 1 || depth > GreatestDepth))
            {
                var name = $"t{++defined}";
                text.Append(CultureInfo.InvariantCulture, $"(define-fun {name} () {term.Sort} {written})\n");
                (written, depth) = (name, 0);
            }

            known[term] = (written, depth);
        }

        foreach (var assertion in assertions) text.Append(CultureInfo.InvariantCulture, $"(assert {known[assertion].Text})\n");
        return (text.ToString(), [.. wanted.Select(term => known[term].Text)]);
    }

    private static Dictionary<Term, int> Uses(IReadOnlyList<Term> order, IReadOnlyList<Term> roots)
    {
        Dictionary<Term, int> uses = new(ReferenceEqualityComparer.Instance);
        foreach (var term in order)
        {
            uses[term] = 0;
            foreach (var argument in term.Arguments) uses[argument]++;
        }

        foreach (var root in roots) uses[root]++;
        return uses;
    }

    private static string Logic(IReadOnlyList<Term> order) => (
        order.Any(term => term.Sort is Sort.Array),
        order.Any(term => term.Operator is Operator.Apply)) switch
    {
        (true, true) => "QF_AUFBV",
        (true, false) => "QF_ABV",
        (false, true) => "QF_UFBV",
        (false, false) => "QF_BV",
    };

    private static string Text(Term term, Func<Term, string> operand) => term.Operator switch
    {
        Operator.Constant => term.Sort is Sort.Bool ? term.IsTrue ? "true" : "false" : Number(term),
        Operator.Variable => Symbol(term.Name),
        Operator.Apply => term.Arguments.Length == 0 ? Symbol(term.Name) : $"({Symbol(term.Name)} {Operands(term, operand)})",
        Operator.Extract => $"((_ extract {term.Lowest + term.Width - 1} {term.Lowest}) {operand(term.First)})",
        Operator.ZeroExtend or Operator.SignExtend =>
            $"((_ {term.Operator.Name()} {term.Width - term.First.Width}) {operand(term.First)})",
        _ => $"({term.Operator.Name()} {Operands(term, operand)})",
    };

    private static string Operands(Term term, Func<Term, string> operand) =>
        string.Join(' ', term.Arguments.ToArray().Select(operand));

    private static string Number(Term term) => term.Width % 4 == 0
        ? $"#x{term.Value.ToString($"x{term.Width / 4}", CultureInfo.InvariantCulture)}"
        : $"(_ bv{term.Value} {term.Width})";

    private static string Symbol(string name) =>
        name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '!') ? name : $"|{name}|";
}
