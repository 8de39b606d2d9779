
namespace RbpfSpec.Semantics.Host;

/// <summary>One place of a key/value store.</summary>
/// <param name="Used">Whether it holds a pair.</param>
/// <param name="Key">32 bits.</param>
/// <param name="Value">32 bits.</param>
public readonly record struct StoreEntry<TWord, TBit>(TBit Used, TWord Key, TWord Value)
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>;

/// <summary>A bounded map from 32-bit keys to 32-bit values; a persistent value.</summary>
/// <remarks>
/// RIOT's `bpf_store` (helpers 0x10 to 0x13) with two of its bugs mended: a full store refuses the
/// write, and fetching a missing key yields zero without taking a place.
/// </remarks>
public sealed record Store<TWord, TBit>(Sequence<StoreEntry<TWord, TBit>> Entries)
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The number of pairs that RIOT's machines hold.</summary>
    public const int DefaultCapacity = 16;

    /// <summary>The store without pairs.</summary>
    /// <param name="capacity">How many pairs it can hold.</param>
    public static Store<TWord, TBit> Empty(int capacity)
    {
        var free = new StoreEntry<TWord, TBit>(TBit.Of(false), TWord.Zero(Width.Bits32), TWord.Zero(Width.Bits32));
        return new(Sequence.Generate(capacity, _ => free));
    }

    /// <summary>The value of a key (32 bits); zero if it is missing.</summary>
    public TWord Fetch(TWord key)
    {
        var value = TWord.Zero(Width.Bits32);
        foreach (var entry in Entries) value = TWord.Choose(Holds(entry, key), entry.Value, value);
        return value;
    }

    /// <summary>Whether a pair of this key can be stored: it is there already, or a place is free.</summary>
    public TBit Accepts(TWord key)
    {
        var accepts = TBit.Of(false);
        foreach (var entry in Entries) accepts |= !entry.Used | Holds(entry, key);
        return accepts;
    }

    /// <summary>The store after a pair is put in the place of its key or, if it has none, in the first free one; if full, unchanged.</summary>
    public Store<TWord, TBit> Put(TWord key, TWord value)
    {
        var present = TBit.Of(false);
        foreach (var entry in Entries) present |= Holds(entry, key);

        var entries = new StoreEntry<TWord, TBit>[Entries.Count];
        var placed = TBit.Of(false);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = Entries[i];
            var here = Holds(entry, key) | (!present & !entry.Used & !placed);
            placed |= here;
            entries[i] = new(
                entry.Used | here,
                TWord.Choose(here, key, entry.Key),
                TWord.Choose(here, value, entry.Value));
        }

        return new(Sequence.Of<StoreEntry<TWord, TBit>>(entries));
    }

    private static TBit Holds(StoreEntry<TWord, TBit> entry, TWord key) => entry.Used & TWord.Same(entry.Key, key);
}
