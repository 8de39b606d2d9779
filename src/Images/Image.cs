using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Images;

/// <summary>A program as it is loaded: its slots, where it starts, and the data that it addresses.</summary>
/// <remarks>
/// Every reference from the program to its data is an absolute address by now, and every reference between its
/// functions a local call, so the program needs nothing but its regions. Whether it is a valid program is for the
/// preflight to say: the length may be no multiple of 8 bytes, and opcodes may be unknown.
/// </remarks>
public sealed record Image
{
    /// <summary>The form of the file that the image came in.</summary>
    public required ImageFormat Format { get; init; }

    /// <summary>The text: 8 bytes a slot, fields little-endian.</summary>
    public required Sequence<byte> Program { get; init; }

    /// <summary>The slot index of the first instruction to run.</summary>
    public int Entry { get; init; }

    /// <summary>The program's data, in ascending order of address; no two overlap or touch.</summary>
    public Sequence<ImageRegion> Regions { get; init; }

    /// <summary>The functions that the file names, in ascending order of slot.</summary>
    public Sequence<ImageFunction> Functions { get; init; }

    /// <summary>The jump targets that the file names, in ascending order of slot.</summary>
    public Sequence<ImageLabel> Labels { get; init; }

    /// <summary>Where the slots lie in the file's sections, in ascending order of slot (ELF only).</summary>
    public Sequence<ImagePart> Parts { get; init; }

    /// <summary>The lines of source that slots come from, in ascending order of slot; empty if the file tells none.</summary>
    public Sequence<ImageLine> Lines { get; init; }

    /// <summary>The notes for a user about a file that could be read: one English sentence each.</summary>
    public Sequence<string> Notes { get; init; }

    /// <summary>The line of source that the instruction at a slot comes from; null if the file does not tell.</summary>
    /// <param name="slot">The slot index; one outside the program has no line.</param>
    public SourceLine? SourceAt(ulong slot)
    {
        if (slot >= (ulong)Program.Count / ProgramSlots.Size) return null;
        var (low, high) = (0, Lines.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if ((ulong)Lines[middle].Slot <= slot) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? null : Lines[low - 1].Source;
    }

    /// <summary>The program if it may run; else nothing, and the problems that the preflight check has with it.</summary>
    /// <param name="rules">What it is checked against.</param>
    /// <param name="problems">The problems; none if it may run.</param>
    /// <param name="most">How many problems are enough: the rest of the program is not looked at.</param>
    public CheckedProgram? Check(Admission rules, out Sequence<Problem> problems, int most = int.MaxValue) =>
        CheckedProgram.Check(Program.AsSpan(), Entry, rules, out problems, most);

    /// <summary>A reference machine of a profile, loaded with the program.</summary>
    public ReferenceMachine Machine(Profile profile) => new(Semantics.Encoding.Program.Of(Program.AsSpan()), profile);

    /// <summary>The start of a run: the entry, and the image's regions.</summary>
    public Start Start(Profile profile) => new(profile)
    {
        Entry = Entry,
        Regions = Regions.Map(region => region.ToMapped()),
    };
}

/// <summary>Data of a program, to be mapped for the duration of a run.</summary>
/// <param name="Name">The section's name, such as <c>.rodata</c>.</param>
/// <param name="Address">The address of the first byte.</param>
/// <param name="Bytes">The initial contents, never empty.</param>
/// <param name="Permission">What the program may do with them.</param>
public sealed record ImageRegion(string Name, ulong Address, Sequence<byte> Bytes, Permission Permission)
{
    /// <summary>The region as a machine has it.</summary>
    public Region<Word> ToMapped() => Region.Of(Name, Address, Bytes.AsSpan(), Permission);
}

/// <summary>Slots of a program that lie together in a section of the file.</summary>
/// <param name="Section">The section's name.</param>
/// <param name="SectionIndex">The section's index in the file.</param>
/// <param name="SectionSlot">The slot index, in the section, of the first of them.</param>
/// <param name="Slot">The slot index, in the program, of the first of them.</param>
/// <param name="Slots">How many there are.</param>
public sealed record ImagePart(string Section, int SectionIndex, int SectionSlot, int Slot, int Slots);

/// <summary>A function of a program.</summary>
/// <param name="Name">The function's symbol.</param>
/// <param name="Slot">The slot index of its first instruction.</param>
/// <param name="Slots">Its length in slots.</param>
public sealed record ImageFunction(string Name, int Slot, int Slots);

/// <summary>A named slot, usually a jump target.</summary>
/// <param name="Name">The label's symbol, such as <c>LBB0_2</c>.</param>
/// <param name="Slot">The slot index; the number of slots for a label at the very end.</param>
public sealed record ImageLabel(string Name, int Slot);
