using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Specification.Pages;

/// <summary>Operations that share a page.</summary>
/// <param name="File">The page's file name, without folder and ending.</param>
/// <param name="Title">Its title.</param>
/// <param name="Lead">What they have in common, in Markdown.</param>
/// <param name="Has">Whether an operation is one of them.</param>
public sealed record InstructionFamily(string File, string Title, string Lead, Func<Operation, bool> Has)
{
    private const string Alu =
        "At 64 bits the operands are the whole registers and `imm` extended with its sign; "
        + "at 32 bits they are the low halves, and the upper half of the destination becomes 0.";

    private const string Compare =
        "At 64 bits whole registers are compared, and `imm` is extended with its sign; at 32 bits the low halves are, with `imm` as it is.";

    /// <summary>Every family, in the order of RFC 9669; each operation is in one.</summary>
    public static Sequence<InstructionFamily> All { get; } =
    [
        new("arithmetic", "Arithmetic", Alu, operation => operation
            is AluOperation.Add or AluOperation.Subtract or AluOperation.Multiply or AluOperation.Negate),
        new("division", "Division and modulo", $"{Alu} A zero divisor traps, and the destination keeps its value.", operation => operation
            is AluOperation.Division),
        new("bitwise", "Bitwise operations", Alu, operation => operation is AluOperation.Or or AluOperation.And or AluOperation.Xor),
        new("shifts", "Shifts", $"{Alu} Of the amount only the low 6 bits count, or 5 at 32 bits.", operation => operation
            is AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned),
        new("moves", "Moves", Alu, operation => operation is AluOperation.Move or AluOperation.MoveSigned),
        new("byte-order", "Byte order", "`imm` says how many low bits of the register take part; the others become 0. "
            + "The machine is little-endian, whatever processor it runs on ([D-20](../81-deviations.md#d-20)): "
            + "`le` keeps the order, `be` reverses it, and so does `bswap`, which would on a big-endian machine, too.",
            operation =>
                operation
            is AluOperation.ToLittleEndian or AluOperation.ToBigEndian or AluOperation.SwapBytes),
        new(
            "jumps", "Jumps", $"{Compare} A jump that is taken goes to `pc + 1 + offset` and costs one branch of the budget.", operation =>
                operation
            is JumpOperation),
        new(
            "calls",
            "Calls and exit",
            "[Calls and helper functions](../70-calls.md) says what a frame is, and what a helper may do.",
            operation =>
                operation
            is CallOperation),
        new("loads-and-stores", "Loads and stores", "[Memory](../40-memory.md) says which accesses are granted.", operation => operation
            is MemoryOperation),
        new("atomic", "Atomic operations", "[Memory](../40-memory.md) says which accesses are granted: "
            + "these need a region that may be read and written. Memory is read and written in one step; `old` is what it held before. "
            + "Without `fetch` the operation changes memory alone; with it, `src` becomes the old value, and at 32 bits its upper half 0.",
            operation =>
                operation
            is AtomicOperation),
        new("wide", "Wide loads", "These take two slots. All but the plain value mean what the platform says, "
            + "and exist only where a profile grants them.", operation => operation
            is WideLoad),
        new("packet", "Packet access", "Deprecated by RFC 9669, and in no profile of this project; "
            + "stated, so that machines that have them can be compared.", operation => operation
            is PacketLoad),
    ];

    /// <summary>The page's path under <c>spec/</c>.</summary>
    public string Path => $"30-instructions/{File}.md";

    /// <summary>The path under <c>spec/</c> of the page of its vectors and claims.</summary>
    public string HoldersPath => $"31-vectors-and-claims/{File}.md";

    /// <summary>The family of an operation.</summary>
    public static InstructionFamily Of(Operation operation) => All.Single(family => family.Has(operation));
}
