using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.ProgramReports;

/// <summary>Bytes of a region that are not what they were.</summary>
/// <param name="Region">The region's name.</param>
/// <param name="Address">The address of the first of them.</param>
/// <param name="Bytes">What they are now.</param>
public sealed record MemoryChange(string Region, ulong Address, Sequence<byte> Bytes);

/// <summary>The differences between two states of a run.</summary>
public static class Changes
{
    // Runs of changed bytes with fewer unchanged ones between them are shown as one.
    private const int Gap = 8;

    /// <summary>The registers that differ, as name and new value.</summary>
    public static IEnumerable<(string Register, Word Value)> Registers(State<Word> before, State<Word> after)
    {
        for (var i = 0; i < Registers<Word>.Count; i++)
        {
            if (before.Registers[i] != after.Registers[i]) yield return ($"r{i}", after.Registers[i]);
        }
    }

    /// <summary>The bytes that differ, in regions that both states have.</summary>
    public static IEnumerable<MemoryChange> Memory(State<Word> before, State<Word> after)
    {
        var count = Math.Min(before.Memory.Regions.Count, after.Memory.Regions.Count);
        for (var i = 0; i < count; i++)
        {
            var (old, now) = (before.Memory.Regions[i], after.Memory.Regions[i]);
            if (old.Start != now.Start || ReferenceEquals(old.Bytes, now.Bytes)) continue;
            foreach (var change in Between((ByteTree)old.Bytes, (ByteTree)now.Bytes))
                yield return new(now.Name, now.Start.Value + (ulong)change.Start, Sequence.Of<byte>(change.Bytes));
        }
    }

    private static IEnumerable<(int Start, byte[] Bytes)> Between(ByteTree old, ByteTree now)
    {
        var before = old.ToArray();
        var after = now.ToArray();
        for (var at = 0; at < after.Length; at++)
        {
            if (before[at] == after[at]) continue;
            var last = at;
            for (var next = at + 1; next < after.Length && next - last <= Gap; next++)
            {
                if (before[next] != after[next]) last = next;
            }

            yield return (at, after[at..(last + 1)]);
            at = last;
        }
    }
}
