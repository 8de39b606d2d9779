using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace RbpfSpec.Words;

/// <summary>An immutable list with value equality, which makes the records that hold it comparable.</summary>
/// <remarks>
/// <see cref="ImmutableArray{T}"/> compares by reference, so a record of one would break the equality of records.
/// The default value is the empty sequence. Collection expressions build it: <c>Sequence&lt;int&gt; s = [1, 2];</c>
/// </remarks>
[CollectionBuilder(typeof(Sequence), nameof(Sequence.Of))]
public readonly struct Sequence<T> : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    private readonly T[]? items;

    internal Sequence(T[] items) => this.items = items;

    /// <summary>The number of items.</summary>
    public int Count => items?.Length ?? 0;

    /// <summary>Whether there are no items.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The item at a zero-based index.</summary>
    /// <exception cref="IndexOutOfRangeException">The index is negative or not below <see cref="Count"/>.</exception>
    public T this[int index] => (items ?? [])[index];

    /// <summary>The items, without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>Whether it is the same object as another: then it is equal, and told at once.</summary>
    public bool IsSame(Sequence<T> other) => ReferenceEquals(items, other.items) || (IsEmpty && other.IsEmpty);

    /// <summary>Whether an item is in it.</summary>
    public bool Contains(T item) => AsSpan().Contains(item, EqualityComparer<T>.Default);

    /// <summary>The items of it that are in another, in their order.</summary>
    public Sequence<T> Intersect(Sequence<T> other)
    {
        List<T> both = [];
        foreach (var item in AsSpan())
        {
            if (other.Contains(item)) both.Add(item);
        }

        return new([.. both]);
    }

    /// <summary>This sequence with one more item at its end.</summary>
    public Sequence<T> Add(T item) => new([.. AsSpan(), item]);

    /// <summary>This sequence with the item at a zero-based index replaced.</summary>
    public Sequence<T> With(int index, T item)
    {
        T[] copy = [.. AsSpan()];
        copy[index] = item;
        return new(copy);
    }

    /// <summary>The sequence of what a function makes of each item.</summary>
    public Sequence<TOther> Map<TOther>(Func<T, TOther> function)
    {
        if (IsEmpty) return default;
        var mapped = new TOther[Count];
        for (var i = 0; i < mapped.Length; i++) mapped[i] = function(this[i]);
        return new(mapped);
    }

    /// <summary>This sequence without its last item.</summary>
    public Sequence<T> WithoutLast() => new([.. AsSpan()[..^1]]);

    public bool Equals(Sequence<T> other) => AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<T>.Default);

    public override bool Equals(object? obj) => obj is Sequence<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in AsSpan()) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>Walks the items without allocating.</summary>
    public Enumerator GetEnumerator() => new(items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();

    /// <summary>Whether two sequences hold equal items in the same order.</summary>
    public static bool operator ==(Sequence<T> left, Sequence<T> right) => left.Equals(right);

    /// <summary>Whether two sequences differ in an item or in length.</summary>
    public static bool operator !=(Sequence<T> left, Sequence<T> right) => !left.Equals(right);

    /// <summary>A walk over the items.</summary>
    public struct Enumerator
    {
        private readonly T[]? items;
        private int index;

        internal Enumerator(T[]? items)
        {
            this.items = items;
            index = -1;
        }

        /// <summary>The item that the walk is at.</summary>
        public readonly T Current => (items ?? [])[index];

        /// <summary>Goes to the next item, if there is one.</summary>
        public bool MoveNext() => ++index < (items?.Length ?? 0);
    }

    /// <summary>The items in order, separated by commas, in brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", (IEnumerable<T>)this)}]";
}

/// <summary>Builds sequences.</summary>
public static class Sequence
{
    private const int LongestLoop = 32;

    /// <summary>The sequence of the given items, which are copied.</summary>
    public static Sequence<T> Of<T>(ReadOnlySpan<T> items)
    {
        if (items.Length == 0) return default;

        // Not ToArray: a loop of our own is compiled ahead of time for our own types. Of many items it would be the slower one.
        var copy = new T[items.Length];
        if (copy.Length > LongestLoop) items.CopyTo(copy);
        else for (var i = 0; i < copy.Length; i++) copy[i] = items[i];
        return new(copy);
    }

    /// <summary>The sequence of what a function makes of each number from zero up.</summary>
    /// <param name="count">How many items.</param>
    /// <param name="function">The item at an index.</param>
    public static Sequence<T> Generate<T>(int count, Func<int, T> function)
    {
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = function(i);
        return new(items);
    }

    /// <summary>The sequence of what an enumeration yields.</summary>
    public static Sequence<T> ToSequence<T>(this IEnumerable<T> items) => new([.. items]);
}
