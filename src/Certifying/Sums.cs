namespace RbpfSpec.Certifying;

/// <summary>Sums, differences and comparisons of words as circuits, the lowest bit first.</summary>
/// <remarks>
/// Of words that differ by a constant it is known that they do. So addresses that were made in different orders are the same, and the
/// bytes beside an address are elsewhere: solvers of clauses find either out by going through carries, bit by bit.
/// </remarks>
/// <param name="circuit">The circuit.</param>
internal sealed class Sums(Circuit circuit)
{
    // Of a word, another that is so much smaller: their difference, modulo the number of values.
    private readonly Dictionary<int[], (int[] Base, UInt128 Distance)> known = new(new Contents());

    /// <summary>The sum of two words.</summary>
    public int[] Add(int[] left, int[] right)
    {
        var ((first, distance), (second, further)) = (Parts(left), Parts(right));
        return first.AsSpan().SequenceCompareTo(second) < 0
            ? Moved(Sum(first, second, Circuit.False), distance + further)
            : Moved(Sum(second, first, Circuit.False), distance + further);
    }

    /// <summary>The difference of two words.</summary>
    public int[] Subtract(int[] left, int[] right)
    {
        var ((first, distance), (second, back)) = (Parts(left), Parts(right));
        return first.AsSpan().SequenceEqual(second)
            ? Number(distance - back, left.Length)
            : Moved(Sum(first, Array.ConvertAll(second, Circuit.Not), Circuit.True), distance - back);
    }

    /// <summary>Whether two words are equal.</summary>
    public int Equal(int[] left, int[] right)
    {
        var ((first, distance), (second, other)) = (Parts(left), Parts(right));
        if (distance == other) (left, right) = (first, second);
        else if (first.AsSpan().SequenceEqual(second)) return Circuit.False;
        var all = Circuit.True;
        for (var i = 0; i < left.Length; i++) all = circuit.And(all, circuit.Same(left[i], right[i]));
        return all;
    }

    /// <summary>Whether one word is less than another, as numbers without a sign.</summary>
    public int Less(int[] left, int[] right)
    {
        // Of the highest bits that differ, the right one is set.
        var less = Circuit.False;
        for (var i = 0; i < left.Length; i++) less = circuit.Choose(circuit.Xor(left[i], right[i]), right[i], less);
        return less;
    }

    /// <summary>The sum of two words and a carry, as an adder.</summary>
    public int[] Sum(int[] left, int[] right, int carry)
    {
        var sum = new int[left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            var half = circuit.Xor(left[i], right[i]);
            sum[i] = circuit.Xor(half, carry);
            carry = circuit.Choose(half, carry, left[i]);
        }

        return sum;
    }

    /// <summary>Whether a word is a number.</summary>
    public static bool IsConstant(int[] word) => word.All(bit => bit <= Circuit.True);

    // A number is that far from zero; what is known of no other word is no distance from itself.
    private (int[] Base, UInt128 Distance) Parts(int[] word)
    {
        if (!IsConstant(word)) return known.TryGetValue(word, out var parts) ? parts : (word, 0);
        var value = UInt128.Zero;
        for (var place = 0; place < word.Length; place++) value |= (UInt128)(uint)word[place] << place;
        return (Number(0, word.Length), value);
    }

    private int[] Moved(int[] word, UInt128 further)
    {
        var (first, distance) = Parts(word);
        distance = (distance + further) & (UInt128.MaxValue >> (128 - word.Length));
        if (distance == 0) return first;
        var sum = Sum(first, Number(distance, word.Length), Circuit.False);
        known[sum] = (first, distance);
        return sum;
    }

    private static int[] Number(UInt128 value, int width) => [.. Enumerable.Range(0, width).Select(place => (int)(value >> place & 1))];

    private sealed class Contents : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? left, int[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(int[] word)
        {
            var hash = new HashCode();
            foreach (var bit in word) hash.Add(bit);
            return hash.ToHashCode();
        }
    }
}
