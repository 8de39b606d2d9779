namespace RbpfSpec.Semantics.Machine;

/// <summary>The eleven 64-bit registers r0 to r10, over any domain of words.</summary>
/// <remarks>
/// A register is named by a 4-bit word, as in a slot, because the prover leaves it open. Total: registers 11 to 15,
/// which no instruction of a checked program names, read as zero and are not written. The RFC numbers them in
/// §3.1 and leaves the rest to the ABI.
/// </remarks>
public sealed class Registers<T> : IRegisters<T>, IEquatable<IRegisters<T>>
    where T : IWord<T>
{
    /// <summary>The number of registers.</summary>
    public const int Count = 11;

    private readonly T[] values;

    private Registers(T[] values) => this.values = values;

    /// <summary>The registers with the given values, r0 first.</summary>
    /// <exception cref="ArgumentException">There are not eleven, or one is not 64 bits wide.</exception>
    public static Registers<T> Of(ReadOnlySpan<T> values)
    {
        if (values.Length != Count) throw new ArgumentException($"{values.Length} registers instead of {Count}", nameof(values));
        foreach (var value in values) RequireRegister(value);
        return new(values.ToArray());
    }

    public T this[int number] => values[number];

    public T Read(T number)
    {
        if (number.IsKnown(out var known)) return known < Count ? this[(int)known] : T.Zero(Width.Bits64);
        var value = T.Zero(Width.Bits64);
        for (var i = 0; i < Count; i++) value = T.Choose(Names(number, i), this[i], value);
        return value;
    }

    public IRegisters<T> Write(T number, T value)
    {
        if (number.IsKnown(out var known)) return known < Count ? With((int)known, value) : this;
        var written = new T[Count];
        for (var i = 0; i < Count; i++) written[i] = T.Choose(Names(number, i), value, this[i]);
        return new Registers<T>(written);
    }

    /// <summary>The registers after a 64-bit value is written to the register with a number, 0 to 10.</summary>
    /// <exception cref="ArgumentException">The value is not 64 bits wide.</exception>
    public IRegisters<T> With(int number, T value)
    {
        RequireRegister(value);
        T[] written = [.. values];
        written[number] = value;
        return new Registers<T>(written);
    }

    public bool Equals(IRegisters<T>? other) => other is not null && AllOf(this) == AllOf(other);

    public override bool Equals(object? obj) => Equals(obj as IRegisters<T>);

    public override int GetHashCode() => AllOf(this).GetHashCode();

    /// <summary>The values, as in <c>r0=0x0 r1=0x20000000 …</c>.</summary>
    public override string ToString() => TextOf(this);

    /// <summary>The values of eleven registers, r0 first.</summary>
    internal static Sequence<T> AllOf(IRegisters<T> registers) => Sequence.Generate(Count, number => registers[number]);

    /// <summary>The text of eleven registers.</summary>
    internal static string TextOf(IRegisters<T> registers) => string.Join(' ', AllOf(registers).Select((value, i) => $"r{i}={value}"));

    private static void RequireRegister(T value)
    {
        if (value.Width != Width.Bits64) throw new ArgumentException($"a register of {value.Width}", nameof(value));
    }

    private static Truth<T> Names(T number, int register) =>
        T.Same(number, T.Constant((ulong)register, Width.Bits4));
}
