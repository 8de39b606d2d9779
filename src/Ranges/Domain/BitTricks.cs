namespace RbpfSpec.Ranges.Domain;

/// <summary>Functions of words that the sets of words are computed with; without branches, over any domain of words.</summary>
internal static class BitTricks
{
    /// <summary>The word whose bits are all one.</summary>
    public static T Ones<T>(Width width)
        where T : IWord<T> => T.Constant(ulong.MaxValue, width);

    /// <summary>The word one.</summary>
    public static T One<T>(Width width)
        where T : IWord<T> => T.Constant(1, width);

    /// <summary>All bits inverted.</summary>
    public static T Complement<T>(T word)
        where T : IWord<T> => word ^ Ones<T>(word.Width);

    /// <summary>All bits at and below the highest set bit; zero of zero.</summary>
    public static T Smear<T>(T word)
        where T : IWord<T>
    {
        for (var distance = 1; distance < word.Width.Bits; distance *= 2)
            word |= T.ShiftRightLogical(word, T.Constant((ulong)distance, word.Width));
        return word;
    }

    /// <summary>The smaller of two, both unsigned.</summary>
    public static T Smaller<T>(T left, T right)
        where T : IWord<T> => T.Choose(T.LessUnsigned(right, left), right, left);

    /// <summary>The greater of two, both unsigned.</summary>
    public static T Greater<T>(T left, T right)
        where T : IWord<T> => T.Choose(T.LessUnsigned(left, right), right, left);

    /// <summary>The high half of the product in twice the width.</summary>
    public static T MultiplyHigh<T>(T left, T right)
        where T : IWord<T>
    {
        var width = left.Width;
        if (width.Bits <= 32)
        {
            var twice = Width.Of(2 * width.Bits);
            return (left.ZeroExtend(twice) * right.ZeroExtend(twice)).Slice(width.Bits, width);
        }

        if (width.Bits % 2 != 0) throw new ArgumentException($"{width} have no two halves", nameof(left));

        var half = width.Half;
        var (leftLow, leftHigh) = (left.Low(half).ZeroExtend(width), left.Slice(half.Bits, half).ZeroExtend(width));
        var (rightLow, rightHigh) = (right.Low(half).ZeroExtend(width), right.Slice(half.Bits, half).ZeroExtend(width));
        return HighOfHalves(leftLow * rightLow, leftHigh * rightLow, leftLow * rightHigh, leftHigh * rightHigh);
    }

    /// <summary>The high half of the product of which the products of halves are known; no sum overflows.</summary>
    internal static T HighOfHalves<T>(T lowByLow, T highByLow, T lowByHigh, T highByHigh)
        where T : IWord<T>
    {
        var (width, half) = (lowByLow.Width, lowByLow.Width.Half);
        var cross = highByLow + High(lowByLow);
        var other = lowByHigh + cross.Low(half).ZeroExtend(width);
        return highByHigh + High(cross) + High(other);

        T High(T word) => word.Slice(half.Bits, half).ZeroExtend(width);
    }
}
