using RbpfSpec.Images.Variables;

namespace RbpfSpec.Images.Dwarf;

/// <summary>Where addresses of an object lie in the program that was linked of it.</summary>
internal sealed class LinkedSlots
{
    private readonly Dictionary<int, ImagePart[]> parts;

    /// <summary>Those of a program.</summary>
    /// <param name="all">Where its slots lie in the sections.</param>
    public LinkedSlots(Sequence<ImagePart> all) => parts = all.GroupBy(static part => part.SectionIndex).ToDictionary(
        static group => group.Key,
        static group => group.OrderBy(static part => part.SectionSlot).ToArray());

    /// <summary>The slots of some addresses, those that the program has.</summary>
    /// <param name="from">The first address.</param>
    /// <param name="to">The one behind the last.</param>
    public IEnumerable<SlotRange> Of(ulong from, ulong to)
    {
        var (section, low) = DwarfSections.Place(from);
        var (other, high) = DwarfSections.Place(to);
        if (section != other || low >= high || !parts.TryGetValue(section, out var within)) yield break;
        var (first, end) = (Slots(low), Slots(high));
        for (var i = Found(within, first); i < within.Length && within[i].SectionSlot < end; i++)
        {
            var part = within[i];
            var begin = Math.Max(first, part.SectionSlot);
            var past = Math.Min(end, part.SectionSlot + (long)part.Slots);
            if (begin < past) yield return new((int)(part.Slot + begin - part.SectionSlot), (int)(part.Slot + past - part.SectionSlot));
        }
    }

    // The first part that does not end before a slot.
    private static int Found(ImagePart[] within, long slot)
    {
        var (low, high) = (0, within.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (within[middle].SectionSlot + (long)within[middle].Slots <= slot) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static long Slots(ulong offset) => (long)((offset + ProgramSlots.Size - 1) / ProgramSlots.Size);
}
