using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Dialects.Native;

/// <summary>Writes one block of HAVM: straight Thumb-2 code that does a run of 32-bit arithmetic, and returns.</summary>
/// <remarks>
/// Called with R0 the address of the code, R1 that of the machine's state (registers from byte 0 on, four bytes each, the
/// program counter at byte 44), SP a block of 48 bytes whose first word is the caller's SP. Ri of the program is Ri of the
/// processor, R11 holds immediates, R12 the state. R4 to R11 are saved in the block before they are used.
/// </remarks>
/// <param name="bugs">The numbers of the bugs that the compiler has.</param>
/// <param name="isModel">Whether it is the compiler of the model, whose blocks save R11 in any case, and move the program counter.</param>
internal sealed class HavmBlock(Sequence<string> bugs, bool isModel)
{
    private const int Registers = 11;
    private const int Scratch = 11;
    private const int State = 12;
    private const int Stack = 13;
    private const int Link = 14;
    private const int ProgramCounter = 44;
    private const uint Nop = 0xbf00;
    private const uint Store = 0xf8c0;
    private const uint Load = 0xf8d0;

    // Of its block a run uses bytes 0 to 3 and 16 to 47 only.
    private const int Spare = 4;

    private readonly List<uint> words = [];
    private readonly bool[] isLoaded = new bool[Registers];
    private readonly bool[] isWritten = new bool[Registers];
    private bool isScratchKept;

    /// <summary>The words of the block of a run.</summary>
    public Sequence<uint> Of(Sequence<Slot> run)
    {
        Put(Nop, 0x468c);
        if (isModel) KeepScratch();
        foreach (var slot in run) Translate(slot);
        if (isModel) MoveProgramCounter((uint)run.Count);
        for (var register = 0; register < Registers; register++)
        {
            if (isWritten[register]) Transfer(Store, register, State, 4 * register);
        }

        if (isScratchKept) Transfer(Load, Scratch, Stack, 4 * Scratch);
        for (var register = 4; register < Registers; register++)
        {
            if (isLoaded[register]) Transfer(Load, register, Stack, 4 * register);
        }

        Transfer(Load, Stack, Stack, 0);
        Put(Nop, 0x4770);
        return [.. words];
    }

    private void MoveProgramCounter(uint count)
    {
        Transfer(Load, Scratch, State, ProgramCounter);
        Put(0xf100 | Scratch, (Scratch << 8) | count);
        Transfer(Store, Scratch, State, ProgramCounter);
    }

    private void Translate(Slot slot)
    {
        var (destination, source) = ((uint)slot.Destination, (uint)slot.Source);
        Use(slot.Destination);
        isWritten[slot.Destination] = true;
        if ((slot.Opcode & 8) == 0)
        {
            ByImmediate(slot.Opcode, destination, (uint)slot.Immediate);
            return;
        }

        Use(slot.Source);
        ByRegister(slot.Opcode, destination, source);
    }

    private void Use(int register)
    {
        if (isLoaded[register]) return;
        isLoaded[register] = true;
        if (register >= 4) Transfer(Store, register, Stack, 4 * register);
        Transfer(Load, register, State, 4 * register);
    }

    private void ByRegister(byte opcode, uint d, uint s)
    {
        switch (opcode)
        {
            case 0x0c: Special(0x4400, d, s); break;
            case 0x1c: Put(0xeba0 | d, (d << 8) | s); break;
            case 0x2c: Put(0xfb00 | d, 0xf000 | (d << 8) | s); break;
            case 0x3c when !bugs.Contains("J-2"): Put(0xfbb0 | d, 0xf0f0 | (d << 8) | s); break;
            case 0x4c: Put(0xea40 | d, (d << 8) | s); break;
            case 0x5c: Put(0xea00 | d, (d << 8) | s); break;
            case 0x6c: Shift(0xfa00, d, s); break;
            case 0x7c: Shift(0xfa20, d, s); break;
            case 0x9c when !bugs.Contains("J-3"):
                KeepScratch();
                Put(0xfbb0 | d, 0xf0f0 | (Scratch << 8) | s);
                Put(0xfb00 | Scratch, (d << 12) | (d << 8) | 0x10 | s);
                break;
            case 0xac: Put(0xea80 | d, (d << 8) | s); break;
            case 0xbc when d != s: Special(0x4600, d, s); break;
            case 0xcc: Shift(0xfa40, d, s); break;
            default: break;
        }
    }

