using System.Collections.Concurrent;

namespace RbpfSpec.Symbolic.Terms;

/// <summary>A formula or a word of the prover: hash-consed, so that terms of the same structure are the same object.</summary>
/// <remarks>
/// Made by <see cref="Make"/> only, which simplifies. The table of terms is shared by all threads and keeps them for
/// the life of the process.
/// </remarks>
public sealed partial class Term
{
    private static readonly ConcurrentDictionary<Term, Term> Table = new(Structure.Comparer);

    private readonly Term[] arguments;

    // Code that speaks of 128-bit numbers is never compiled ahead of time; so what all terms go through speaks of halves.
    internal Term(
        Operator @operator, Sort sort, ReadOnlySpan<Term> arguments, ulong low = 0, ulong high = 0, string name = "", int lowest = 0)
    {
        Operator = @operator;
        Sort = sort;
        this.arguments = arguments.ToArray();
        (Low, High) = (low, high);
        Name = name;
        Lowest = lowest;
        Width = sort is Sort.BitVector(var width) ? width : 0;
        Fingerprint = Structure.FingerprintOf(this);
    }

    /// <summary>The operator that builds it.</summary>
    public Operator Operator { get; }

    /// <summary>The sort of its values.</summary>
    public Sort Sort { get; }

    /// <summary>The operands.</summary>
    public ReadOnlySpan<Term> Arguments => arguments;

    /// <summary>Of a constant, its bits; of a truth value 0 or 1.</summary>
    public UInt128 Value => new(High, Low);

    /// <summary>Of a variable or function, its name.</summary>
    public string Name { get; }

    /// <summary>Of an extraction, the lowest bit taken.</summary>
    public int Lowest { get; }

    /// <summary>The number of bits of a bit-vector; of other sorts 0.</summary>
    public int Width { get; }

    /// <summary>A hash of the structure that is the same in every process and on every thread, unlike any address or counter.</summary>
    public ulong Fingerprint { get; }

    /// <summary>The first operand.</summary>
    public Term First => arguments[0];

    /// <summary>The second operand.</summary>
    public Term Second => arguments[1];

    /// <summary>The third operand.</summary>
    public Term Third => arguments[2];

    /// <summary>Whether it is a number or a truth value.</summary>
    public bool IsConstant => Operator is Operator.Constant;

    /// <summary>Whether it is the truth value true.</summary>
    public bool IsTrue => IsConstant && Sort is Sort.Bool && Low == 1;

    /// <summary>Whether it is the truth value false.</summary>
    public bool IsFalse => IsConstant && Sort is Sort.Bool && Low == 0;

    /// <summary>Whether it is a bit-vector constant of the given bits.</summary>
    public bool Is(UInt128 value) => IsConstant && Sort is Sort.BitVector && Value == value;

    /// <summary>Whether it is a bit-vector constant of the given bits, of which those above 64 are zero.</summary>
    public bool Is(ulong value) => IsConstant && Sort is Sort.BitVector && Low == value && High == 0;

    /// <summary>The SMT-LIB text, without sharing; for small terms.</summary>
    public override string ToString() => Printer.Inline(this);

    /// <summary>The low 64 bits of <see cref="Value"/>.</summary>
    internal ulong Low { get; }

    /// <summary>The high 64 bits of <see cref="Value"/>.</summary>
    internal ulong High { get; }

    /// <summary>The one object of this structure.</summary>
    internal Term Shared() => Table.GetOrAdd(this, this);
}
