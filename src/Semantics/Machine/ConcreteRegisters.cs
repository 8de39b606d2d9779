using System.Runtime.CompilerServices;

namespace RbpfSpec.Semantics.Machine;

/// <summary>The eleven registers of a concrete run, kept as numbers: <see cref="Registers{T}"/> for speed.</summary>
/// <remarks>
/// The width that all of them share is not kept, so that a write copies half as many bytes; and they are in place rather
/// than in an array, so that it makes one object less. Tested equal to the definition.
/// </remarks>
public sealed class ConcreteRegisters : IRegisters<Word>, IEquatable<IRegisters<Word>>
{
    // Assigned only in an object that nobody else has seen yet.
    private Numbers numbers;

    private ConcreteRegisters(Numbers numbers) => this.numbers = numbers;

    /// <summary>The registers with the given values, r0 first.</summary>
    /// <exception cref="ArgumentException">There are not eleven, or one is not 64 bits wide.</exception>
    public static ConcreteRegisters Of(ReadOnlySpan<Word> values)
    {
        if (values.Length != Registers<Word>.Count)
            throw new ArgumentException($"{values.Length} registers instead of {Registers<Word>.Count}", nameof(values));
        Numbers all = default;
        for (var i = 0; i < values.Length; i++) all[i] = NumberOf(values[i]);
        return new(all);
    }

    public Word this[int number] => Word.Of(numbers[number]);

    public Word Read(Word number) => number.Value < Registers<Word>.Count ? Word.Of(numbers[(int)number.Value]) : Word.Of(0);

    public IRegisters<Word> Write(Word number, Word value) =>
        number.Value < Registers<Word>.Count ? With((int)number.Value, value) : this;

    /// <summary>The registers after a 64-bit value is written to the register with a number, 0 to 10.</summary>
    /// <exception cref="ArgumentException">The value is not 64 bits wide.</exception>
    public IRegisters<Word> With(int number, Word value)
    {
        var written = new ConcreteRegisters(numbers);
        written.numbers[number] = NumberOf(value);
        return written;
    }

    public bool Equals(IRegisters<Word>? other) =>
        other is not null && Registers<Word>.AllOf(this) == Registers<Word>.AllOf(other);

    public override bool Equals(object? obj) => Equals(obj as IRegisters<Word>);

    public override int GetHashCode() => Registers<Word>.AllOf(this).GetHashCode();

    /// <summary>The values, as in <c>r0=0x0 r1=0x20000000 …</c>.</summary>
    public override string ToString() => Registers<Word>.TextOf(this);

    private static ulong NumberOf(Word value) => value.Width == Width.Bits64
        ? value.Value
        : throw new ArgumentException($"a register of {value.Width}", nameof(value));

    [InlineArray(Registers<Word>.Count)]
    private struct Numbers
    {
        private ulong first;
    }
}
