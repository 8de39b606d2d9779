namespace RbpfSpec.Images.Packing;

/// <summary>How far back, and how far on, a match of heatshrink's LZSS may reach.</summary>
/// <remarks>The names and the ranges are those of heatshrink: <c>-w</c> and <c>-l</c> of its command line.</remarks>
public readonly record struct HeatshrinkWindow
{
    private const int LeastWindowBits = 4;
    private const int MostWindowBits = 15;
    private const int LeastLookaheadBits = 3;

    /// <summary>With numbers of bits.</summary>
    /// <param name="windowBits">The bits of a match's distance: 4 to 15.</param>
    /// <param name="lookaheadBits">The bits of its length: at least 3, and fewer than those of the distance.</param>
    /// <exception cref="ArgumentOutOfRangeException">heatshrink has no such window.</exception>
    public HeatshrinkWindow(int windowBits, int lookaheadBits)
    {
        if (!IsValid(windowBits, lookaheadBits))
        {
            throw new ArgumentOutOfRangeException(
                nameof(windowBits), $"{windowBits},{lookaheadBits}",
                "a window has 4 to 15 bits, and a lookahead at least 3 and fewer than the window");
        }

        (WindowBits, LookaheadBits) = (windowBits, lookaheadBits);
    }

    /// <summary>128 bytes of memory for a decoder: what packed programs have unless told otherwise.</summary>
    public static HeatshrinkWindow Small { get; } = new(7, 3);

    /// <summary>256 bytes of memory for a decoder: heatshrink's own choice for embedded systems.</summary>
    public static HeatshrinkWindow Large { get; } = new(8, 4);

    /// <summary>The bits of a match's distance.</summary>
    public int WindowBits { get; }

    /// <summary>The bits of a match's length.</summary>
    public int LookaheadBits { get; }

    /// <summary>The largest distance, and the bytes that a decoder remembers.</summary>
    public int Size => 1 << WindowBits;

    /// <summary>The longest match, in bytes.</summary>
    public int LongestMatch => 1 << LookaheadBits;

    /// <summary>The bits of a match in the stream.</summary>
    public int MatchCost => 1 + WindowBits + LookaheadBits;

    /// <summary>Whether heatshrink has such a window.</summary>
    public static bool IsValid(int windowBits, int lookaheadBits) =>
        windowBits is >= LeastWindowBits and <= MostWindowBits && lookaheadBits >= LeastLookaheadBits && lookaheadBits < windowBits;

    /// <summary>As heatshrink's users write it: <c>7,3</c>.</summary>
    public override string ToString() => $"{WindowBits},{LookaheadBits}";
}
