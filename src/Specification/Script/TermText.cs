using System.Globalization;
using System.Text;

namespace RbpfSpec.Specification.Script;

/// <summary>Terms as text, each that is used twice under a name of its own.</summary>
internal sealed class TermText
{
    private readonly Dictionary<Term, int> uses = [];
    private readonly Dictionary<Term, string> names = [];
    private readonly StringBuilder constants = new();

    /// <summary>The texts of the terms that a function is made of.</summary>
    /// <param name="roots">All of them, in the order in which they are written.</param>
    public TermText(IEnumerable<Term> roots)
    {
        foreach (var root in roots) Count(root);
    }

    /// <summary>The statements that the texts asked for so far need before them.</summary>
    public string Constants => constants.ToString();

    /// <summary>The text of a term alone.</summary>
    public static string Of(Term term) => new TermText([]).Text(term);

    /// <summary>The text of a term; what it shares with others becomes a constant.</summary>
    public string Text(Term term)
    {
        if (names.TryGetValue(term, out var name)) return name;
        var text = Write(term);
        if (term is not (Term.Apply or Term.RegisterBelow) || uses.GetValueOrDefault(term) < 2) return text;
        names[term] = name = $"t{names.Count}";
        constants.Append(CultureInfo.InvariantCulture, $"const {name} = {text}; ");
        return name;
    }

    private static Sequence<Term> Parts(Term term) => term switch
    {
        Term.Apply(_, var operands) => operands,
        Term.RegisterBelow(var which, _) => [which],
        Term.Number or Term.Truth or Term.Name or Term.Register => [],
    };

    private string Write(Term term) => term switch
    {
        Term.Number(var value) => value < 10 ? $"{value}n" : $"0x{value:x}n",
        Term.Truth(var value) => value ? "true" : "false",
        Term.Name(var text) => text,
        Term.Register(var number) => $"s.registers[{number}]",
        Term.RegisterBelow(var which, var count) => $"register(s, {Text(which)}, {count})",
        Term.Apply(var shape, var operands) => string.Format(
            CultureInfo.InvariantCulture, shape, [.. operands.Select(Text)]),
    };


    private void Count(Term term)
    {
        uses[term] = uses.GetValueOrDefault(term) + 1;
        if (uses[term] > 1) return;
        foreach (var part in Parts(term)) Count(part);
    }
}
