using System.Globalization;
using System.Text;

namespace RbpfSpec.Rocq.Terms;

/// <summary>Terms as text, each that is used twice under a name of its own.</summary>
internal sealed class RocqText
{
    // Shorter ones are easier to read where they are.
    private const int LeastNamed = 24;

    private readonly Dictionary<RocqTerm, int> uses = [];
    private readonly Dictionary<RocqTerm, string> names = [];
    private readonly StringBuilder definitions = new();

    /// <summary>The texts of the terms that a function is made of.</summary>
    /// <param name="roots">All of them, in the order in which they are written.</param>
    public RocqText(IEnumerable<RocqTerm> roots)
    {
        foreach (var root in roots) Count(root);
    }

    /// <summary>The definitions that the texts asked for so far need before them, a line each.</summary>
    public string Definitions => definitions.ToString();

    /// <summary>The text of a term alone, without brackets around it.</summary>
    public static string Of(RocqTerm term) => new RocqText([]).Outer(term);

    /// <summary>The text of a term, without brackets around it.</summary>
    public string Outer(RocqTerm term) => names.TryGetValue(term, out var name) ? name : Named(term) ?? Write(term);

    /// <summary>The text of a term as an operand of a function.</summary>
    public string Inner(RocqTerm term) => IsAtom(term) ? Outer(term) : names.GetValueOrDefault(term) ?? Named(term) ?? $"({Write(term)})";

    /// <summary>A number as Rocq reads it.</summary>
    public static string Of(ulong number) => number < 1000
        ? number.ToString(CultureInfo.InvariantCulture)
        : $"0x{number.ToString("x", CultureInfo.InvariantCulture)}";

    private static bool IsAtom(RocqTerm term) => term is not RocqTerm.Apply;

    // A call of a function needs no brackets beside an operator, nor do conjunctions in a row.
    private string Beside(RocqTerm term, string shape, int place) =>
        term is RocqTerm.Apply(var inner, _)
        && (char.IsAsciiLetter(inner[0]) && !inner.StartsWith("if ", StringComparison.Ordinal)
            || (place == 0 && inner == shape && shape is Shape.And or Shape.Or))
            ? Outer(term)
            : Inner(term);

    // The name under which a term is written from now on; null if it has none.
    private string? Named(RocqTerm term)
    {
        if (uses.GetValueOrDefault(term) < 2 || IsAtom(term)) return null;
        var text = Write(term);
        if (text.Length < LeastNamed) return null;
        var name = $"t{names.Count}";
        names[term] = name;
        definitions.Append(CultureInfo.InvariantCulture, $"  let {name} := {text} in\n");
        return name;
    }

    private string Write(RocqTerm term) => term switch
    {
        RocqTerm.Number(var value) => Of(value),
        RocqTerm.Truth(var value) => value ? "true" : "false",
        RocqTerm.Name(var text) => text,
        RocqTerm.Apply(var shape, var operands) => string.Format(CultureInfo.InvariantCulture, shape, [.. Operands(shape, operands)]),
    };

    private IEnumerable<string> Operands(string shape, Sequence<RocqTerm> operands)
    {
        var isOperator = shape[0] == '{';
        var isChoice = shape.StartsWith("if ", StringComparison.Ordinal);
        return operands.Select((operand, place) =>
            isOperator ? Beside(operand, shape, place) : isChoice ? Outer(operand) : Inner(operand));
    }

    private void Count(RocqTerm term)
    {
        uses[term] = uses.GetValueOrDefault(term) + 1;
        if (uses[term] > 1 || term is not RocqTerm.Apply(_, var operands)) return;
        foreach (var operand in operands) Count(operand);
    }
}
