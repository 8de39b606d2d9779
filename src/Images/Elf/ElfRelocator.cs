using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Elf;

/// <summary>Fills in the references that the compiler left open.</summary>
/// <remarks>
/// LLVM's BPF relocations have no explicit addend; it stands in the place that they apply to: the low immediate of
/// an LDDW, the 8 or 4 bytes of data, and for a call the immediate, as (immediate + 1) slots.
/// </remarks>
internal sealed class ElfRelocator(ElfFile file, ElfProgram program, ElfData data)
{
    /// <summary>Builds the program, its sections joined and its references resolved.</summary>
    public bool TryLinkProgram(out byte[] text, [NotNullWhen(false)] out string? problem)
    {
        text = new byte[program.Slots * ProgramSlots.Size];
        foreach (var part in program.Parts)
        {
            var contents = file.Contents(part.Section);
            var starts = ProgramSlots.Starts(contents, [ProgramSlots.LoadDoubleWord]).ToHashSet();
            contents.CopyTo(text, part.FirstSlot * ProgramSlots.Size);
            foreach (var relocation in file.Relocations(part.Section))
            {
                var (slot, rest) = Math.DivRem(relocation.Offset, ProgramSlots.Size);
                if (rest is not 0 || slot >= (ulong)part.Slots || !starts.Contains((int)slot))
                {
                    problem = $"{relocation.Place}: byte {relocation.Offset} of {part.Section.Place} does not start "
                        + "an instruction";
                    return false;
                }

                if (!TryLinkInstruction(text, part, (int)slot, relocation, out problem)) return false;
            }
        }

        problem = null;
        return true;
    }

    /// <summary>Builds the contents of a section of data, its references resolved.</summary>
    public bool TryLinkData(ElfSection section, out byte[] contents, [NotNullWhen(false)] out string? problem)
    {
        contents = file.Contents(section);
        foreach (var relocation in file.Relocations(section))
        {
            if (!TryLinkPointer(contents, section, relocation, out problem)) return false;
        }

        problem = null;
        return true;
    }

    private bool TryLinkInstruction(
        Span<byte> text, ElfPart part, int slot, ElfRelocation relocation, [NotNullWhen(false)] out string? problem)
    {
        switch (relocation.Type)
        {
            case ElfFormat.RelocateLoad:
                return TryLinkLoad(text, part, slot, relocation, out problem);
            case ElfFormat.RelocateCall:
                return TryLinkCall(text, part, slot, relocation, out problem);
            default:
                problem = $"{relocation.Place}: {relocation.TypeName} does not apply to instructions; "
                    + "R_BPF_64_64 and R_BPF_64_32 do";
                return false;
        }
    }

    private bool TryLinkLoad(
        Span<byte> text, ElfPart part, int slot, ElfRelocation relocation, [NotNullWhen(false)] out string? problem)
    {
        var placed = part.FirstSlot + slot;
        if (ProgramSlots.Opcode(text, placed) is not ProgramSlots.LoadDoubleWord
            || ProgramSlots.SourceRegister(text, placed) is not 0
            || slot + 1 >= part.Slots)
        {
            problem = $"{relocation.Place}: R_BPF_64_64 applies to an LDDW (opcode 18, source register 0, two slots), "
                + $"but slot {slot} of {part.Section.Place} holds {ProgramSlots.Describe(text, placed)}";
            return false;
        }

        if (!data.TryResolve(relocation, out var address, out problem)) return false;

        // C may form an address outside the data (and trap when it is used), so the sum may leave the section.
        var addend = ProgramSlots.Immediate(text, placed);
        ProgramSlots.PutAddress(text, placed, unchecked(address + (ulong)addend));
        return true;
    }

    private bool TryLinkCall(
        Span<byte> text, ElfPart part, int slot, ElfRelocation relocation, [NotNullWhen(false)] out string? problem)
    {
        var placed = part.FirstSlot + slot;
        var name = relocation.Symbol.Name;
        if (ProgramSlots.Opcode(text, placed) is not ProgramSlots.Call
            || ProgramSlots.SourceRegister(text, placed) is not ProgramSlots.LocalCall)
        {
            problem = $"{relocation.Place}: R_BPF_64_32 applies to a local call (opcode 85, source register 1), "
                + $"but slot {slot} of {part.Section.Place} holds {ProgramSlots.Describe(text, placed)}";
            return false;
        }

        if (file.SectionOf(relocation.Symbol) is not { } section)
        {
            problem = $"{relocation.Place}: '{name}' is called but not defined in this object; "
                + "a helper function is called by its id";
            return false;
        }

        if (program.PartOf(section) is not { } called)
        {
            problem = $"{relocation.Place}: '{name}' is called but lies in {section.Place}, "
                + "which is not part of the program; put it in .text";
            return false;
        }

        // Wide enough for every value and addend, so that nothing wraps before it is checked.
        var addend = ((Int128)ProgramSlots.Immediate(text, placed) + 1) * ProgramSlots.Size;
        var offset = relocation.Symbol.Value + addend;
        if (offset < 0 || offset >= section.Size || offset % ProgramSlots.Size != 0)
        {
            problem = $"{relocation.Place}: '{name}' is called at byte {offset} of {section.Place}, "
                + "where no slot of it starts";
            return false;
        }

        var target = called.FirstSlot + (int)(offset / ProgramSlots.Size);
        ProgramSlots.PutImmediate(text, placed, target - (placed + 1));
        problem = null;
        return true;
    }

    private bool TryLinkPointer(
        Span<byte> contents, ElfSection section, ElfRelocation relocation, [NotNullWhen(false)] out string? problem)
    {
        var width = relocation.Type switch
        {
            ElfFormat.RelocateData64 => sizeof(ulong),
            ElfFormat.RelocateData32 => sizeof(uint),
            _ => 0,
        };
        if (width is 0)
        {
            problem = $"{relocation.Place}: {relocation.TypeName} does not apply to data; "
                + "R_BPF_64_ABS64 and R_BPF_64_ABS32 do (compilers before LLVM 13 wrote others)";
            return false;
        }

        if (relocation.Offset > (ulong)contents.Length || (ulong)contents.Length - relocation.Offset < (ulong)width)
        {
            problem = $"{relocation.Place}: {width} bytes at byte {relocation.Offset} of {section.Place} are outside "
                + $"its {contents.Length} bytes";
            return false;
        }

        if (!data.TryResolve(relocation, out var address, out problem)) return false;

        var place = contents.Slice((int)relocation.Offset, width);
        if (width is sizeof(ulong))
        {
            var addend = BinaryPrimitives.ReadUInt64LittleEndian(place);
            BinaryPrimitives.WriteUInt64LittleEndian(place, unchecked(address + addend));
            return true;
        }

        var pointer = unchecked(address + (ulong)BinaryPrimitives.ReadInt32LittleEndian(place));
        if (pointer > uint.MaxValue)
        {
            problem = $"{relocation.Place}: the address 0x{pointer:x} of '{relocation.Symbol.Name}' does not fit in "
                + "4 bytes; a lower base address is needed";
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)pointer);
        return true;
    }
}
