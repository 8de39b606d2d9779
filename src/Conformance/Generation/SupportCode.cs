using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation;

/// <summary>The instructions that programs of a suite are made of, besides the one under test.</summary>
/// <remarks>Of 64 bits where the profile has them; else of 32, with which no upper half can be set or seen.</remarks>
/// <param name="profile">The machine variant, which says what there is.</param>
internal sealed class SupportCode(Profile profile)
{
    private static readonly Dictionary<string, Form> ById = OperationTable.Forms.ToDictionary(form => form.Id);

    /// <summary>Whether there are instructions of 64 bits.</summary>
    public bool IsWide { get; } = profile.Has(ConformanceGroup.Base64);

    /// <summary>Whether programs show what the instruction writes, in as few instructions as that takes; else every register.</summary>
    public bool IsShort { get; init; }

    /// <summary>The encoding with a rule id.</summary>
    public static Form Form(string id) => ById[id];

    /// <summary>EXIT.</summary>
    public static Instruction Exit => Instruction.Of(Form("jmp/exit"));

    /// <summary>JA.</summary>
    public static Instruction Jump(int slots) => Instruction.Of(Form("jmp/ja"), offset: (short)slots);

    /// <summary>JEQ of a register and an immediate.</summary>
    public Instruction JumpIfEqual(int register, int immediate, int slots) =>
        Instruction.Of(Form($"jmp/jeq{Bits}-k"), new((byte)register), offset: (short)slots, immediate: immediate);

    /// <summary>A register becomes a number; null if there is no instruction for it.</summary>
    public Instruction? Number(int register, ulong value) => (IsWide, value) switch
    {
        (true, _) when (ulong)(int)value == value => Alu("mov", register, (int)value),
        (true, _) => Instruction.Of(
            Form("imm/lddw"), new((byte)register), immediate: (int)value, nextImmediate: (int)(value >> 32)),
        (false, <= uint.MaxValue) => Alu("mov", register, (int)value),
        _ => null,
    };

    /// <summary>An operation with an immediate.</summary>
    public Instruction Alu(string mnemonic, int destination, int immediate) =>
        Instruction.Of(Form($"alu/{mnemonic}{Bits}-k"), new((byte)destination), immediate: immediate);

    /// <summary>An operation of two registers.</summary>
    public Instruction Alu(string mnemonic, int destination, Register source) =>
        Instruction.Of(Form($"alu/{mnemonic}{Bits}-x"), new((byte)destination), source);

    /// <summary>A register becomes the lower half of another, with zeros above it, or with its sign bit.</summary>
    public IEnumerable<Instruction> LowerHalf(int destination, Register source, bool isSigned) => IsWide
        ? [Alu("mov", destination, source), Alu("lsh", destination, 32), Alu(isSigned ? "arsh" : "rsh", destination, 32)]
        : [Alu("mov", destination, source)];

    /// <summary>
    /// Loads of the bytes around an address in the given register, as wide as there are, each with what folds it into r0.
    /// </summary>
    /// <param name="base">The register with the address.</param>
    /// <param name="from">The distance of the first byte.</param>
    /// <param name="count">How many bytes, a multiple of 8.</param>
    /// <param name="scratch">A register to load into.</param>
    public IEnumerable<Instruction> Probe(int @base, int from, int count, int scratch)
    {
        var (load, step) = IsWide ? ("mem/ldxdw", 8) : ("mem/ldxw", 4);
        for (var at = 0; at < count; at += step)
        {
            yield return Instruction.Of(Form(load), new((byte)scratch), new((byte)@base), (short)(from + at));
            yield return Fold(at / step, scratch);
        }
    }

    /// <summary>Folds a register into r0: each way is a bijection of both, so that a wrong bit of either shows.</summary>
    /// <param name="place">Even places add, odd ones take the exclusive or, so that registers cannot change places unseen.</param>
    /// <param name="register">The register.</param>
    public Instruction Fold(int place, int register) => Alu(place % 2 == 0 ? "add" : "xor", 0, new Register((byte)register));

    private string Bits => IsWide ? "64" : "32";
}
