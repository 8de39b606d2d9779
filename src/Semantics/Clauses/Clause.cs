namespace RbpfSpec.Semantics.Clauses;

/// <summary>A place in a public document that says what the code beside it does.</summary>
/// <param name="Document">The document's short name, as in <c>RFC 9669</c>.</param>
/// <param name="Section">The section's number or name.</param>
public sealed record Clause(string Document, string Section)
{
    /// <summary>A section of RFC 9669, BPF Instruction Set Architecture.</summary>
    public static Clause Rfc(string section) => new("RFC 9669", section);

    /// <summary>A section of the kernel's BPF ABI recommendations.</summary>
    public static Clause Abi(string section) => new("BPF ABI", section);

    /// <summary>A section of this project's specification.</summary>
    public static Clause Spec(string section) => new("RbpfSpec", section);

    /// <summary>The clause as cited: <c>RFC 9669 §4.1</c>.</summary>
    public override string ToString() => $"{Document} §{Section}";
}
