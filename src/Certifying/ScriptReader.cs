using System.Globalization;
using RbpfSpec.Symbolic.Solvers.Text;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Certifying;

/// <summary>The assertions of a script as terms, read from the text that solvers are given, and nothing of them simplified.</summary>
/// <remarks>
/// It is for questions that rest on text, which ask whether <see cref="Definitions"/> reads that rightly. With it this reader shares how
/// text is divided into expressions, and no more.
/// </remarks>
internal sealed class ScriptReader
{
    private static readonly Dictionary<string, Operator> Functions = new()
    {
        ["bvadd"] = Operator.Add,
        ["bvsub"] = Operator.Subtract,
        ["bvmul"] = Operator.Multiply,
        ["bvudiv"] = Operator.DivideUnsigned,
        ["bvurem"] = Operator.RemainderUnsigned,
        ["bvsdiv"] = Operator.DivideSigned,
        ["bvsrem"] = Operator.RemainderSigned,
        ["bvand"] = Operator.BitwiseAnd,
        ["bvor"] = Operator.BitwiseOr,
        ["bvxor"] = Operator.BitwiseXor,
        ["bvshl"] = Operator.ShiftLeft,
        ["bvlshr"] = Operator.ShiftRightLogical,
        ["bvashr"] = Operator.ShiftRightArithmetic,
    };

    private readonly Dictionary<string, Term> values = [];
    private readonly Dictionary<string, Sort> declared = [];
    private readonly Dictionary<string, (Sequence<SExpression> Parameters, Sort Sort, SExpression Body)> defined = [];
    private readonly HashSet<string> names = [];
    private readonly List<Term> assertions = [];

    private ScriptReader()
    {
    }

    /// <summary>The assertions, in their order.</summary>
    /// <exception cref="FormatException">There is something in the text that is not known here, or of a sort that does not fit.</exception>
    public static IReadOnlyList<Term> Assertions(string script)
    {
        var reader = new ScriptReader();
        switch (SExpression.Read(script))
        {
            case SExpressions.Malformed(var position, var problem):
                throw new FormatException($"position {position}: {problem}");
            case SExpressions.Complete(var commands):
                foreach (var command in commands) reader.Do(command);
                break;
        }

        return reader.assertions;
    }

    private void Do(SExpression command)
    {
        if (command.Items is [{ Text: "declare-fun" or "define-fun" }, var named, ..] && !names.Add(named.Text))
            throw new FormatException($"{named} is there twice");

        switch (command.Items)
        {
            case [{ Text: "set-logic" }, _]:
                break;
            case [{ Text: "declare-fun" }, var name, { Items: [] }, var sort]:
                values.Add(name.Text, Make.Variable(name.Text, SortOf(sort)));
                break;
            case [{ Text: "declare-fun" }, var name, _, var sort]:
                declared.Add(name.Text, SortOf(sort));
                break;
            case [{ Text: "define-fun" }, var name, { Items: [] }, var sort, var body]:
                values.Add(name.Text, Fitting(ValueOf(body, values), SortOf(sort)));
                break;
            case [{ Text: "define-fun" }, var name, { Items: var parameters }, var sort, var body]:
                defined.Add(name.Text, (parameters, SortOf(sort), body));
                break;
            case [{ Text: "assert" }, var assertion]:
                assertions.Add(Truth(ValueOf(assertion, values)));
                break;
            default:
                throw new FormatException($"no command that is known: {command}");
        }
    }

    private Term ValueOf(SExpression text, Dictionary<string, Term> scope) => text switch
    {
        { Kind: SExpressionKind.Symbol, Text: "true" or "false" } => Make.Truth(text.Text == "true"),
        { Kind: SExpressionKind.Symbol } =>
            scope.GetValueOrDefault(text.Text) ?? values.GetValueOrDefault(text.Text)
            ?? throw new FormatException($"{text} is not declared"),
        { Kind: SExpressionKind.Hexadecimal } => Number(text, text.Text[2..], NumberStyles.HexNumber, 4 * (text.Text.Length - 2)),
        { Kind: SExpressionKind.Binary } => Number(text, text.Text[2..], NumberStyles.BinaryNumber, text.Text.Length - 2),
        { Items: [{ Text: "_" }, { Text: ['b', 'v', .. var digits] }, var width] } =>
            Number(text, digits, NumberStyles.None, Count(width)),
        { Items: [{ Items: [{ Text: "_" }, { Text: "extract" }, var high, var low] }, var operand] } =>
            Extract(ValueOf(operand, scope), Count(high), Count(low)),
        { Items: [{ Items: [{ Text: "_" }, var name, var count] }, var operand] } =>
            Lengthened(name.Text, Count(count), ValueOf(operand, scope)),
        { Items: [{ Kind: SExpressionKind.Symbol } name, _, ..] } =>
            Applied(name.Text, [.. text.Items.Skip(1).Select(operand => ValueOf(operand, scope))]),
        _ => throw new FormatException($"no term that is known: {text}"),
    };

