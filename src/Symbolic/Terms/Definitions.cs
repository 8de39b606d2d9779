using System.Globalization;
using RbpfSpec.Semantics;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Symbolic.Terms;

/// <summary>Functions defined in SMT-LIB text, as terms of their parameters.</summary>
/// <remarks>
/// Reads <c>define-fun</c> and <c>declare-fun</c> over truth values, bit-vectors and arrays. The reader is not trusted:
/// what it makes of each definition is proved equal to the definition's own text.
/// </remarks>
public sealed class Definitions
{
    private readonly Dictionary<string, (Term[] Parameters, Term Body)> defined = [];
    private readonly Dictionary<string, Sort> declared = [];

    /// <summary>Reads a file of definitions.</summary>
    /// <exception cref="FormatException">The text is no such file; the message says where.</exception>
    public Definitions(string text)
    {
        Text = text;
        foreach (var command in SExpression.Read(text) switch
        {
            Reading.Complete(var expressions) => expressions,
            Reading.Malformed(var position, var problem) => throw new FormatException($"position {position}: {problem}"),
        })
        {
            switch (Items(command))
            {
                case [SExpression.Symbol("define-fun"), SExpression.Symbol(var name), SExpression.List(var parameters), var sort, var body]:
                    Define(name, parameters, SortOf(sort), body);
                    break;
                case [SExpression.Symbol("declare-fun"), SExpression.Symbol(var name), _, var sort]:
                    declared[name] = SortOf(sort);
                    break;
                default:
                    throw new FormatException($"neither define-fun nor declare-fun: {command}");
            }
        }
    }

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>The names of the functions defined.</summary>
    public IReadOnlyCollection<string> Names => defined.Keys;

    /// <summary>The parameters of a function, as variables.</summary>
    public IReadOnlyList<Term> Parameters(string name) => defined[name].Parameters;

    /// <summary>Whether a function is defined.</summary>
    public bool Has(string name) => defined.ContainsKey(name);

    /// <summary>The function's value for arguments.</summary>
    /// <exception cref="ArgumentException">It is not defined, or the arguments' sorts are not those of its parameters.</exception>
    public Term Call(string name, params ReadOnlySpan<Term> arguments)
    {
        if (!defined.TryGetValue(name, out var function)) throw new ArgumentException($"{name} is not defined", nameof(name));
        var (parameters, body) = function;
        if (parameters.Length != arguments.Length) throw new ArgumentException($"{name} takes {parameters.Length} arguments", nameof(arguments));
        Dictionary<Term, Term> values = new(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < parameters.Length; i++)
        {
            values[parameters[i]] = arguments[i].Sort == parameters[i].Sort
                ? arguments[i]
                : throw new ArgumentException($"{name}: {parameters[i].Name} is a {parameters[i].Sort}", nameof(arguments));
        }

        return Dag.Substitute(body, values);
    }

    private void Define(string name, Sequence<SExpression> parameters, Sort sort, SExpression body)
    {
        // The name keeps the parameters of different functions apart.
        Dictionary<string, Term> scope = [];
        List<Term> variables = [];
        foreach (var parameter in parameters)
        {
            if (Items(parameter) is not [SExpression.Symbol(var own), var itsSort]) throw new FormatException($"{parameter} is no parameter");
            var variable = Make.Variable($"{name}:{own}", SortOf(itsSort));
            variables.Add(variable);
            scope[own] = variable;
        }

        var term = TermOf(body, scope);
        if (term.Sort != sort) throw new FormatException($"{name} is a {term.Sort}, not a {sort}");
        if (!defined.TryAdd(name, ([.. variables], term))) throw new FormatException($"{name} is defined twice");
    }

