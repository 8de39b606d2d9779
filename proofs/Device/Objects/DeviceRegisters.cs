using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Device.Objects;

/// <summary>The eleven registers as the device has them: an array of the low words and one of the high words.</summary>
/// <param name="Low">The low words, by the number of the register.</param>
/// <param name="High">The high words.</param>
internal sealed record DeviceRegisters(Term Low, Term High) : IRegisters<TermWord>
{
    private static readonly Sort Words = new Sort.Array(4, 32);

    /// <summary>Registers of any values.</summary>
    public static DeviceRegisters Any { get; } = new(Make.Variable("registers.low", Words), Make.Variable("registers.high", Words));

    public TermWord this[int number] => Read(NumberOf(number));

    public TermWord Read(TermWord number) => new(Make.Concatenate(High[number.Term], Low[number.Term]));

    public IRegisters<TermWord> Write(TermWord number, TermWord value) => new DeviceRegisters(
        Make.Store(Low, number.Term, value.Term.Bits(0, 32)), Make.Store(High, number.Term, value.Term.Bits(32, 32)));

    public IRegisters<TermWord> With(int number, TermWord value) => Write(NumberOf(number), value);

    /// <summary>That two files of registers hold the same in the register that a word names.</summary>
    public Term Agrees(DeviceRegisters other, Term number) =>
        Low[number].EqualTo(other.Low[number]) & High[number].EqualTo(other.High[number]);

    private static TermWord NumberOf(int number) => TermWord.Constant((ulong)number, Width.Bits4);
}