    private void ByImmediate(byte opcode, uint d, uint immediate)
    {
        var isSkipped = bugs.Contains("J-6");
        switch (opcode)
        {
            case 0x04: Plain(0xf100, opcode, d, immediate); break;
            case 0x14: Plain(0xf1a0, opcode, d, immediate); break;
            case 0x24:
                Move(Scratch, immediate);
                ByRegister(0x2c, d, Scratch);
                break;
            case 0x34 when immediate != 0 || !isSkipped:
                Move(Scratch, immediate);
                Put(0xfbb0 | d, 0xf0f0 | (d << 8) | Scratch);
                break;
            case 0x44: Plain(0xf040, opcode, d, immediate); break;
            case 0x54: Plain(0xf000, opcode, d, immediate); break;
            case 0x64 when immediate < 32 || !isSkipped: ShiftBy(0xfa00, d, immediate); break;
            case 0x74 when immediate < 32 || !isSkipped: ShiftBy(0xfa20, d, immediate); break;
            case 0x84: Negate(d, immediate); break;
            case 0x94 when !bugs.Contains("J-3"): Remainder(d, immediate); break;
            case 0xa4: Plain(0xf080, opcode, d, immediate); break;
            case 0xb4: Move(d, immediate); break;
            case 0xc4 when immediate < 32 || !isSkipped: ShiftBy(0xfa40, d, immediate); break;
            default: break;
        }
    }

    // One instruction for a byte; else the immediate in R11, and the instruction by a register.
    private void Plain(uint code, byte opcode, uint d, uint immediate)
    {
        if (immediate <= 255)
        {
            Put(code | d, (d << 8) | immediate);
            return;
        }

        Move(Scratch, immediate);
        ByRegister((byte)(opcode | 8), d, Scratch);
    }

    private void Shift(uint code, uint d, uint s)
    {
        if (bugs.Contains("J-5"))
        {
            Put(code | d, 0xf000 | (d << 8) | s);
            return;
        }

        KeepScratch();
        Put(0xf000 | s, (Scratch << 8) | 31);
        Put(code | d, 0xf000 | (d << 8) | Scratch);
    }

    private void ShiftBy(uint code, uint d, uint immediate)
    {
        Move(Scratch, immediate & 31);
        Put(code | d, 0xf000 | (d << 8) | Scratch);
    }

    private void Negate(uint d, uint immediate)
    {
        if (!bugs.Contains("J-4"))
        {
            Put(0xf1c0 | d, d << 8);
            return;
        }

        Move(Scratch, immediate);
        Put(0xf1c0 | Scratch, d << 8);
    }

    // The quotient in LR, which a spare word of the block keeps meanwhile.
    private void Remainder(uint d, uint immediate)
    {
        Move(Scratch, immediate);
        Transfer(Store, Link, Stack, Spare);
        Put(0xfbb0 | d, 0xf0f0 | (Link << 8) | Scratch);
        Put(0xfb00 | Link, (d << 12) | (d << 8) | 0x10 | Scratch);
        Transfer(Load, Link, Stack, Spare);
    }

    private void Move(uint register, uint immediate)
    {
        var isLate = bugs.Contains("J-8");
        if (!isLate) KeepScratch();
        MoveHalf(0xf240, register, immediate & 0xffff);
        if (immediate >> 16 == 0) return;
        if (isLate) KeepScratch();
        MoveHalf(0xf2c0, register, immediate >> 16);
    }

    private void MoveHalf(uint code, uint register, uint half) => Put(
        code | (half >> 12) | (((half >> 11) & 1) << 10),
        (((half >> 8) & 7) << 12) | (register << 8) | (half & 0xff));

    private void KeepScratch()
    {
        if (isScratchKept) return;
        isScratchKept = true;
        Transfer(Store, Scratch, Stack, 4 * Scratch);
    }

    // Instructions of one halfword come after one that does nothing.
    private void Special(uint code, uint d, uint s) => Put(Nop, code | (d & 7) | (s << 3) | ((d >> 3) << 7));

    private void Transfer(uint code, int register, int address, int offset) =>
        Put(code | (uint)address, ((uint)register << 12) | (uint)offset);

    private void Put(uint first, uint second) => words.Add(first | (second << 16));
}
