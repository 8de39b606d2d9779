using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Instructions;

/// <summary>The three low bits of an opcode.</summary>
/// <remarks>RFC 9669 §3.3; the value of each name is its bits.</remarks>
public enum InstructionClass
{
    /// <summary>Non-standard loads.</summary>
    Ld = 0,

    /// <summary>Loads into a register.</summary>
    Ldx = 1,

    /// <summary>Stores of an immediate.</summary>
    St = 2,

    /// <summary>Stores of a register, and atomic operations.</summary>
    Stx = 3,

    /// <summary>32-bit arithmetic.</summary>
    Alu = 4,

    /// <summary>64-bit jumps.</summary>
    Jmp = 5,

    /// <summary>32-bit jumps.</summary>
    Jmp32 = 6,

    /// <summary>64-bit arithmetic.</summary>
    Alu64 = 7,
}

/// <summary>Where the second operand comes from.</summary>
/// <remarks>RFC 9669 §4: the source bit of arithmetic and jump opcodes.</remarks>
public enum SourceOperand
{
    /// <summary>K: the immediate.</summary>
    Immediate = 0,

    /// <summary>X: the source register.</summary>
    Register = 1,

    /// <summary>There is no second operand.</summary>
    None = 2,
}

/// <summary>The register that an encoding writes.</summary>
public enum WrittenRegister
{
    /// <summary>None, as far as the program's own fields go.</summary>
    None,

    /// <summary>The one that dst_reg names.</summary>
    Destination,

    /// <summary>The one that src_reg names.</summary>
    Source,

    /// <summary>r0.</summary>
    R0,
}

/// <summary>One executable encoding: an opcode byte with what its fields select.</summary>
/// <remarks>Everything else about an instruction varies as words; forms alone are enumerated, 170 of them.</remarks>
public sealed record Form
{
    /// <summary>The rule id, such as <c>alu/div32-x</c>: the same in pages, vectors, claims and traces.</summary>
    public required string Id { get; init; }

    /// <summary>The name in assembly text, such as <c>div32</c>; forms that differ in their operands share it.</summary>
    public required string Mnemonic { get; init; }

    /// <summary>The operation that the encoding stands for.</summary>
    public required Operation Operation { get; init; }

    /// <summary>The opcode byte.</summary>
    public required byte Opcode { get; init; }

    /// <summary>How the fields are used.</summary>
    public required Layout Layout { get; init; }

    /// <summary>The conformance group of the encoding itself.</summary>
    public required ConformanceGroup Group { get; init; }

    /// <summary>The width at which the operation computes; of memory operations, what they read or write.</summary>
    public required Width Width { get; init; }

    /// <summary>Where the second operand comes from.</summary>
    public SourceOperand Operand { get; init; } = SourceOperand.None;

    /// <summary>The register written.</summary>
    public WrittenRegister Writes { get; init; } = WrittenRegister.None;

    /// <summary>The field that holds a distance in slots, of jumps and local calls; else empty.</summary>
    public Sequence<Field> Displacement { get; init; } = [];

    /// <summary>The encodings that a profile has to grant for this one to exist; empty for most.</summary>
    public Sequence<PlatformEncoding> Needs { get; init; } = [];

    /// <summary>The class that the opcode's low bits name.</summary>
    public InstructionClass Class => (InstructionClass)(Opcode & 7);

    /// <summary>The rule id.</summary>
    public override string ToString() => Id;

    /// <summary>Whether two forms are the same: the id is unique.</summary>
    public bool Equals(Form? other) => other is not null && Id == other.Id;

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}
