namespace RbpfSpec.Tests;

/// <summary>Words that dice draw.</summary>
internal static class WordGenerators
{
    /// <summary>Widths of words: those of rBPF, those of ARM's fields, and others.</summary>
    internal static Width[] Widths { get; } = [.. ((int[])[1, 3, 4, 5, 7, 8, 12, 16, 24, 31, 32, 33, 63, 64]).Select(Width.Of)];

    extension(Dice dice)
    {
        /// <summary>Any width of words, mostly one of rBPF.</summary>
        public Width AnyWidth() =>
            dice.OnceIn(3) ? dice.Pick(Widths) : dice.Pick(Width.Bits4, Width.Bits8, Width.Bits16, Width.Bits32, Width.Bits64);

        /// <summary>A word of one width; an edge of a greater one is cut off.</summary>
        public Word WordOf(Width width) => Word.Wrap(dice.Value(), width);

        /// <summary>Two words of the same, any width; sometimes equal.</summary>
        public (Word Left, Word Right) WordPair()
        {
            var left = dice.WordOf(dice.AnyWidth());
            return (left, dice.OnceIn(7) ? left : dice.WordOf(left.Width));
        }
    }
}
