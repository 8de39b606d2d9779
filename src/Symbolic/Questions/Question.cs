using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Questions;

/// <summary>Assertions put to a solver, and its answer read back as values of their variables.</summary>
public sealed class Question
{
    private readonly IReadOnlyList<Term> assertions;

    private readonly Lazy<(Script Script, Sequence<Term> Wanted)> printed;
    private readonly Lazy<Assignment?> sampled;
    private readonly Prelude? prelude;

    private readonly Sequence<(Term Variable, Term Value)> suggested;

    /// <summary>The question whether all assertions can hold together.</summary>
    /// <param name="assertions">The assertions.</param>
    /// <param name="prelude">Text that they rest on, if there is any.</param>
    /// <param name="suggested">
    /// What variables may be where values are tried: each said by variables before it, and by others that are tried, too.
    /// </param>
    public Question(IReadOnlyList<Term> assertions, Prelude? prelude = null, Sequence<(Term Variable, Term Value)> suggested = default)
    {
        this.assertions = assertions;
        this.prelude = prelude;
        this.suggested = suggested;
        printed = new(Print);
        sampled = new(() => Sampling.Find(assertions, Sampling.Few, suggested));
    }

    /// <summary>The script that the solver is given.</summary>
    public Script Script => printed.Value.Script;

    /// <summary>
    /// The same question with every product, quotient and remainder, and every sum and difference of two unknowns,
    /// replaced by a variable, if there are any: what cannot hold of any such values cannot hold of the true ones, and
    /// solvers find that far sooner. Nothing is simplified on the way: the claims about simplification pass here too. What
    /// rests on text has none, for there these values are not ours to replace.
    /// </summary>
    public Script? Abstracted => AbstractedAssertions is { } abstracted ? new(Printer.Script(abstracted), []) : null;

    /// <summary>The assertions of <see cref="Abstracted"/>; null if there are none.</summary>
    public IReadOnlyList<Term>? AbstractedAssertions
    {
        get
        {
            if (prelude is not null) return null;
            Dictionary<Term, Term> replacements = new(ReferenceEqualityComparer.Instance);
            foreach (var term in Dag.PostOrder(assertions))
            {
                if (IsHard(term)) replacements[term] = Make.Variable($"hard!{replacements.Count}", term.Width);
            }

            return replacements.Count == 0 ? null : [.. assertions.Select(assertion => Dag.Replace(assertion, replacements))];
        }
    }

    /// <summary>The assertions.</summary>
    public IReadOnlyList<Term> Assertions => assertions;

    /// <summary>Whether it rests on text, so that the assertions are not all that is asked.</summary>
    public bool HasText => prelude is not null;

    /// <summary>Whether simplification alone has made an assertion false, so that no solver need be asked.</summary>
    public bool IsContradictory => assertions.Any(assertion => assertion.IsFalse);

    /// <summary>The free variables of the question, but for arrays and functions, in the order in which they are met.</summary>
    public IEnumerable<Term> Variables =>
        Dag.PostOrder(assertions).Where(term => term.Operator is Operator.Variable && term.Sort is not Sort.Array);

    /// <summary>The question whether all its assertions can hold together with some more.</summary>
    public Question And(IEnumerable<Term> more) => new([.. assertions, .. more], prelude, suggested);

    /// <summary>Whether some values answer the question with yes.</summary>
    public bool IsMet(Assignment values) => assertions.All(assertion => values.Evaluate(assertion) == UInt128.One);

    /// <summary>
    /// Values that answer the question with yes, if some tries find any; else null. None is tried where text gives some of them.
    /// </summary>
    public Assignment? Sample(int attempts = Sampling.Few) =>
        prelude is not null ? null : attempts == Sampling.Few ? sampled.Value : Sampling.Find(assertions, attempts, suggested);

    /// <summary>
    /// The same question about these values alone. Where they answer it with yes, a solver has to say so at once: what it
    /// reads is the whole question, and all that is free in it is given.
    /// </summary>
    /// <param name="values">The values.</param>
    public Script About(Assignment values)
    {
        var (script, wanted) = printed.Value;
        var text = new StringBuilder(script.Text);
        for (var i = 0; i < wanted.Count; i++)
        {
            var value = values.Evaluate(wanted[i]);
            text.Append("(assert ");
            if (wanted[i].Sort is not Sort.Bool)
            {
                text.Append(CultureInfo.InvariantCulture, $"(= {script.Wanted[i]} (_ bv{value} {wanted[i].Width}))");
            }
            else if (value == UInt128.One)
            {
                text.Append(script.Wanted[i]);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"(not {script.Wanted[i]})");
            }

            text.Append(")\n");
        }

        return new(text.ToString(), []);
    }

    /// <summary>SHA-256 of the script's text.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Script.Text)));

    /// <summary>The values that a solver gave, as an assignment; what it was not asked is zero.</summary>
    public Assignment Read(Sequence<Value> values)
    {
        var wanted = printed.Value.Wanted;
        Dictionary<Term, ulong> known = new(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < wanted.Count; i++) known[wanted[i]] = values[i].Bits;

        Dictionary<(Term Array, ulong Index), ulong> elements = [];
        Dictionary<(string Function, string Operands), ulong> functions = [];
        foreach (var term in wanted)
        {
            if (term.Operator is Operator.Select) elements[(term.First, known[term.Second])] = known[term];
            if (term.Operator is Operator.Apply)
            {
                functions[(term.Name, Key(term.Arguments.ToArray().Select(operand => known[operand])))] = known[term];
            }
        }

        return new(
            variable => known.GetValueOrDefault(variable),
            (array, index) => elements.GetValueOrDefault((array, index)),
            (application, operands) => functions.GetValueOrDefault((application.Name, Key(operands))));
    }

    // Only when it is asked for: sampling answers most questions about mutants, and printing costs more.
    private (Script Script, Sequence<Term> Wanted) Print()
    {
        Sequence<Term> wanted = [.. Dag.PostOrder(assertions).Where(IsFree).SelectMany(Reads).SelectMany(WithOperands)];
        var (text, terms) = Printer.Script(assertions, wanted, prelude);
        return (new(text, terms.ToSequence()), wanted);
    }

    private static bool IsHard(Term term) => term.Operator switch
    {
        Operator.Multiply or Operator.DivideUnsigned or Operator.RemainderUnsigned
            or Operator.DivideSigned or Operator.RemainderSigned => true,
        Operator.Add or Operator.Subtract => !term.First.IsConstant && !term.Second.IsConstant,
        _ => false,
    };

    private static bool IsFree(Term term) => term.Operator switch
    {
        Operator.Variable => term.Sort is not Sort.Array,
        Operator.Select or Operator.Apply => true,
        _ => false,
    };

    // Reads of written arrays are rewritten as a rule; where one is left, what was there before is asked for.
    private static IEnumerable<Term> Reads(Term term) => term.Operator is Operator.Select && term.First.Operator is not Operator.Variable
        ? Dag.PostOrder(term.First)
            .Where(part => part.Operator is Operator.Variable && part.Sort == term.First.Sort)
            .Select(array => array[term.Second])
        : [term];

    private static IEnumerable<Term> WithOperands(Term term) =>
        [.. term.Arguments.ToArray().Where(operand => operand.Sort is not Sort.Array), term];

    private static string Key(IEnumerable<ulong> operands) => string.Join(',', operands);
}
