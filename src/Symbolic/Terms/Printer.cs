using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace RbpfSpec.Symbolic.Terms;

/// <summary>Terms as SMT-LIB 2 text.</summary>
public static class Printer
{
    // Text that is used once stands where it is used, up to this many levels; deeper text would not be read.
    private const int GreatestDepth = 12;

    // All that terms and definitions can speak of.
    private const string AllLogic = "QF_AUFBV";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!");

    /// <summary>A term, every part written out.</summary>
    public static string Inline(Term term)
    {
        var text = new StringBuilder();
        Spell(term);
        return text.ToString();

        void Spell(Term part) => Write(text, part, Spell);
    }

    /// <summary>
    /// A script without <c>check-sat</c>: logic, declarations, a definition for every part used more than once, and the
    /// assertions. The same assertions give the same text in every run.
    /// </summary>
    public static string Script(params IReadOnlyList<Term> assertions) => Script(assertions, []).Text;

    /// <summary>The same, with the texts of further terms that can be asked for after it.</summary>
    /// <param name="assertions">The assertions.</param>
    /// <param name="wanted">The further terms.</param>
    /// <param name="prelude">Text to begin with, if there is any.</param>
    public static (string Text, IReadOnlyList<string> Wanted) Script(
        IReadOnlyList<Term> assertions, IReadOnlyList<Term> wanted, Prelude? prelude = null)
    {
        var order = Dag.PostOrder([.. assertions, .. wanted]);
        var names = Names(order, [.. assertions, .. wanted]);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"(set-logic {(prelude is null ? Logic(order) : AllLogic)})\n");
        text.Append(prelude?.Text);
        HashSet<string> declared = [.. prelude?.Names ?? FrozenSet<string>.Empty];
        foreach (var term in order)
        {
            if (term.Operator is Operator.Variable && declared.Add(term.Name))
            {
                text.Append(CultureInfo.InvariantCulture, $"(declare-fun {Symbol(term.Name)} () {term.Sort})\n");
            }
            else if (term.Operator is Operator.Apply && declared.Add(term.Name))
            {
                var sorts = string.Join(' ', term.Arguments.ToArray().Select(argument => argument.Sort));
                text.Append(CultureInfo.InvariantCulture, $"(declare-fun {Symbol(term.Name)} ({sorts}) {term.Sort})\n");
            }

            if (!names.TryGetValue(term, out var name)) continue;
            text.Append(CultureInfo.InvariantCulture, $"(define-fun t{name} () {term.Sort} ");
            Write(text, term, Use);
            text.Append(")\n");
        }

        foreach (var assertion in assertions)
        {
            text.Append("(assert ");
            Use(assertion);
            text.Append(")\n");
        }

        var length = text.Length;
        List<string> texts = [];
        foreach (var term in wanted)
        {
            Use(term);
            texts.Add(text.ToString(length, text.Length - length));
            text.Length = length;
        }

        return (text.ToString(), texts);

        void Use(Term part)
        {
            if (names.TryGetValue(part, out var name)) text.Append('t').Append(name);
            else Write(text, part, Use);
        }
    }

    // The numbers of the parts with a definition of their own, in the order of these definitions.
    private static Dictionary<Term, int> Names(IReadOnlyList<Term> order, IReadOnlyList<Term> roots)
    {
        Dictionary<Term, int> places = new(order.Count, ReferenceEqualityComparer.Instance);
        var (uses, depths) = (new int[order.Count], new int[order.Count]);
        for (var place = 0; place < order.Count; place++)
        {
            places[order[place]] = place;
            foreach (var argument in order[place].Arguments) uses[places[argument]]++;
        }

        foreach (var root in roots) uses[places[root]]++;
        Dictionary<Term, int> names = new(ReferenceEqualityComparer.Instance);
        for (var place = 0; place < order.Count; place++)
        {
            if (order[place].Arguments.IsEmpty) continue;
            foreach (var argument in order[place].Arguments) depths[place] = Math.Max(depths[place], 1 + depths[places[argument]]);
            if (uses[place] <= 1 && depths[place] <= GreatestDepth) continue;
            names[order[place]] = names.Count + 1;
            depths[place] = 0;
        }

        return names;
    }

    private static string Logic(IReadOnlyList<Term> order) => (
        order.Any(term => term.Sort is Sort.Array),
        order.Any(term => term.Operator is Operator.Apply)) switch
    {
        (true, true) => AllLogic,
        (true, false) => "QF_ABV",
        (false, true) => "QF_UFBV",
        (false, false) => "QF_BV",
    };

    // The operands are written by whoever knows which of them have names.
    private static void Write(StringBuilder text, Term term, Action<Term> operand)
    {
        switch (term.Operator)
        {
            case Operator.Constant:
                text.Append(term.Sort is Sort.Bool ? term.IsTrue ? "true" : "false" : Number(term));
                return;
            case Operator.Variable:
            case Operator.Apply when term.Arguments.IsEmpty:
                text.Append(Symbol(term.Name));
                return;
            case Operator.Apply:
                text.Append('(').Append(Symbol(term.Name));
                break;
            case Operator.Extract:
                text.Append(CultureInfo.InvariantCulture, $"((_ extract {term.Lowest + term.Width - 1} {term.Lowest})");
                break;
            case Operator.ZeroExtend or Operator.SignExtend:
                text.Append(CultureInfo.InvariantCulture, $"((_ {term.Operator.Name()} {term.Width - term.First.Width})");
                break;
            default:
                text.Append('(').Append(term.Operator.Name());
                break;
        }

        foreach (var argument in term.Arguments)
        {
            text.Append(' ');
            operand(argument);
        }

        text.Append(')');
    }

    private static string Number(Term term) => term.Width % 4 == 0
        ? $"#x{term.Value.ToString($"x{term.Width / 4}", CultureInfo.InvariantCulture)}"
        : $"(_ bv{term.Value} {term.Width})";

    private static string Symbol(string name) =>
        name.AsSpan().ContainsAnyExcept(Plain) ? $"|{name}|" : name;
}
