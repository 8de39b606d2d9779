using RbpfSpec.Assembly;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The option <c>--syntax</c>.</summary>
public static class SyntaxOption
{
    /// <summary>The option.</summary>
    public static ChoiceOption<Syntax> Create() =>
        new("--syntax", "conformance: as in bpf_conformance (mov %r0, 7); llvm: as LLVM prints it (r0 = 7).");
}
