using RbpfSpec.Images.Dwarf;
using RbpfSpec.Images.Elf;

namespace RbpfSpec.Images.Variables;

/// <summary>Reads the variables of a program from the debug information of the object that it came from.</summary>
public static class VariablesFile
{
    /// <summary>Reads them; never throws because of the bytes, and never reads beyond them.</summary>
    /// <param name="bytes">The object.</param>
    /// <param name="image">The program that was read from it.</param>
    /// <param name="note">What a user should know: why there are none although there is debug information; null if nothing.</param>
    public static ProgramVariables Read(byte[] bytes, Image image, out string? note)
    {
        ArgumentNullException.ThrowIfNull(image);
        note = null;
        if (image.Format is not ImageFormat.Elf || image.Parts.IsEmpty
            || !ElfFile.TryRead(bytes, out var file, out _) || file.Order.IsBig)
        {
            return ProgramVariables.None;
        }

        if (DwarfVariables.TryRead(file, image.Parts, out var read, out var problem)) return read;
        note = $"{problem}: no variables are told";
        return ProgramVariables.None;
    }
}
