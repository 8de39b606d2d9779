using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>A kind of place that holds a word.</summary>
public enum PlaceKind
{
    /// <summary>A register.</summary>
    Register,

    /// <summary>A register that a call saved.</summary>
    Saved,

    /// <summary>A cell of a frame.</summary>
    Cell,

    /// <summary>The count of a loop's rounds.</summary>
    Counter,
}

/// <summary>The places of a state that hold words, by number: registers, what calls saved, cells of frames, counts of loops.</summary>
public static class Places
{
    private const int SavedBase = 0x0100_0000;
    private const int CellBase = 0x0200_0000;
    private const int CounterBase = 0x0400_0000;

    /// <summary>A place with the word that it holds.</summary>
    public readonly record struct Held(int Place, RangeWord Word);

    /// <summary>The place of how often a loop was begun anew.</summary>
    public static int Counter(int head) => CounterBase | head;

    /// <summary>The place of a cell.</summary>
    public static int Cell(int frame, int offset) => CellBase | (frame << 16) | offset;

    /// <summary>The place of a saved register.</summary>
    public static int Saved(int frame, int index) => SavedBase | (frame << 8) | index;

    /// <summary>The kind of a place.</summary>
    public static PlaceKind KindOf(int place) => (place & CounterBase) != 0 ? PlaceKind.Counter
        : (place & CellBase) != 0 ? PlaceKind.Cell
        : (place & SavedBase) != 0 ? PlaceKind.Saved
        : PlaceKind.Register;

    /// <summary>The frame that a place is of: of a cell, or of a register that its call saved.</summary>
    public static int FrameOf(int place) => KindOf(place) is PlaceKind.Cell ? (place >> 16) & 0xff : (place >> 8) & 0xff;

    /// <summary>Which one of its kind a place is: a register, an offset in bytes, the node of a loop's head.</summary>
    public static int IndexOf(int place) => KindOf(place) switch
    {
        PlaceKind.Counter => place & ~CounterBase,
        PlaceKind.Cell => place & 0xffff,
        PlaceKind.Saved => place & 0xff,
        PlaceKind.Register => place,
    };

    /// <summary>All places of a state that it knows something of.</summary>
    public static IEnumerable<Held> Of(AbstractState state)
    {
        for (var i = 0; i < state.Registers.Count; i++) yield return new(i, state.Registers[i]);
        for (var frame = 0; frame < state.Frames.Count; frame++)
        {
            var (_, saved, cells) = state.Frames[frame];
            for (var i = 0; i < saved.Count; i++) yield return new(Saved(frame, i), saved[i]);
            for (var i = 0; i < cells.Cells.Length; i++) yield return new(Cell(frame, cells.Cells[i].Offset), cells.Cells[i].Word);
        }

        foreach (var counter in state.Counters) yield return new(Counter(counter.Head), counter.Word);
    }

    /// <summary>Whether a place is none of the registers that nothing hangs on.</summary>
    /// <param name="place">The place.</param>
    /// <param name="relevant">The registers that something hangs on, a bit for each.</param>
    public static bool IsRelevant(int place, int relevant) => place > Register.Last || (relevant & (1 << place)) != 0;

    /// <summary>The word at a place of a state; null if nothing is known of it.</summary>
    /// <param name="state">The state.</param>
    /// <param name="place">The place.</param>
    /// <param name="width">The width of the word looked for.</param>
    public static RangeWord? Word(AbstractState state, int place, Width width)
    {
        if ((place & CounterBase) != 0)
        {
            foreach (var counter in state.Counters)
            {
                if (Counter(counter.Head) == place) return counter.Word;
            }

            return null;
        }

        if ((place & CellBase) != 0)
        {
            var frame = (place >> 16) & 0xff;
            return frame < state.Frames.Count ? state.Frames[frame].Cells.Read(place & 0xffff, width) : null;
        }

        if ((place & SavedBase) != 0)
        {
            var (frame, index) = ((place >> 8) & 0xff, place & 0xff);
            return frame < state.Frames.Count && index < state.Frames[frame].Saved.Count ? state.Frames[frame].Saved[index] : null;
        }

        return place >= 0 && place < state.Registers.Count ? state.Registers[place] : null;
    }

    /// <summary>A place in words, as in <c>r3</c> or <c>stack[504]</c>.</summary>
    public static string NameOf(int place) => FormattableString.Invariant(
        (place & CounterBase) != 0 ? (FormattableString)$"rounds({place & ~CounterBase})"
        : (place & CellBase) != 0 ? $"stack[{place & 0xffff}]"
        : (place & SavedBase) != 0 ? $"saved r{(place & 0xff) switch { 4 => 10, var index => index + 6 }}"
        : (FormattableString)$"r{place}");
}
