namespace RbpfSpec.Dashboard.Recording;

/// <summary>The latest of some things, up to a number of them.</summary>
/// <remarks>For one thread at a time.</remarks>
/// <param name="capacity">How many are kept, at least 1.</param>
internal sealed class Ring<T>(int capacity)
{
    private readonly T[] items = new T[capacity];
    private int start;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The latest one.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Latest
    {
        get => Count > 0 ? items[(start + Count - 1) % capacity] : throw new InvalidOperationException("there is none");
        set => items[Count > 0 ? (start + Count - 1) % capacity : throw new InvalidOperationException("there is none")] = value;
    }

    /// <summary>Adds one; the oldest goes if there is no room.</summary>
    public void Add(T item)
    {
        items[(start + Count) % capacity] = item;
        if (Count < capacity) Count++;
        else start = (start + 1) % capacity;
    }

    /// <summary>All of them, the oldest first.</summary>
    public Sequence<T> All() => Sequence.Generate(Count, index => items[(start + index) % capacity]);
}