    private Term Applied(string name, Term[] operands)
    {
        if (defined.TryGetValue(name, out var function))
        {
            if (function.Parameters.Count != operands.Length) throw new FormatException($"{name} has {operands.Length} operands");
            Dictionary<string, Term> scope = [];
            foreach (var (parameter, operand) in function.Parameters.Zip(operands))
                scope[parameter.Items[0].Text] = Fitting(operand, SortOf(parameter.Items[1]));
            return Fitting(ValueOf(function.Body, scope), function.Sort);
        }

        if (declared.TryGetValue(name, out var sort)) return Make.Apply(name, sort, operands);
        return (name, operands) switch
        {
            ("not", [var one]) => Not(one),
            ("and", [_, _, ..]) => operands.Aggregate((left, right) => Raw(Operator.And, Sort.Truth, Truth(left), Truth(right))),
            ("or", [_, _, ..]) => operands.Aggregate(Or),
            ("=>", [var left, var right]) => Or(Not(left), right),
            ("=", [var left, var right]) => Equal(left, right),
            ("distinct", [var left, var right]) => Not(Equal(left, right)),
            ("ite", [var condition, var then, var otherwise]) =>
                Raw(Operator.Choose, then.Sort, Truth(condition), then, Fitting(otherwise, then.Sort)),
            ("concat", [var high, var low]) => Concatenated(high, low),
            ("bvult", [var left, var right]) => Less(Operator.LessUnsigned, left, right),
            ("bvugt", [var left, var right]) => Less(Operator.LessUnsigned, right, left),
            ("bvule", [var left, var right]) => Or(Less(Operator.LessUnsigned, left, right), Equal(left, right)),
            ("bvuge", [var left, var right]) => Or(Less(Operator.LessUnsigned, right, left), Equal(left, right)),
            ("bvslt", [var left, var right]) => Less(Operator.LessSigned, left, right),
            ("bvsgt", [var left, var right]) => Less(Operator.LessSigned, right, left),
            ("bvsle", [var left, var right]) => Or(Less(Operator.LessSigned, left, right), Equal(left, right)),
            ("bvsge", [var left, var right]) => Or(Less(Operator.LessSigned, right, left), Equal(left, right)),
            ("bvnot", [var one]) => Raw(Operator.BitwiseXor, one.Sort, Vector(one), Make.Constant(UInt128.MaxValue, one.Width)),
            ("bvneg", [var one]) => Raw(Operator.Subtract, one.Sort, Make.Constant(0, Vector(one).Width), one),
            ("select", [{ Sort: Sort.Array(var index, var element) } array, var at]) =>
                Raw(Operator.Select, Sort.Of(element), array, Fitting(at, Sort.Of(index))),
            ("store", [{ Sort: Sort.Array(var index, var element) } array, var at, var value]) =>
                Raw(Operator.Store, array.Sort, array, Fitting(at, Sort.Of(index)), Fitting(value, Sort.Of(element))),
            (_, [var left, var right]) when Functions.TryGetValue(name, out var @operator) =>
                Raw(@operator, left.Sort, Vector(left), Fitting(right, left.Sort)),
            _ => throw new FormatException($"no function that is known: {name} of {operands.Length}"),
        };
    }

    private static Term Raw(Operator @operator, Sort sort, params ReadOnlySpan<Term> operands) => Make.Raw(@operator, sort, operands);

    private static Term Not(Term one) => Raw(Operator.Not, Sort.Truth, Truth(one));

    private static Term Or(Term left, Term right) => Raw(Operator.Or, Sort.Truth, Truth(left), Truth(right));

    private static Term Less(Operator @operator, Term left, Term right) =>
        Raw(@operator, Sort.Truth, Vector(left), Fitting(right, left.Sort));

    private static Term Equal(Term left, Term right) => left.Sort is Sort.Array
        ? throw new FormatException("arrays are not compared")
        : Raw(Operator.Equal, Sort.Truth, left, Fitting(right, left.Sort));

    private static Term Concatenated(Term high, Term low) =>
        Raw(Operator.Concatenate, Width(Vector(high).Width + Vector(low).Width), high, low);

    private static Term Extract(Term one, int high, int low) => high < Vector(one).Width && low <= high
        ? Make.Raw(Operator.Extract, Width(high - low + 1), [one], low)
        : throw new FormatException($"there are no bits {high} to {low} in {one.Width}");

    private static Term Lengthened(string name, int count, Term one) => name switch
    {
        "zero_extend" => Raw(Operator.ZeroExtend, Width(Vector(one).Width + count), one),
        "sign_extend" => Raw(Operator.SignExtend, Width(Vector(one).Width + count), one),
        "repeat" when count > 0 => Enumerable.Repeat(one, count).Aggregate(Concatenated),
        _ => throw new FormatException($"no function that is known: (_ {name} {count})"),
    };

    private static Term Number(SExpression text, string digits, NumberStyles style, int width) =>
        UInt128.TryParse(digits, style, CultureInfo.InvariantCulture, out var value)
        && Width(width) is var sort && Make.Constant(value, width) is var made && made.Value == value
            ? Fitting(made, sort)
            : throw new FormatException($"no number of {width} bits: {text}");

    private static Term Truth(Term one) => Fitting(one, Sort.Truth);

    private static Term Vector(Term one) => one.Sort is Sort.BitVector ? one : throw new FormatException($"a {one.Sort} is no bit-vector");

    private static Term Fitting(Term one, Sort sort) =>
        one.Sort == sort ? one : throw new FormatException($"a {one.Sort} stands where a {sort} should");

    private static Sort SortOf(SExpression text) => text switch
    {
        { Text: "Bool" } => Sort.Truth,
        { Items: [{ Text: "_" }, { Text: "BitVec" }, var width] } => Width(Count(width)),
        { Items: [{ Text: "Array" }, var index, var element] }
            when (SortOf(index), SortOf(element)) is (Sort.BitVector(var from), Sort.BitVector(var to)) => new Sort.Array(from, to),
        _ => throw new FormatException($"no sort that is known: {text}"),
    };

    // Terms have no more than 128 bits.
    private static Sort Width(int width) => width is >= 1 and <= 128 ? Sort.Of(width) : throw new FormatException($"{width} bits");

    private static int Count(SExpression text) =>
        int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count : throw new FormatException($"no number: {text}");
}
