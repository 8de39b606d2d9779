namespace RbpfSpec.Semantics.Encoding;

/// <summary>An instruction of other machines or of later instruction sets, which RFC 9669 does not define.</summary>
/// <remarks>
/// This machine executes none of them. They are named so that whoever meets one learns what it is: in the preflight's
/// problems, in disassembly, in assembly text, and when it is looked up. The numbers are those of Linux's
/// <c>include/uapi/linux/bpf.h</c>, of LLVM's BPF backend and of Solana's sBPF.
/// </remarks>
/// <param name="Name">What it is called, such as <c>load-acquire</c>.</param>
/// <param name="Word">The word that assembly text has for it, such as <c>load_acquire</c>.</param>
/// <param name="Description">What it does, as the rest of a sentence that starts with the name.</param>
/// <param name="Origin">Where it is from.</param>
/// <param name="Opcodes">The opcode bytes that it may have.</param>
/// <param name="Offset">The offset field that selects it; null if any does.</param>
/// <param name="Immediate">The imm field that selects it; null if any does.</param>
/// <param name="Instead">What RFC 9669 has instead.</param>
public sealed record OutsideRfc(
    string Name,
    string Word,
    string Description,
    string Origin,
    Sequence<byte> Opcodes,
    short? Offset,
    int? Immediate,
    string Instead)
{
    /// <summary>All of them.</summary>
    public static Sequence<OutsideRfc> All { get; } =
    [
        new(
            "callx", "callx", "a call through a register",
            "LLVM, uBPF, sBPF", [0x8d], null, null,
            "a call of a helper or a local function (0x85)"),
        new(
            "gotox", "gotox", "a jump to the address in a register",
            "Linux, LLVM with -mcpu=v4", [0x0d], null, null,
            "a jump by a distance (ja, 0x05)"),
        new(
            "may_goto", "may_goto", "a jump that the kernel takes when a loop has run too long",
            "Linux, LLVM with -mcpu=v4", [0xe5], null, null,
            "a conditional jump"),
        new(
            "addr_space_cast", "addr_space_cast", "a conversion of an address between address spaces",
            "Linux, LLVM", [0xbf], 1, null,
            "a move (mov, offset 0)"),
        new(
            "load-acquire", "load_acquire", "an ordered load",
            "Linux, LLVM with -mcpu=v4", [0xd3, 0xcb, 0xc3, 0xdb], null, 0x100,
            "a load (ldx), or an atomic operation that fetches"),
        new(
            "store-release", "store_release", "an ordered store",
            "Linux, LLVM with -mcpu=v4", [0xd3, 0xcb, 0xc3, 0xdb], null, 0x110,
            "a store (stx), or an atomic operation"),
        new(
            "hor64", "hor64", "an OR into the upper half of a register",
            "sBPF v2", [0xf7], null, null,
            "a wide load (lddw), or a shift and an or"),
        new(
            "return", "return", "an exit by another opcode",
            "sBPF v3", [0x9d], null, null,
            "exit (0x95)"),
    ];

    /// <summary>The one that a slot holds; null if it holds none.</summary>
    public static OutsideRfc? Of(Slot slot) => Find(slot.Opcode, slot.Offset, slot.Immediate);

    /// <summary>The one that the fields of a slot select; null if they select none.</summary>
    public static OutsideRfc? Of(Slot<Word> slot) => Of(new Slot(slot.Bits.Value));

    /// <summary>The one that assembly text has this word for; null if there is none.</summary>
    public static OutsideRfc? Named(string word)
    {
        foreach (var instruction in All)
        {
            if (instruction.Word == word || instruction.Name == word) return instruction;
        }

        return null;
    }

    /// <summary>The name, the description and the origin of the instruction, in a few words.</summary>
    public override string ToString() => $"{Name}, {Description} ({Origin}): not part of RFC 9669";

    private static OutsideRfc? Find(byte opcode, short offset, int immediate)
    {
        foreach (var instruction in All)
        {
            if (instruction.Opcodes.AsSpan().Contains(opcode)
                && (instruction.Offset ?? offset) == offset
                && (instruction.Immediate ?? immediate) == immediate)
            {
                return instruction;
            }
        }

        return null;
    }
}
