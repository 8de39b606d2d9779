using System.Runtime.CompilerServices;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Machine;

/// <summary>The eleven 64-bit registers r0 to r10; a persistent value.</summary>
/// <remarks>
/// A register is named by a 4-bit word, as in a slot, because the prover leaves it open. Total: registers 11 to 15,
/// which no instruction of a checked program names, read as zero and are not written. The RFC numbers them in
/// §3.1 and leaves the rest to the ABI.
/// </remarks>
public sealed class Registers<TWord, TBit> : IEquatable<Registers<TWord, TBit>>
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The number of registers.</summary>
    public const int Count = 11;

    // Assigned only to an object that nobody else has seen yet.
    private Values values;

    private Registers()
    {
    }

    private Registers(Registers<TWord, TBit> original) => values = original.values;

    /// <summary>The registers with the given values, r0 first.</summary>
    /// <exception cref="ArgumentException">There are not eleven, or one is not 64 bits wide.</exception>
    public static Registers<TWord, TBit> Of(ReadOnlySpan<TWord> values)
    {
        if (values.Length != Count) throw new ArgumentException($"{values.Length} registers instead of {Count}", nameof(values));
        var registers = new Registers<TWord, TBit>();
        for (var i = 0; i < Count; i++)
        {
            registers.values[i] = values[i].Width is Width.Bits64
                ? values[i]
                : throw new ArgumentException($"a register of {values[i].Width}", nameof(values));
        }

        return registers;
    }

    /// <summary>The value of a register by its number, 0 to 10.</summary>
    public TWord this[int number] => values[number];

    /// <summary>The value of the register that a 4-bit word names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord Read(TWord number)
    {
        if (number.IsKnown(out var known)) return known < Count ? values[(int)known] : Zero;
        var value = Zero;
        for (var i = 0; i < Count; i++) value = TWord.Choose(Names(number, i), values[i], value);
        return value;
    }

    /// <summary>The registers after a 64-bit value is written to the register that a 4-bit word names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Registers<TWord, TBit> Write(TWord number, TWord value)
    {
        if (number.IsKnown(out var known)) return known < Count ? With((int)known, value) : this;
        var written = new Registers<TWord, TBit>(this);
        for (var i = 0; i < Count; i++) written.values[i] = TWord.Choose(Names(number, i), value, values[i]);
        return written;
    }

    /// <summary>The registers after a 64-bit value is written to the register with a number, 0 to 10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Registers<TWord, TBit> With(int number, TWord value)
    {
        var written = new Registers<TWord, TBit>(this);
        written.values[number] = value;
        return written;
    }

    /// <inheritdoc/>
    public bool Equals(Registers<TWord, TBit>? other) =>
        other is not null && AsSpan().SequenceEqual(other.AsSpan(), EqualityComparer<TWord>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Registers<TWord, TBit>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in AsSpan()) hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary>The values, as in <c>r0=0x0 r1=0x20000000 …</c>.</summary>
    public override string ToString() => string.Join(' ', AsSpan().ToArray().Select((value, i) => $"r{i}={value}"));

    private ReadOnlySpan<TWord> AsSpan() => values;

    private static TWord Zero => TWord.Constant(0, Width.Bits64);

    private static TBit Names(TWord number, int register) =>
        TWord.Same(number, TWord.Constant((ulong)register, Width.Bits4));

    // In place rather than in an array: a step that writes a register then makes one object less.
    [InlineArray(Count)]
    private struct Values
    {
        private TWord first;
    }
}
