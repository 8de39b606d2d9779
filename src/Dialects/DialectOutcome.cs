using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Dialects;

/// <summary>The outcome of one step, or of a whole run, of a historic machine.</summary>
public abstract record DialectOutcome
{
    private DialectOutcome(State<Word> state) => State = state;

    /// <summary>The state reached; of all cases but the regular one, the state before the instruction.</summary>
    public State<Word> State { get; }

    /// <summary>The machine goes on, ends, or traps, as the normative one may.</summary>
    public sealed record Regular : DialectOutcome
    {
        /// <summary>Comes to a regular outcome.</summary>
        public Regular(Outcome<Word> outcome)
            : base(outcome.State) => Outcome = outcome;

        /// <summary>The outcome.</summary>
        public Outcome<Word> Outcome { get; }
    }

    /// <summary>The machine makes an access that no region grants: isolation is lost.</summary>
    public sealed record Escaped : DialectOutcome
    {
        /// <summary>Escapes by an access.</summary>
        public Escaped(Word address, Word count, State<Word> state)
            : base(state)
        {
            Address = address;
            Count = count;
        }

        /// <summary>The address of the first byte, 64 bits.</summary>
        public Word Address { get; }

        /// <summary>The number of bytes, 64 bits.</summary>
        public Word Count { get; }
    }

    /// <summary>The machine reads a slot outside the program.</summary>
    public sealed record LeftProgram : DialectOutcome
    {
        /// <summary>Reads a slot in a state.</summary>
        public LeftProgram(Word slot, State<Word> state)
            : base(state) => Slot = slot;

        /// <summary>The index of that slot, 64 bits: the program counter, or the slot after it.</summary>
        public Word Slot { get; }
    }

    /// <summary>The machine reads or writes a register that does not exist.</summary>
    public sealed record IllegalRegister : DialectOutcome
    {
        /// <summary>Touches a register in a state.</summary>
        public IllegalRegister(Register register, State<Word> state)
            : base(state) => Register = register;

        /// <summary>The register, 11 to 15.</summary>
        public Register Register { get; }
    }
}
