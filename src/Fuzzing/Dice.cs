namespace RbpfSpec.Fuzzing;

/// <summary>A stream of random numbers that one seed decides (SplitMix64).</summary>
/// <remarks>A state takes a hundred draws, for which a generator made of generators is too slow.</remarks>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>64 bits, all values as likely.</summary>
    public ulong Next()
    {
        state += 0x9e37_79b9_7f4a_7c15;
        var mixed = (state ^ (state >> 30)) * 0xbf58_476d_1ce4_e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d0_49bb_1331_11eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number between two, both included.</summary>
    public int Between(int least, int greatest) => least + (int)(Next() % (ulong)((long)greatest - least + 1));

    /// <summary>True once in so many times.</summary>
    public bool OnceIn(int times) => Next() % (ulong)times == 0;

    /// <summary>One of some items.</summary>
    public T Pick<T>(params ReadOnlySpan<T> items) => items[(int)(Next() % (ulong)items.Length)];

    /// <summary>Bytes.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i += 8) BitConverter.GetBytes(Next()).AsSpan(0, Math.Min(8, count - i)).CopyTo(bytes.AsSpan(i));
        return bytes;
    }

    /// <summary>Several of what is drawn one by one.</summary>
    public T[] Several<T>(int count, Func<Dice, T> draw)
    {
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = draw(this);
        return items;
    }
}
