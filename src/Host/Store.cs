namespace RbpfSpec.Host;

/// <summary>One place of a key/value store.</summary>
/// <param name="Used">Whether it holds a pair.</param>
/// <param name="Key">32 bits.</param>
/// <param name="Value">32 bits.</param>
public readonly record struct StoreEntry<T>(Truth<T> Used, T Key, T Value)
    where T : IWord<T>;

/// <summary>A bounded map from 32-bit keys to 32-bit values; a persistent value.</summary>
/// <remarks>
/// RIOT's `bpf_store` (helpers 0x10 to 0x13) with two of its bugs mended: a full store refuses the
/// write, and fetching a missing key yields zero without taking a place.
/// </remarks>
public sealed record Store<T>(Sequence<StoreEntry<T>> Entries)
    where T : IWord<T>
{
    /// <summary>The number of pairs that RIOT's machines hold.</summary>
    public const int DefaultCapacity = 16;

    /// <summary>The store without pairs.</summary>
    /// <param name="capacity">How many pairs it can hold.</param>
    public static Store<T> Empty(int capacity)
    {
        var free = new StoreEntry<T>(Truth<T>.Of(false), T.Zero(Width.Bits32), T.Zero(Width.Bits32));
        return new(Sequence.Generate(capacity, _ => free));
    }

    /// <summary>The value of a key (32 bits); zero if it is missing.</summary>
    public T Fetch(T key)
    {
        var value = T.Zero(Width.Bits32);
        foreach (var entry in Entries) value = T.Choose(Holds(entry, key), entry.Value, value);
        return value;
    }

    /// <summary>Whether a pair of this key can be stored: it is there already, or a place is free.</summary>
    public Truth<T> Accepts(T key)
    {
        var accepts = Truth<T>.Of(false);
        foreach (var entry in Entries) accepts |= !entry.Used | Holds(entry, key);
        return accepts;
    }

    /// <summary>
    /// The store after a pair is put in the place of its key or, if it has none, in the first free one; if full, unchanged.
    /// </summary>
    public Store<T> Put(T key, T value)
    {
        var present = Truth<T>.Of(false);
        foreach (var entry in Entries) present |= Holds(entry, key);

        var entries = new StoreEntry<T>[Entries.Count];
        var placed = Truth<T>.Of(false);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = Entries[i];
            var here = Holds(entry, key) | (!present & !entry.Used & !placed);
            placed |= here;
            entries[i] = new(
                entry.Used | here,
                T.Choose(here, key, entry.Key),
                T.Choose(here, value, entry.Value));
        }

        return new(Sequence.Of<StoreEntry<T>>(entries));
    }

    /// <summary>The same over another domain of words.</summary>
    /// <param name="word">Each word there.</param>
    /// <param name="truth">Each truth value there.</param>
    public Store<TOther> Map<TOther>(Func<T, TOther> word, Func<Truth<T>, Truth<TOther>> truth)
        where TOther : IWord<TOther> =>
        new(Entries.Map(entry => new StoreEntry<TOther>(truth(entry.Used), word(entry.Key), word(entry.Value))));

    /// <summary>This store where a condition holds, and another of the same capacity elsewhere.</summary>
    public Store<T> Choose(Truth<T> condition, Store<T> otherwise) =>
        new(Sequence.Generate(Entries.Count, index => Choose(condition, Entries[index], otherwise.Entries[index])));

    private static StoreEntry<T> Choose(Truth<T> condition, StoreEntry<T> then, StoreEntry<T> otherwise) => new(
        then.Used == otherwise.Used ? then.Used : (condition & then.Used) | (!condition & otherwise.Used),
        T.Choose(condition, then.Key, otherwise.Key),
        T.Choose(condition, then.Value, otherwise.Value));

    private static Truth<T> Holds(StoreEntry<T> entry, T key) => entry.Used & T.Same(entry.Key, key);
}
