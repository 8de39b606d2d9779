using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Images.Elf;

/// <summary>The target of a local call.</summary>
internal abstract record ElfCallee
{
    private ElfCallee() { }

    /// <summary>A function of the object: a slot of a section.</summary>
    public sealed record Function(ElfSection Section, int Slot) : ElfCallee;

    /// <summary>A helper, whose name the object only declares.</summary>
    public sealed record HelperFunction(uint Id) : ElfCallee;

    /// <summary>Nothing that can be called.</summary>
    public sealed record Nothing(string Problem) : ElfCallee;

    /// <summary>The target of the call with a relocation.</summary>
    /// <param name="file">The object.</param>
    /// <param name="text">The section that calls.</param>
    /// <param name="slot">The slot of the call.</param>
    /// <param name="relocation">Its relocation.</param>
    /// <param name="helpers">The helpers that may be called by name.</param>
    public static ElfCallee Of(ElfFile file, ElfText text, int slot, ElfRelocation relocation, Sequence<Helper> helpers)
    {
        if (!ProgramSlots.IsLocalCall(text.Contents, slot))
        {
            return new Nothing($"{relocation.Place}: R_BPF_64_32 applies to a local call (opcode 85, source register 1), "
                + $"but slot {slot} of {text.Section.Place} holds {ProgramSlots.Describe(text.Contents, slot)}");
        }

        var symbol = relocation.Symbol;
        if (symbol.IsUndefined) return Undefined(symbol, relocation, helpers);
        if (file.SectionOf(symbol) is not { IsText: true } section)
        {
            var place = file.SectionOf(symbol)?.Place ?? "no section";
            return new Nothing($"{relocation.Place}: '{symbol.ShortName}' is called but lies in {place}, "
                + "which holds no instructions");
        }

        // Wide enough for every value and addend, so that nothing wraps before it is checked.
        var addend = ((Int128)ProgramSlots.Immediate(text.Contents, slot) + 1) * ProgramSlots.Size;
        var offset = symbol.Value + addend;
        return offset < 0 || offset >= section.Size || offset % ProgramSlots.Size != 0
            ? new Nothing($"{relocation.Place}: '{symbol.ShortName}' is called at byte {offset} of {section.Place}, "
                + "where no slot of it starts")
            : new Function(section, (int)(offset / ProgramSlots.Size));
    }

    private static ElfCallee Undefined(ElfSymbol symbol, ElfRelocation relocation, Sequence<Helper> helpers)
    {
        foreach (var helper in helpers)
        {
            if (helper.IsCalled(symbol.Name)) return new HelperFunction(helper.Id);
        }

        var name = symbol.ShortName;
        var start = $"{relocation.Place}: '{name}' is called but not defined in this object; ";
        foreach (var helper in HelperCatalogue.Declarations)
        {
            if (helper.IsCalled(symbol.Name))
                return new Nothing($"{start}{name} is helper 0x{helper.Id:x}; grant it by --helpers {helper.Name}");
        }

        return new Nothing(start + (symbol.IsWeak
            ? "it is weak, so its address is 0, where nothing can be called"
            : $"define it, or call a helper: {NameList.Of(helpers.Select(static helper => helper.Name))}"));
    }
}
