using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Specification.Script;

/// <summary>Registers as the script sees them: those before the instruction, and what a rule writes.</summary>
/// <param name="Writes">Which register, as a word of 4 bits or a number, and the value; in order.</param>
internal sealed record ScriptRegisters(Sequence<(ScriptTerm Which, ScriptTerm Value)> Writes) : IRegisters<ScriptWord>
{
    public ScriptWord this[int number] => Before(new ScriptTerm.Register(number));

    public ScriptWord Read(ScriptWord number) =>
        number.IsKnown(out var known) && known < Registers<ScriptWord>.Count
            ? this[(int)known]
            : Before(new ScriptTerm.RegisterBelow(number.Term, Registers<ScriptWord>.Count));

    public IRegisters<ScriptWord> Write(ScriptWord number, ScriptWord value) => Written(number.Term, value);

    public IRegisters<ScriptWord> With(int number, ScriptWord value) => Written(new ScriptTerm.Number((ulong)number), value);

    private ScriptRegisters Written(ScriptTerm which, ScriptWord value) => new(Writes.Add((which, value.Term)));

    private ScriptWord Before(ScriptTerm register) => Writes.IsEmpty
        ? ScriptWord.Of(register, Width.Bits64)
        : throw new InvalidOperationException("a rule reads a register after it has written one, which the script cannot say");
}
