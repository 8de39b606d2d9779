using System.IO.Enumeration;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Hosts;

namespace RbpfSpec.Specification.Text;

/// <summary>Some vectors of a suite, named by what they are about.</summary>
/// <param name="Rule">A rule id in which <c>*</c> stands for anything.</param>
/// <param name="Words">Words of the sentence that says why the vector exists; empty for any.</param>
public sealed record VectorSelector(string Rule, string Words)
{
    /// <summary>Reads what stands between backquotes below a requirement: the rule, then the words.</summary>
    public static VectorSelector Of(string text) => text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end
        ? new(text[..end], text[(end + 1)..])
        : new(text, "");

    /// <summary>Whether a vector is one of them.</summary>
    public bool Selects(Vector vector) => Selects(vector.Rule, vector.Purpose);

    /// <summary>Whether a vector of packed programs is one of them.</summary>
    public bool Selects(PackingVector vector) => Selects(vector.Rule, vector.Because);

    /// <summary>Whether a vector of hosts is one of them.</summary>
    public bool Selects(HostVector vector) => Selects(vector.Rule, vector.Because);

    private bool Selects(string rule, string purpose) =>
        FileSystemName.MatchesSimpleExpression(Rule, rule, ignoreCase: false) && purpose.Contains(Words, StringComparison.Ordinal);

    /// <summary>As it is written.</summary>
    public override string ToString() => Words == "" ? Rule : $"{Rule} {Words}";
}
