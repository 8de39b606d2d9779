using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs;

/// <summary>The transcriptions of <c>spec/reference</c>, which rules are compared with.</summary>
public static class Reference
{
    /// <summary>RFC 9669, and the traps of the normative machine.</summary>
    public static Definitions Definitions { get; } = new(Read("rfc9669.smt2") + Read("rbpf-traps.smt2"));

    private static string Read(string name)
    {
        using var stream = typeof(Reference).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} was not built in");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
