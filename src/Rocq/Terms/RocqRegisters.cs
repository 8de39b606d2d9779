namespace RbpfSpec.Rocq.Terms;

/// <summary>Registers as an expression of Rocq: a list of numbers, r0 first.</summary>
/// <remarks>A register that there is not reads as zero, and is not written: so is an element of <c>Regions.v</c>.</remarks>
/// <param name="Term">The expression.</param>
internal sealed record RocqRegisters(RocqTerm Term) : IRegisters<RocqWord>
{
    public RocqWord this[int number] => Read(RocqWord.Constant((ulong)number, Width.Bits4));

    public RocqWord Read(RocqWord number) => RocqWord.Of(Width.Bits64, "read_at {0} {1}", Term, number.Term);

    public IRegisters<RocqWord> Write(RocqWord number, RocqWord value) =>
        new RocqRegisters(new RocqTerm.Apply("write_at {0} {1} {2}", [Term, number.Term, value.Term]));

    public IRegisters<RocqWord> With(int number, RocqWord value) => Write(RocqWord.Constant((ulong)number, Width.Bits4), value);
}
