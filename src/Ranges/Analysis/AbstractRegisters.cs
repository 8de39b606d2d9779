using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>The registers of an abstract state as rules read them: without a copy until one is written.</summary>
/// <param name="words">r0 to r10, 64 bits each.</param>
internal sealed class AbstractRegisters(Sequence<RangeWord> words) : IRegisters<RangeWord>
{
    /// <summary>r0 to r10.</summary>
    public Sequence<RangeWord> Words => words;

    public RangeWord this[int number] => words[number];

    /// <summary>The register that an instruction names: its fields are numbers here.</summary>
    public RangeWord Read(RangeWord number) => IndexOf(number) is >= 0 and var index ? words[index] : RangeWord.Constant(0, Width.Bits64);

    public IRegisters<RangeWord> Write(RangeWord number, RangeWord value) =>
        IndexOf(number) is >= 0 and var index ? With(index, value) : this;

    public IRegisters<RangeWord> With(int number, RangeWord value) => value.Width == Width.Bits64
        ? new AbstractRegisters(words.With(number, value))
        : throw new ArgumentException($"a register of {value.Width}", nameof(value));

    // Registers that there are not read as zero, and are not written.
    private static int IndexOf(RangeWord number) => number.IsKnown(out var known)
        ? known < Registers<RangeWord>.Count ? (int)known : -1
        : throw new ArgumentException($"the register {number}", nameof(number));
}
