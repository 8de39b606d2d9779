using System.Globalization;
using RbpfSpec.Symbolic.Solvers.Text;

namespace RbpfSpec.Symbolic.Terms;

/// <summary>Functions defined in SMT-LIB text, as terms of their parameters.</summary>
/// <remarks>
/// Reads <c>define-fun</c> and <c>declare-fun</c> over truth values, bit-vectors and arrays. The reader is not trusted:
/// what it makes of each definition is proved equal to the definition's own text, <see cref="TextOf"/>.
/// </remarks>
public sealed class Definitions
{
    private readonly Dictionary<string, (Term[] Parameters, Term Body)> defined = [];
    private readonly Dictionary<string, Sort> declared = [];

    private readonly Dictionary<string, (string Text, Sequence<string> Uses)> texts = [];

    /// <summary>Reads a file of definitions.</summary>
    /// <exception cref="FormatException">The text is no such file; the message says where.</exception>
    public Definitions(string text)
    {
        var commands = SExpression.Read(text) switch
        {
            SExpressions.Complete(var all) => all,
            SExpressions.Malformed(var position, var reason) => throw new FormatException($"position {position}: {reason}"),
        };
        foreach (var (command, verbatim) in commands.Zip(Verbatim(text)))
        {
            switch (command.Items)
            {
                case [{ Text: "define-fun" }, var name, var parameters, var sort, var body]:
                    Define(name.Text, parameters.Items, SortOf(sort), body);
                    break;
                case [{ Text: "declare-fun" }, var name, _, var sort]:
                    declared[name.Text] = SortOf(sort);
                    break;
                default:
                    throw new FormatException($"neither define-fun nor declare-fun: {command}");
            }

            texts[command.Items[1].Text] = (verbatim, [.. Symbols(command).Where(texts.ContainsKey).Distinct()]);
        }
    }

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
        if (parameters.Length != arguments.Length)
        {
            throw new ArgumentException($"{name} takes {parameters.Length} arguments", nameof(arguments));
        }

        Dictionary<Term, Term> values = new(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < parameters.Length; i++)
        {
            values[parameters[i]] = arguments[i].Sort == parameters[i].Sort
                ? arguments[i]
                : throw new ArgumentException($"{name}: {parameters[i].Name} is a {parameters[i].Sort}", nameof(arguments));
        }

        return Dag.Substitute(body, values);
    }

    /// <summary>The text of a definition as it was read, after the text of all that it uses, and the names in it.</summary>
    public Prelude TextOf(string name)
    {
        HashSet<string> names = [];
        Stack<string> open = new([name]);
        while (open.TryPop(out var next))
        {
            if (!names.Add(next)) continue;
            foreach (var used in texts[next].Uses) open.Push(used);
        }

        // What is used stands before what uses it, as in the file.
        return new(string.Concat(texts.Where(entry => names.Contains(entry.Key)).Select(entry => $"{entry.Value.Text}\n")), names);
    }

    // The outermost expressions of a well-formed text as they stand in it.
    private static List<string> Verbatim(string text)
    {
        List<string> found = [];
        var tokens = new SExpressionTokens(text);
        var (depth, start) = (0, 0);
        for (var kind = tokens.Read(); kind is not TokenKind.End; kind = tokens.Read())
        {
            if (kind is TokenKind.Open && depth++ == 0) start = tokens.Position;
            if (kind is TokenKind.Close && --depth == 0) found.Add(text[start..(tokens.Position + 1)]);
        }

        return found;
    }

    private static IEnumerable<string> Symbols(SExpression expression) => expression.Kind switch
    {
        SExpressionKind.Symbol => [expression.Text],
        SExpressionKind.List => expression.Items.SelectMany(Symbols),
        SExpressionKind.Keyword or SExpressionKind.Numeral or SExpressionKind.Hexadecimal or SExpressionKind.Binary
            or SExpressionKind.String => [],
    };

    private void Define(string name, IReadOnlyList<SExpression> parameters, Sort sort, SExpression body)
    {
        // The name keeps the parameters of different functions apart.
        Dictionary<string, Term> scope = [];
        List<Term> variables = [];
        foreach (var parameter in parameters)
        {
            var variable = Make.Variable($"{name}:{parameter.Items[0].Text}", SortOf(parameter.Items[1]));
            variables.Add(variable);
            scope[parameter.Items[0].Text] = variable;
        }

        var term = TermOf(body, scope);
        if (term.Sort != sort) throw new FormatException($"{name} is a {term.Sort}, not a {sort}");
        if (!defined.TryAdd(name, ([.. variables], term))) throw new FormatException($"{name} is defined twice");
    }

    private Term TermOf(SExpression expression, IReadOnlyDictionary<string, Term> scope)
    {
        if (expression.Items is not [_, ..]) return Atom(expression.Text, scope);
        if (expression.Items is [{ Text: "_" }, { Text: ['b', 'v', .. var digits] }, var width])
            return Make.Constant(UInt128.Parse(digits, CultureInfo.InvariantCulture), Number(width));
        var operands = expression.Items.Skip(1).Select(item => TermOf(item, scope)).ToArray();
        return expression.Items[0].Items is [{ Text: "_" }, var name, ..] index
            ? Indexed(name.Text, [.. index.Skip(2).Select(Number)], operands[0])
            : Applied(expression.Items[0].Text, operands);
    }

    private Term Atom(string text, IReadOnlyDictionary<string, Term> scope) => text switch
    {
        "true" => Make.True,
        "false" => Make.False,
        ['#', 'x', .. var digits] =>
            Make.Constant(UInt128.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture), 4 * digits.Length),
        ['#', 'b', .. var digits] =>
            Make.Constant(UInt128.Parse(digits, NumberStyles.BinaryNumber, CultureInfo.InvariantCulture), digits.Length),
        _ when scope.TryGetValue(text, out var variable) => variable,
        _ => Applied(text, []),
    };

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

    private static Sort SortOf(SExpression expression) => expression.Items switch
    {
        [{ Text: "_" }, { Text: "BitVec" }, var width] => Sort.Of(Number(width)),
        [{ Text: "Array" }, var index, var element] when SortOf(index) is Sort.BitVector(var from)
            && SortOf(element) is Sort.BitVector(var to) =>
            new Sort.Array(from, to),
        [] when expression.Text == "Bool" => Sort.Truth,
        _ => throw new FormatException($"{expression} is no sort"),
    };

    private static int Number(SExpression expression) => int.Parse(expression.Text, CultureInfo.InvariantCulture);
}
