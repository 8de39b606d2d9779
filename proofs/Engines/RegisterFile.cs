using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Engines;

/// <summary>The registers that the fast machine keeps in its state, r0 to r10 and the one that is zero.</summary>
internal abstract record RegisterFile
{
    private RegisterFile()
    {
    }

    /// <summary>The value of the register with a number.</summary>
    public TermWord this[int number] => number == RunState.ZeroRegister
        ? TermWord.Constant(0, Width.Bits64)
        : Read(TermWord.Constant((ulong)number, Width.Bits4));

    /// <summary>The value of the register that a word of 4 bits names.</summary>
    public abstract TermWord Read(TermWord number);

    /// <summary>The registers after one is written.</summary>
    public abstract RegisterFile Write(TermWord number, TermWord value);

    /// <summary>Whether another file of the same kind holds the same.</summary>
    public abstract Term Equals(RegisterFile other, Term anyNumber);

    /// <summary>Eleven words, as the semantics has them.</summary>
    public sealed record Named(IRegisters<TermWord> Words) : RegisterFile
    {
        public override TermWord Read(TermWord number) => Words.Read(number);

        public override RegisterFile Write(TermWord number, TermWord value) => new Named(Words.Write(number, value));

        public override Term Equals(RegisterFile other, Term anyNumber) =>
            Make.All(Enumerable.Range(0, Registers<TermWord>.Count).Select(number => this[number].Term.EqualTo(other[number].Term)));
    }

    /// <summary>An array by number: which registers are the same can then be left open, and known.</summary>
    public sealed record Indexed(Term Array) : RegisterFile
    {
        /// <summary>Any registers.</summary>
        public static Indexed Any => new(Make.Variable("registers", new Sort.Array(4, 64)));

        public override TermWord Read(TermWord number) => new(Array[number.Term]);

        public override RegisterFile Write(TermWord number, TermWord value) => new Indexed(Make.Store(Array, number.Term, value.Term));

        public override Term Equals(RegisterFile other, Term anyNumber) =>
            Read(new(anyNumber)).Term.EqualTo(other.Read(new(anyNumber)).Term);
    }
}
