using System.Runtime.CompilerServices;

namespace RbpfSpec.Semantics.Machine;

/// <summary>The eleven 64-bit registers r0 to r10; a persistent value.</summary>
/// <remarks>
/// A register is named by a 4-bit word, as in a slot, because the prover leaves it open. Total: registers 11 to 15,
/// which no instruction of a checked program names, read as zero and are not written. The RFC numbers them in
/// §3.1 and leaves the rest to the ABI.
/// </remarks>
public sealed class Registers<T> : IEquatable<Registers<T>>
    where T : IWord<T>
{
    /// <summary>The number of registers.</summary>
    public const int Count = 11;

    // One of the two, by domain: concrete registers are kept as numbers, without the width that all of them share, so
    // that a write copies half as many bytes. Assigned only in an object that nobody else has seen yet.
    private readonly T[]? terms;
    private Numbers numbers;

    private Registers(ReadOnlySpan<T> values)
    {
        if (!IsConcrete) terms = values.ToArray();
        else for (var i = 0; i < Count; i++) numbers[i] = NumberOf(values[i]);
    }

    private Registers(Registers<T> original, int number, T value)
    {
        numbers = original.numbers;
        if (IsConcrete)
        {
            numbers[number] = NumberOf(value);
        }
        else
        {
            terms = [.. original.terms!];
            terms[number] = value;
        }
    }

    /// <summary>The registers with the given values, r0 first.</summary>
    /// <exception cref="ArgumentException">There are not eleven, or one is not 64 bits wide.</exception>
    public static Registers<T> Of(ReadOnlySpan<T> values)
    {
        if (values.Length != Count) throw new ArgumentException($"{values.Length} registers instead of {Count}", nameof(values));
        foreach (var value in values)
        {
            if (value.Width.Bits is not 64) throw new ArgumentException($"a register of {value.Width}", nameof(values));
        }

        return new(values);
    }

    /// <summary>The value of a register by its number, 0 to 10.</summary>
    public T this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsConcrete ? T.Constant(numbers[number], Width.Bits64) : terms![number];
    }

    /// <summary>The value of the register that a 4-bit word names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read(T number)
    {
        if (number.IsKnown(out var known)) return known < Count ? this[(int)known] : Zero;
        var value = Zero;
        for (var i = 0; i < Count; i++) value = T.Choose(Names(number, i), this[i], value);
        return value;
    }

    /// <summary>The registers after a 64-bit value is written to the register that a 4-bit word names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Registers<T> Write(T number, T value)
    {
        if (number.IsKnown(out var known)) return known < Count ? With((int)known, value) : this;
        var written = new T[Count];
        for (var i = 0; i < Count; i++) written[i] = T.Choose(Names(number, i), value, this[i]);
        return new(written);
    }

    /// <summary>The registers after a 64-bit value is written to the register with a number, 0 to 10.</summary>
    /// <exception cref="ArgumentException">A concrete value is not 64 bits wide.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Registers<T> With(int number, T value) => new(this, number, value);

    public bool Equals(Registers<T>? other) => other is not null && All == other.All;

    public override bool Equals(object? obj) => Equals(obj as Registers<T>);

    public override int GetHashCode() => All.GetHashCode();

    /// <summary>The values, as in <c>r0=0x0 r1=0x20000000 …</c>.</summary>
    public override string ToString() => string.Join(' ', All.Select((value, i) => $"r{i}={value}"));

    private static bool IsConcrete
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(Word);
    }

    private Sequence<T> All => Sequence.Generate(Count, number => this[number]);

    private static T Zero => T.Zero(Width.Bits64);

    private static Truth<T> Names(T number, int register) =>
        T.Same(number, T.Constant((ulong)register, Width.Bits4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NumberOf(T value) =>
        value.IsKnown(out var number) && value.Width.Bits is 64 ? number : NoRegister(value.Width);

    private static ulong NoRegister(Width width) => throw new ArgumentException($"a register of {width}", nameof(width));

    // In place rather than in an array: a step that writes a register then makes one object less.
    [InlineArray(Count)]
    private struct Numbers
    {
        private ulong first;
    }
}
