namespace RbpfSpec.Assembly;

/// <summary>A way to write instructions as text.</summary>
public enum Syntax
{
    /// <summary>Mnemonics and operands, as in <c>add %r1, 5</c>: what bpf_conformance and uBPF write.</summary>
    Conformance,

    /// <summary>Assignments and conditions, as in <c>r1 += 5</c>: what <c>llvm-objdump -d</c> prints.</summary>
    Llvm,
}