    private Term TermOf(SExpression expression, IReadOnlyDictionary<string, Term> scope) => expression switch
    {
        SExpression.Symbol("true") => Make.True,
        SExpression.Symbol("false") => Make.False,
        SExpression.Symbol(var name) => scope.TryGetValue(name, out var variable) ? variable : Applied(name, []),
        SExpression.Hexadecimal(var digits) =>
            Make.Constant(UInt128.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture), 4 * digits.Length),
        SExpression.Binary(var digits) =>
            Make.Constant(UInt128.Parse(digits, NumberStyles.BinaryNumber, CultureInfo.InvariantCulture), digits.Length),
        SExpression.List(var items) => Compound(items, scope),
        SExpression.Keyword or SExpression.Numeral or SExpression.Text => throw new FormatException($"{expression} is no term"),
    };

    private Term Compound(Sequence<SExpression> items, IReadOnlyDictionary<string, Term> scope)
    {
        if (items.AsSpan() is [SExpression.Symbol("_"), SExpression.Symbol(['b', 'v', .. var digits]), var width])
            return Make.Constant(UInt128.Parse(digits, CultureInfo.InvariantCulture), Number(width));
        var operands = items.Skip(1).Select(item => TermOf(item, scope)).ToArray();
        if (items[0] is SExpression.Symbol(var name)) return Applied(name, operands);
        return Items(items[0]) is [SExpression.Symbol("_"), SExpression.Symbol(var indexed), .. var numbers]
            ? Indexed(indexed, [.. numbers.Select(Number)], operands[0])
            : throw new FormatException($"{items[0]} is no function");
    }

    private static Term Indexed(string name, int[] numbers, Term operand) => (name, numbers) switch
    {
        ("extract", [var high, var low]) => Make.Extract(operand, low, high - low + 1),
        ("zero_extend", [var more]) => Make.ZeroExtend(operand, operand.Width + more),
        ("sign_extend", [var more]) => Make.SignExtend(operand, operand.Width + more),
        ("repeat", [var times]) => Enumerable.Repeat(operand, times).Aggregate(Make.Concatenate),
        _ => throw new FormatException($"(_ {name} …) is not known"),
    };

    private Term Applied(string name, Term[] operands) => (name, operands) switch
    {
        ("not", [var operand]) => Make.Not(operand),
        ("and", _) => Make.All(operands),
        ("or", _) => Make.Any(operands),
        ("=>", [var left, var right]) => Make.Implies(left, right),
        ("=", [var left, var right]) => Make.Equal(left, right),
        ("distinct", [var left, var right]) => Make.Differ(left, right),
        ("ite", [var condition, var then, var otherwise]) => Make.Choose(condition, then, otherwise),
        ("bvnot", [var operand]) => Make.Binary(Operator.BitwiseXor, operand, Make.Constant(UInt128.MaxValue, operand.Width)),
        ("bvneg", [var operand]) => Make.Binary(Operator.Subtract, Make.Constant(0, operand.Width), operand),
        ("bvule", [var left, var right]) => Make.Not(Make.Binary(Operator.LessUnsigned, right, left)),
        ("bvuge", [var left, var right]) => Make.Not(Make.Binary(Operator.LessUnsigned, left, right)),
        ("bvugt", [var left, var right]) => Make.Binary(Operator.LessUnsigned, right, left),
        ("bvsle", [var left, var right]) => Make.Not(Make.Binary(Operator.LessSigned, right, left)),
        ("bvsge", [var left, var right]) => Make.Not(Make.Binary(Operator.LessSigned, left, right)),
        ("bvsgt", [var left, var right]) => Make.Binary(Operator.LessSigned, right, left),
        ("concat", _) => operands.Aggregate(Make.Concatenate),
        ("select", [var array, var index]) => Make.Select(array, index),
        ("store", [var array, var index, var value]) => Make.Store(array, index, value),
        _ when defined.ContainsKey(name) => Call(name, operands),
        _ when declared.TryGetValue(name, out var sort) => Make.Apply(name, sort, operands),
        (_, [var first, .. var others]) when Known.TryGetValue(name, out var @operator) && others.Length > 0 =>
            others.Aggregate(first, (left, right) => Make.Binary(@operator, left, right)),
        _ => throw new FormatException($"({name} …) is not known"),
    };

    private static readonly Dictionary<string, Operator> Known = Enum.GetValues<Operator>()
        .Where(@operator => @operator.IsArithmetic() || @operator is Operator.LessUnsigned or Operator.LessSigned)
        .ToDictionary(Operators.Name);

    private static Sort SortOf(SExpression expression) => Items(expression) switch
    {
        [SExpression.Symbol("_"), SExpression.Symbol("BitVec"), var width] => Sort.Of(Number(width)),
        [SExpression.Symbol("Array"), var index, var element]
            when SortOf(index) is Sort.BitVector(var from) && SortOf(element) is Sort.BitVector(var to) => new Sort.Array(from, to),
        [] when expression is SExpression.Symbol("Bool") => Sort.Truth,
        _ => throw new FormatException($"{expression} is no sort"),
    };

    private static SExpression[] Items(SExpression expression) => expression is SExpression.List(var items) ? [.. items] : [];

    private static int Number(SExpression expression) => expression is SExpression.Numeral(var digits)
        ? int.Parse(digits, CultureInfo.InvariantCulture)
        : throw new FormatException($"{expression} is no number");
}
