using System.Globalization;
using System.Text;

namespace RbpfSpec.Specification.Script;

/// <summary>Terms as text, each that is used twice under a name of its own.</summary>
internal sealed class TermText
{
    private readonly Dictionary<ScriptTerm, int> uses = [];
    private readonly Dictionary<ScriptTerm, string> names = [];
    private readonly StringBuilder constants = new();

    /// <summary>The texts of the terms that a function is made of.</summary>
    /// <param name="roots">All of them, in the order in which they are written.</param>
    public TermText(IEnumerable<ScriptTerm> roots)
    {
        foreach (var root in roots) Count(root);
    }

    /// <summary>The statements that the texts asked for so far need before them.</summary>
    public string Constants => constants.ToString();

    /// <summary>The text of a term alone.</summary>
    public static string Of(ScriptTerm term) => new TermText([]).Text(term);

    /// <summary>The text of a term; what it shares with others becomes a constant.</summary>
    public string Text(ScriptTerm term)
    {
        if (names.TryGetValue(term, out var name)) return name;
        var text = Write(term);
        if (term is not (ScriptTerm.Apply or ScriptTerm.RegisterBelow) || uses.GetValueOrDefault(term) < 2) return text;
        names[term] = name = $"t{names.Count}";
        constants.Append(CultureInfo.InvariantCulture, $"const {name} = {text}; ");
        return name;
    }

    private static Sequence<ScriptTerm> Parts(ScriptTerm term) => term switch
    {
        ScriptTerm.Apply(_, var operands) => operands,
        ScriptTerm.RegisterBelow(var which, _) => [which],
        ScriptTerm.Number or ScriptTerm.Truth or ScriptTerm.Name or ScriptTerm.Register => [],
    };

    private string Write(ScriptTerm term) => term switch
    {
        ScriptTerm.Number(var value) => value < 10 ? $"{value}n" : $"0x{value:x}n",
        ScriptTerm.Truth(var value) => value ? "true" : "false",
        ScriptTerm.Name(var text) => text,
        ScriptTerm.Register(var number) => $"s.registers[{number}]",
        ScriptTerm.RegisterBelow(var which, var count) => $"register(s, {Text(which)}, {count})",
        ScriptTerm.Apply(var shape, var operands) => string.Format(
            CultureInfo.InvariantCulture, shape, [.. operands.Select(Text)]),
    };


    private void Count(ScriptTerm term)
    {
        uses[term] = uses.GetValueOrDefault(term) + 1;
        if (uses[term] > 1) return;
        foreach (var part in Parts(term)) Count(part);
    }
}
