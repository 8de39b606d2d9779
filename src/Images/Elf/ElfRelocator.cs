using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Images.Elf;

/// <summary>Fills in the references that the compiler left open.</summary>
/// <remarks>
/// LLVM's BPF relocations have no explicit addend; it stands in the place that they apply to: the low immediate of
/// an LDDW, the 8 or 4 bytes of data, and for a call the immediate, as (immediate + 1) slots.
/// </remarks>
internal sealed class ElfRelocator(ElfFile file, ElfProgram program, ElfData data, Sequence<Helper> helpers)
{
    private const int MostNotes = 5;
    private readonly List<string> leftOpen = [];

    /// <summary>The places that were left as the file has them, because nothing refers to them: at most a few sentences.</summary>
    public IEnumerable<string> Notes => leftOpen.Count <= MostNotes
        ? leftOpen
        : leftOpen.Take(MostNotes).Append($"and {leftOpen.Count - MostNotes} more like these");

    /// <summary>Builds the program, its parts joined and their references resolved.</summary>
    public bool TryLinkProgram(out byte[] text, [NotNullWhen(false)] out string? problem)
    {
        text = new byte[program.Slots * ProgramSlots.Size];
        foreach (var part in program.Parts)
        {
            part.Text.Contents[(part.Piece.First * ProgramSlots.Size)..(part.Piece.End * ProgramSlots.Size)]
                .CopyTo(text.AsSpan(part.FirstSlot * ProgramSlots.Size));
            foreach (var slot in part.Starts)
            {
                if (!TryLinkInstruction(text, part, slot, out problem)) return false;
            }
        }

        problem = null;
        return true;
    }

    /// <summary>Builds the contents of a section of data, its references resolved.</summary>
    /// <remarks>
    /// What cannot be resolved is a problem only in an object that something refers to, or where no symbol tells objects
    /// apart: a table of functions that nothing uses does not matter.
    /// </remarks>
    public bool TryLinkData(ElfSection section, out byte[] contents, [NotNullWhen(false)] out string? problem)
    {
        contents = file.Contents(section);
        foreach (var relocation in file.Relocations(section))
        {
            if (TryLinkPointer(contents, section, relocation, out problem)) continue;
            if (data.UnusedAt(section, relocation.Offset) is not { } unused) return false;
            leftOpen.Add($"{problem}; '{unused.ShortName}' holds it, which nothing refers to, so it does not matter");
        }

        problem = null;
        return true;
    }

    private bool TryLinkInstruction(Span<byte> text, ElfPart part, int slot, [NotNullWhen(false)] out string? problem)
    {
        if (FallsOff(part, slot) && IsInProgram(part.FirstSlot + part.Slots))
        {
            problem = $"execution goes on behind slot {slot}, the last of {part.Section.Place}";
            return false;
        }

        if (part.Text.RelocationAt(slot) is not { } relocation) return TryKeepInside(text, part, slot, out problem);
        switch (relocation.Type)
        {
            case ElfFormat.RelocateLoad:
                return TryLinkLoad(text, part, slot, relocation, out problem);
            case ElfFormat.RelocateCall:
                LinkCall(text, part, slot, relocation);
                problem = null;
                return true;
            default:
                problem = $"{relocation.Place}: {relocation.TypeName} does not apply to instructions; "
                    + "R_BPF_64_64 and R_BPF_64_32 do";
                return false;
        }
    }

    // What leads out of the section must not lead to what stands behind it in the program by chance.
    private bool TryKeepInside(Span<byte> text, ElfPart part, int slot, [NotNullWhen(false)] out string? problem)
    {
        var placed = PlacedAt(part, slot);
        var contents = part.Text.Contents;
        problem = null;
        if (ProgramSlots.IsLocalCall(contents, slot))
        {
            if (ElfProgram.CalledWithin(part.Text, slot) is { } called)
            {
                PutDistance(text, placed, part.Section, called);
                return true;
            }

            if (IsInProgram(placed + 1L + ProgramSlots.Immediate(contents, slot)))
            {
                problem =
                    $"slot {slot} of {part.Section.Place} calls slot {slot + 1L + ProgramSlots.Immediate(contents, slot)}, outside of it";
            }
        }
        else if (ProgramSlots.JumpTarget(contents, slot) is { } target
            && (target < 0 || target >= part.Section.Slots)
            && IsInProgram(placed + target - slot))
        {
            problem = $"slot {slot} of {part.Section.Place} jumps to slot {target}, outside of it";
        }

        return problem is null;
    }

    private static bool FallsOff(ElfPart part, int slot) => part.Piece.End == part.Section.Slots
        && !ProgramSlots.IsLast(ProgramSlots.Opcode(part.Text.Contents, slot))
        && (slot == part.Piece.End - 1 || (slot == part.Piece.End - 2 && !part.Text.Starts(slot + 1)));

    private bool IsInProgram(long slot) => slot >= 0 && slot < program.Slots;

    private static int PlacedAt(ElfPart part, int slot) => part.FirstSlot + (slot - part.Piece.First);

    private void PutDistance(Span<byte> text, int placed, ElfSection section, int called)
    {
        if (program.SlotOf(section, called) is not { } target) throw new UnreachableException();
        ProgramSlots.PutImmediate(text, placed, target - (placed + 1));
    }

    private bool TryLinkLoad(
        Span<byte> text, ElfPart part, int slot, ElfRelocation relocation, [NotNullWhen(false)] out string? problem)
    {
        var placed = PlacedAt(part, slot);
        if (ProgramSlots.Opcode(text, placed) is not ProgramSlots.LoadDoubleWord
            || ProgramSlots.SourceRegister(text, placed) is not 0
            || slot + 1 >= part.Section.Slots)
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

    private void LinkCall(Span<byte> text, ElfPart part, int slot, ElfRelocation relocation)
    {
        var placed = PlacedAt(part, slot);
        switch (ElfCallee.Of(file, part.Text, slot, relocation, helpers))
        {
            case ElfCallee.Function(var section, var called):
                PutDistance(text, placed, section, called);
                break;
            case ElfCallee.HelperFunction(var id):
                ProgramSlots.PutHelper(text, placed, id);
                break;
            case ElfCallee.Nothing:
                // Such a call belongs to no program: gathering it has failed.
                throw new UnreachableException();
        }
    }

    private bool TryLinkPointer(
        Span<byte> contents, ElfSection section, ElfRelocation relocation, [NotNullWhen(false)] out string? problem)
    {
        var width = relocation.Bytes;
        if (width is 0)
        {
            problem = $"{relocation.Place}: {relocation.TypeName} does not apply to data; "
                + "R_BPF_64_ABS64 and R_BPF_64_ABS32 do (compilers before LLVM 13 wrote others)";
            return false;
        }

        if (!relocation.LiesWithin((ulong)contents.Length))
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
            problem = $"{relocation.Place}: the address 0x{pointer:x} of '{relocation.Symbol.ShortName}' does not fit in "
                + "4 bytes; a lower base address is needed";
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)pointer);
        return true;
    }
}
