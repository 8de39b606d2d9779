namespace RbpfSpec.Fuzzing;

/// <summary>Numbers with a liking for edges.</summary>
internal static class Values
{
    /// <summary>Where sign, carry, width and shift amounts change.</summary>
    public static Sequence<ulong> Edges { get; } =
    [
        0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000,
        0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ffff, 0x1_0000_0000, 0x1_0000_0001, 0x1_0000_0020,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001, 0xffff_ffff_0000_0000,
        0xffff_ffff_7fff_ffff, 0xffff_ffff_8000_0000, ulong.MaxValue - 2, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    extension(Dice dice)
    {
        /// <summary>64 bits: an edge, a small number of either sign, or anything.</summary>
        public ulong Value() => dice.Between(0, 7) switch
        {
            < 4 => dice.Pick(Edges.AsSpan()),
            4 => (ulong)dice.Between(-20, 20),
            _ => dice.Next(),
        };

        /// <summary>A 32-bit field.</summary>
        public int AnyImmediate() => (int)dice.Value();
    }
}
