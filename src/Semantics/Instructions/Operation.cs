using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Instructions;

/// <summary>The definition of an operation, stated once: name, clause, traps, encodings and rule.</summary>
/// <remarks>Tables, decoder, encoder, assembler, pages, vectors and claims derive from the table of operations.</remarks>
public abstract record Operation
{
    private protected Operation(string mnemonic, string summary, Clause source, Sequence<Trap> traps) =>
        (Mnemonic, Summary, Source, Traps) = (mnemonic, summary, source, traps);

    /// <summary>The name in assembly text, without the width.</summary>
    public string Mnemonic { get; }

    /// <summary>One sentence that says what it does.</summary>
    public string Summary { get; }

    /// <summary>Where it is specified.</summary>
    public Clause Source { get; }

    /// <summary>Every trap that its rule can raise in some profile, budget and preflight apart.</summary>
    public Sequence<Trap> Traps { get; }

    /// <summary>Its encodings.</summary>
    public abstract Sequence<Form> Forms { get; }

    /// <summary>The rule: what one instruction does to a state, over any domain of words.</summary>
    public abstract Effect<T> Execute<T>(in Execution<T> execution)
        where T : IWord<T>;

    /// <summary>The access to memory that the operation itself makes; null of one that makes none.</summary>
    /// <remarks>What a helper reads and writes for a call, its declared arguments tell.</remarks>
    public virtual MemoryAccess<T>? AccessOf<T>(in Execution<T> execution)
        where T : IWord<T> => null;

    /// <summary>The mnemonic.</summary>
    public sealed override string ToString() => Mnemonic;
}
