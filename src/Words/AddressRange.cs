namespace RbpfSpec.Words;

/// <summary>Some addresses in a row, with a name for people.</summary>
/// <param name="Name">What is there, such as <c>stack</c>.</param>
/// <param name="Start">The first address.</param>
/// <param name="Length">The number of addresses, which are bytes.</param>
public readonly record struct AddressRange(string Name, ulong Start, ulong Length)
{
    /// <summary>Whether it goes on behind the last address, 2^64 - 1.</summary>
    public bool Wraps => Length > 0 && Start > ulong.MaxValue - (Length - 1);

    // Of one that is not empty and does not wrap around.
    private ulong Last => Start + (Length - 1);

    /// <summary>Whether some address is in both; neither wraps around.</summary>
    public bool Overlaps(AddressRange other) =>
        (other.Start - Start < Length && other.Length > 0) || (Start - other.Start < other.Length && Length > 0);

    /// <summary>The problems that keep ranges from being disjoint parts of one address space: one wraps around, or two overlap.</summary>
    /// <remarks>
    /// Takes time in proportion to n log n. Every range that overlaps others is named, but not with all of them.
    /// </remarks>
    public static Sequence<string> Problems(IReadOnlyList<AddressRange> ranges)
    {
        List<(int Index, string Problem)> problems = [];
        List<int> inOrder = new(ranges.Count);
        for (var i = 0; i < ranges.Count; i++)
        {
            if (ranges[i].Wraps) problems.Add((i, ranges[i].WrapsText));
            else if (ranges[i].Length > 0) inOrder.Add(i);
        }

        inOrder.Sort((left, right) => (ranges[left].Start, left).CompareTo((ranges[right].Start, right)));
        var reaching = -1;
        foreach (var index in inOrder)
        {
            if (reaching >= 0 && ranges[index].Start <= ranges[reaching].Last)
            {
                var (later, earlier) = (Math.Max(index, reaching), Math.Min(index, reaching));
                problems.Add((later, ranges[later].OverlapText(ranges[earlier])));
            }

            if (reaching < 0 || ranges[index].Last > ranges[reaching].Last) reaching = index;
        }

        problems.Sort((left, right) => left.Index.CompareTo(right.Index));
        return problems.ConvertAll(problem => problem.Problem).ToSequence();
    }

    /// <summary>The problem that keeps a range from being added to others, which have none; null if nothing does.</summary>
    /// <remarks>Takes time in proportion to their number.</remarks>
    public string? ProblemBeside(IReadOnlyList<AddressRange> others)
    {
        if (Wraps) return WrapsText;
        for (var i = 0; i < others.Count; i++)
        {
            if (Overlaps(others[i])) return OverlapText(others[i]);
        }

        return null;
    }

    private string WrapsText => $"region '{Name}' at {Hex(Start)} of {Length} bytes wraps around the end of the address space";

    private string OverlapText(AddressRange other) =>
        $"region '{Name}' at {Hex(Start)} overlaps region '{other.Name}' at {Hex(other.Start)}";

    private static string Hex(ulong address) => $"0x{address:x}";
}
