using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Dialects.Native;

/// <summary>µBPF's compiler for a Cortex-M4: one register of the processor for each of the program's, whatever its width.</summary>
/// <remarks>
/// Modelled are the instructions that its known bugs are about, one at a time: R0 to R9 are r0 to r9, R11 is r10. Without
/// bugs it is what a compiler can emit that keeps registers of 32 bits whose high halves are zero; where there is no such
/// code, the bug is that it emits some, and does so in any case. The inline check of an access takes the start of the one
/// region, 64 bytes, from R10, and works in LR, which the compiled program has saved.
/// </remarks>
/// <param name="Bugs">The numbers of the bugs that it has.</param>
public sealed record MicroBpfCompiler(Sequence<string> Bugs)
{
    /// <summary>The bytes of the region that inline checks are made for.</summary>
    public const int RegionBytes = 64;

    /// <summary>The register of the processor that holds the start of that region.</summary>
    public const int RegionStart = 10;

    private const string Name = "µBPF";
    private const uint Spare = 12;
    private const uint Link = 14;

    private static readonly Clause Source = new(Name, "src/jit_thumbv7em.rs");

    /// <summary>The bugs of the compiler.</summary>
    public static Sequence<NativeBug> Known =>
    [
        Bug("U-1", "Native code makes accesses without any check."),
        Bug("U-2", "DIV and MOD divide signed numbers."),
        Bug("U-3", "JGE and JLT compare signed numbers."),
        Bug("U-4", "JSET compares its operands, and jumps if the first is not below the second."),
        Bug("U-5", "ARSH by an immediate shifts the register that the unused source field names, which is r0."),
        Bug("U-6", "SUB by a register takes the numbers of the program's registers for those of the processor, and three bits of them."),
        Bug("U-7", "ADD of an immediate above 255 adds its low 8 bits, or 12 where the destination is r8 or above."),
        Bug("U-8", "ADD of a negative immediate subtracts 12 bits of its absolute value."),
        Bug("U-9", "Shifts by 32 do nothing, and shifts by more shift by 32 less."),
        Bug("U-10", "Conversion to little-endian does nothing, not even cut off what is above its width."),
        Bug("U-11", "A wide load loads the low half."),
        Bug("U-12", "Arithmetic of 64 bits is done as that of 32."),
        Bug("U-13", "Jumps of class 5 compare 32 bits."),
        Bug("U-14", "A load of 8 bytes loads 4, and a store stores 4."),
        Bug("U-15", "Shifts right by an immediate of 0 shift by 32, as the encoding has it."),
    ];

    /// <summary>The compiler with every bug.</summary>
    public static MicroBpfCompiler Published { get; } = new(Known.Map(bug => bug.Number));

    /// <summary>The code of an instruction.</summary>
    /// <remarks>It goes on at its end, at four bytes from there if a jump is taken, at eight on a trap.</remarks>
    /// <exception cref="NotSupportedException">
    /// The instruction is none of those that are modelled, or names r8 to r10 where its code has three bits for a register.
    /// </exception>
    public Sequence<ushort> Translate(Instruction instruction) =>
        Code(instruction, Mapped(instruction.Destination), Mapped(instruction.Source), instruction.Immediate);

    /// <summary>The register of the processor that holds one of the program.</summary>
    public static int RegisterOf(int number) => number == Register.Last ? 11 : number;

    private static uint Mapped(Register register) => (uint)RegisterOf(register.Number);

