namespace RbpfSpec.Assembly;

/// <summary>A way that assembly text is written in, to be read.</summary>
public enum Dialect
{
    /// <summary>Each line in whichever dialect it is written; a text that looks like a listing or a log is read as one.</summary>
    Auto,

    /// <summary>The syntax of bpf_conformance and uBPF: <c>mov %r0, 7</c>. Numbers with a leading zero are decimal.</summary>
    Conformance,

    /// <summary>The syntax of LLVM: <c>r0 = 7</c>. Numbers with a leading zero are octal, <c>;</c> separates statements.</summary>
    Llvm,

    /// <summary>The syntax of GNU as, in both its forms: <c>xadddw [%fp+-8],%r1</c> and <c>r0 = 7</c>.</summary>
    Gnu,

    /// <summary>The syntax of rbpf and sBPF: <c>mov64 r0, 7</c>.</summary>
    Rbpf,

    /// <summary>A listing that <c>llvm-objdump -d</c> or <c>bpf-objdump -d</c> printed, with addresses and bytes.</summary>
    Objdump,

    /// <summary>A log of Linux's verifier, or what <c>bpftool prog dump xlated</c> printed: <c>3: (95) exit</c>.</summary>
    Verifier,
}

/// <summary>Facts about dialects.</summary>
public static class Dialects
{
    /// <summary>Whose the dialect is, with an example.</summary>
    public static string Describe(this Dialect dialect) => dialect switch
    {
        Dialect.Auto => "any syntax",
        Dialect.Conformance => "the syntax of bpf_conformance (mov %r0, 7)",
        Dialect.Llvm => "the syntax of LLVM (r0 = 7)",
        Dialect.Gnu => "the syntax of GNU as (xadddw [%fp+-8],%r1)",
        Dialect.Rbpf => "the syntax of rbpf and sBPF (mov64 r0, 7)",
        Dialect.Objdump => "a listing of objdump",
        Dialect.Verifier => "a log of Linux's verifier",
    };
}
