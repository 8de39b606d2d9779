using RbpfSpec.Assembly;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>The option <c>--syntax</c>.</summary>
public static class SyntaxOption
{
    /// <summary>The option of a command that reads assembly text.</summary>
    public static ChoiceOption<Dialect> OfText() => new(
        "--syntax",
        "conformance: as in bpf_conformance (mov %r0, 7); llvm: as LLVM reads it (r0 = 7); gnu: as GNU as reads it, in both its forms "
        + "(xadddw [%fp+-8],%r1); rbpf: as rbpf and sBPF write it (mov64 r0, 7); objdump: a listing of llvm-objdump -d; verifier: a log "
        + "of Linux's verifier, or of bpftool prog dump xlated; auto: each line as it is written, which is the default.");

    /// <summary>The option of a command that prints it.</summary>
    public static ChoiceOption<Syntax> Create() =>
        new("--syntax", "conformance: as in bpf_conformance (mov %r0, 7); llvm: as LLVM prints it (r0 = 7).");
}