    private Sequence<ushort> Code(Instruction instruction, uint d, uint s, int immediate)
    {
        var isByRegister = instruction.Form.Operand is SourceOperand.Register;
        var isNarrow = instruction.Form.Operation
            is JumpOperation or WideLoad or AluOperation.ShiftRight or AluOperation.ShiftRightSigned or AluOperation.ToLittleEndian;
        if (isNarrow && (d > 7 || s > 7)) throw NotModelled(instruction);
        return instruction.Form.Operation switch
        {
            AluOperation.Add => isByRegister ? [Special(d, s)] : Add(d, immediate),
            AluOperation.Subtract when isByRegister => Subtract(instruction, d, s),
            AluOperation.Division.Divide when isByRegister => Wide((Has("U-2") ? 0xfb90u : 0xfbb0) | d, 0xf0f0 | (d << 8) | s),
            AluOperation.ShiftRight when !isByRegister => ShiftRight(0x0800, instruction.Form.Width.Bits, d, d, immediate),
            AluOperation.ShiftRightSigned when !isByRegister =>
                ShiftRight(0x1000, instruction.Form.Width.Bits, d, Has("U-5") ? s : d, immediate),
            AluOperation.ToLittleEndian => Has("U-10") || instruction.Form.Width.Bits > 16 ? [] : [Narrow(0xb280 | (d << 3) | d)],
            WideLoad.Plain when immediate is >= 0 and < 256 => [Narrow(0x2000 | (d << 8) | (uint)immediate)],
            JumpOperation.GreaterOrEqual => Compare(d, s, Has("U-3") ? 0xau : 0x2),
            JumpOperation.Less => Compare(d, s, Has("U-3") ? 0xbu : 0x3),
            JumpOperation.GreaterSigned => Compare(d, s, 0xc),
            JumpOperation.AnyBitSet => Has("U-4") ? Compare(d, s, 0x2) : [Narrow(0x4200 | (s << 3) | d), Branch(0x1, to: 4)],
            MemoryOperation.Load when d < 8 && s < 8 =>
                [.. Has("U-1") ? [] : Checked(s, instruction.Form.Width.Bytes), Narrow(0x6800 | (s << 3) | d)],
            _ => throw NotModelled(instruction),
        };
    }

    private static NotSupportedException NotModelled(Instruction instruction) => new(
        $"{instruction.Form.Id} of r{instruction.Destination.Number} and r{instruction.Source.Number} is none of the instructions "
        + "that are modelled");

    private Sequence<ushort> Add(uint d, int immediate)
    {
        if (immediate < 0 && Has("U-8")) return Wide(0xf2a0 | d, (d << 8) | 0, (uint)-immediate);
        if (immediate >= 0 && Has("U-7"))
            return d < 8 ? [Narrow(0x3000 | (d << 8) | ((uint)immediate & 0xff))] : Wide(0xf200 | d, d << 8, (uint)immediate);
        return [.. Half(0xf240, (uint)immediate & 0xffff), .. Half(0xf2c0, (uint)immediate >> 16), Special(d, Spare)];
    }

    private Sequence<ushort> Subtract(Instruction instruction, uint d, uint s) => Has("U-6")
        ? [Narrow(0x1a00 | Low(instruction.Source, 6) | Low(instruction.Destination, 3) | Low(instruction.Destination, 0))]
        : Wide(0xeba0 | d, (d << 8) | s);

    private Sequence<ushort> ShiftRight(uint code, int width, uint d, uint m, int amount)
    {
        if (amount >= 32 && width == 64 && !Has("U-9")) return [Narrow(0x2000 | (d << 8))];
        if (amount == 32 && Has("U-9")) return [0xbf00];
        if (amount % 32 == 0 && !Has("U-15")) return [];
        return [Narrow(code | (((uint)amount % 32) << 6) | (m << 3) | d)];
    }

    private static Sequence<ushort> Compare(uint d, uint s, uint condition) =>
        [Narrow(0x4280 | (s << 3) | d), Branch(condition, to: 4)];

    // LR is the distance from the start of the region; more than what leaves room for the bytes is a trap.
    private static Sequence<ushort> Checked(uint address, int bytes) =>
    [
        .. Wide(0xeba0 | address, (Link << 8) | RegionStart),
        .. Wide(0xf1b0 | Link, 0x0f00 | (uint)(RegionBytes - bytes)),
        Branch(0x8, to: 10),
    ];

    // To so many bytes from the instruction after it.
    private static ushort Branch(uint condition, int to) => Narrow(0xd000 | (condition << 8) | (uint)((to - 2) / 2));

    private static uint Low(Register register, int shift) => ((uint)register.Number & 7) << shift;

    private static ushort Special(uint d, uint s) => Narrow(0x4400 | (d & 7) | (s << 3) | ((d >> 3) << 7));

    private static Sequence<ushort> Half(uint code, uint half) => Wide(
        code | (half >> 12), Spare << 8, half & 0xfff);

    // Twelve bits lie in three places.
    private static Sequence<ushort> Wide(uint first, uint second, uint twelve) => Wide(
        first | (((twelve >> 11) & 1) << 10), second | (((twelve >> 8) & 7) << 12) | (twelve & 0xff));

    private static Sequence<ushort> Wide(uint first, uint second) => [Narrow(first), Narrow(second)];

    private static ushort Narrow(uint halfword) => (ushort)halfword;

    private bool Has(string number) => Bugs.Contains(number);

    private static NativeBug Bug(string number, string summary) => new(number, Name, summary, Source);
}
