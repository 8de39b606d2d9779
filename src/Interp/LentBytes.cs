using System.Buffers.Binary;

namespace RbpfSpec.Interp;

/// <summary>
/// Bytes of the fast machine's memory, as a step of the reference machine sees them: not copied, and changed only by
/// <see cref="Settle"/>.
/// </summary>
/// <remarks>
/// A value that can be read until the step is over: afterwards the program may change the bytes, and reading them is
/// refused. A write adds to what is to be written, so it costs what it writes.
/// </remarks>
internal sealed class LentBytes : IBytes<Word>
{
    private readonly Loan loan;
    private readonly byte[] array;
    private readonly int start;
    private readonly int length;
    private readonly LentBytes? before;
    private readonly int offset;
    private readonly byte[] written;

    /// <summary>Some bytes of an array.</summary>
    /// <param name="loan">How long they are lent.</param>
    /// <param name="array">The array.</param>
    /// <param name="start">The index of the first one.</param>
    /// <param name="length">How many.</param>
    public LentBytes(Loan loan, byte[] array, int start, int length) =>
        (this.loan, this.array, this.start, this.length, written) = (loan, array, start, length, []);

    private LentBytes(LentBytes before, int offset, byte[] written)
        : this(before.loan, before.array, before.start, before.length) =>
        (this.before, this.offset, this.written) = (before, offset, written);

    public Word Read(Word offset, Width width)
    {
        Span<byte> bytes = stackalloc byte[8];
        var count = Within(offset, (ulong)width.Bytes);
        if (count > 0) Copy(bytes[..count], (int)offset.Value);
        return Word.Wrap(BinaryPrimitives.ReadUInt64LittleEndian(bytes), width);
    }

    public IBytes<Word> Write(Word offset, Word value, Truth<Word> when)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value.Value);
        var count = when.Value ? Within(offset, (ulong)value.Width.Bytes) : 0;
        return count == 0 ? this : new LentBytes(this, (int)offset.Value, bytes[..count].ToArray());
    }

    public IBytes<Word> Copy(Word offset, IBytes<Word> source, Word from, ulong count, Truth<Word> when)
    {
        if (!when.Value || count == 0) return this;
        var (to, read) = (Within(offset, count), source is LentBytes other ? other.Within(from, count) : 0);
        if ((ulong)to != count || (ulong)read != count)
            throw new ArgumentOutOfRangeException(nameof(count), count, "what is copied does not lie within the bytes");
        var copied = new byte[to];
        ((LentBytes)source).Copy(copied, (int)from.Value);
        return new LentBytes(this, (int)offset.Value, copied);
    }

    /// <summary>Writes what is to be written.</summary>
    public void Settle()
    {
        var writes = new Stack<LentBytes>();
        for (var last = this; last.before is { } earlier; last = earlier) writes.Push(last);
        foreach (var write in writes) write.written.CopyTo(array, start + write.offset);
    }

    // How many of some bytes lie within.
    private int Within(Word first, ulong count) =>
        (int)Math.Min(count, (ulong)length - Math.Min(first.Value, (ulong)length));

    // The bytes of the array, and over them what is written, the earliest first.
    private void Copy(Span<byte> target, int first)
    {
        loan.ThrowIfOver();
        array.AsSpan(start + first, target.Length).CopyTo(target);

        // What another thread has copied meanwhile may be bytes of a later run: it is not told them.
        Volatile.ReadBarrier();
        loan.ThrowIfOver();
        if (before is null) return;
        var writes = new Stack<LentBytes>();
        for (var last = this; last.before is { } earlier; last = earlier) writes.Push(last);
        foreach (var write in writes)
        {
            var (from, to) = (Math.Max(first, write.offset), Math.Min(first + target.Length, write.offset + write.written.Length));
            if (from < to) write.written.AsSpan(from - write.offset, to - from).CopyTo(target[(from - first)..]);
        }
    }
}

/// <summary>How long bytes are lent: for one step.</summary>
internal sealed class Loan
{
    private bool isOver;

    /// <summary>Ends it.</summary>
    public void End()
    {
        isOver = true;

        // Whoever sees what is written there from now on sees that, too.
        Volatile.WriteBarrier();
    }

    /// <summary>Refuses what comes too late.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public void ThrowIfOver()
    {
        if (isOver) throw new InvalidOperationException("a view of a helper is read after the call has ended");
    }
}
