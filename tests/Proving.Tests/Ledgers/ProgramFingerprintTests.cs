using RbpfSpec.Proofs;
using RbpfSpec.Proving.Ledgers;

namespace RbpfSpec.Proving.Tests.Ledgers;

public class ProgramFingerprintTests
{
    private static readonly string[] Expected =
        ["RbpfSpec.Proofs", "RbpfSpec.Semantics", "RbpfSpec.Symbolic", "RbpfSpec.Cil", "RbpfSpec.Proving", "RbpfSpec.Interp",
            "RbpfSpec.Assembly", "Mono.Cecil"];

    [Fact]
    public void All_that_claims_come_from_is_read()
    {
        var names = ProgramFingerprint.Assemblies(typeof(Catalogue).Assembly).Select(assembly => assembly.GetName().Name).ToList();

        foreach (var name in Expected) names.ShouldContain(name);
        names.ShouldNotContain(name => name!.StartsWith("System", StringComparison.Ordinal));
        ProgramFingerprint.Of(typeof(Catalogue).Assembly).ShouldBe(ProgramFingerprint.Of(typeof(Catalogue).Assembly));
    }
}
