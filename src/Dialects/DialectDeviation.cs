using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dialects;

/// <summary>A numbered bug of a historic machine: one rule, check or access test of the normative machine, replaced.</summary>
/// <remarks>Closed: what a bug replaces is one of the three kinds nested here. The bugs derive from the kinds.</remarks>
public abstract record DialectDeviation
{
    private DialectDeviation(string number, string machine, string summary, Clause source)
    {
        Number = number;
        Machine = machine;
        Summary = summary;
        Source = source;
    }

    /// <summary>As in <c>FC-10</c>; never reused.</summary>
    public string Number { get; }

    /// <summary>The name of the historic machine, for people.</summary>
    public string Machine { get; }

    /// <summary>One sentence that says what the machine does; where a model had to choose a reading, one more says which.</summary>
    public string Summary { get; }

    /// <summary>The part of the machine that has the bug.</summary>
    public Clause Source { get; }

    /// <summary>Another rule for some encodings.</summary>
    public abstract record RuleDeviation : DialectDeviation
    {
        private protected RuleDeviation(string number, string machine, string summary, Clause source)
            : base(number, machine, summary, source)
        {
        }

        /// <summary>Whether the rule of an encoding is replaced.</summary>
        public abstract bool Concerns(Form form);

        /// <summary>The rule of the encodings concerned.</summary>
        public abstract Effect<T> Execute<T>(in Execution<T> execution)
            where T : IWord<T>;
    }

    /// <summary>Other checks of a program.</summary>
    public sealed record CheckDeviation : DialectDeviation
    {
        /// <summary>A bug that neither drops nor adds anything yet.</summary>
        internal CheckDeviation(string number, string machine, string summary, Clause source)
            : base(number, machine, summary, source)
        {
        }

        /// <summary>The ids of the normative checks that the machine lacks.</summary>
        public Sequence<string> Drops { get; init; } = [];

        /// <summary>The machine's own checks.</summary>
        public Sequence<Check> Adds { get; init; } = [];

        /// <summary>When the machine makes its own checks.</summary>
        public CheckTime Time { get; init; } = CheckTime.Preflight;

        /// <summary>The encodings unknown to RFC 9669 that the machine accepts; their rules are their operations'.</summary>
        public Sequence<Form> Encodings { get; init; } = [];
    }

    /// <summary>Another test of whether an access lies within a region.</summary>
    public abstract record AccessDeviation : DialectDeviation
    {
        private protected AccessDeviation(string number, string machine, string summary, Clause source)
            : base(number, machine, summary, source)
        {
        }

        /// <summary>The address as the machine's test takes it.</summary>
        public virtual T Seen<T>(T start, T address)
            where T : IWord<T> => address;

        /// <summary>Whether the machine takes some bytes from an address on to lie in a region; all words have 64 bits.</summary>
        /// <param name="start">The address of the region's first byte.</param>
        /// <param name="length">The number of bytes in the region.</param>
        /// <param name="address">The address of the first byte accessed.</param>
        /// <param name="count">The number of bytes accessed.</param>
        public abstract Truth<T> Contains<T>(T start, T length, T address, T count)
            where T : IWord<T>;
    }
}

/// <summary>When a machine makes a check of its own.</summary>
public enum CheckTime
{
    /// <summary>Before the run, of all instructions; one that breaks the check rejects the program.</summary>
    Preflight,

    /// <summary>When a jump is taken; one that breaks the check traps as a program counter outside the program.</summary>
    TakenJump,
}

/// <summary>Another value in the register that an arithmetic or wide instruction writes.</summary>
public abstract record ResultDeviation : DialectDeviation.RuleDeviation
{
    private protected ResultDeviation(string number, string machine, string summary, Clause source)
        : base(number, machine, summary, source)
    {
    }

    /// <summary>The 64-bit value that the destination register gets.</summary>
    public abstract Guarded<T> Result<T>(in Execution<T> execution)
        where T : IWord<T>;

    public sealed override Effect<T> Execute<T>(in Execution<T> execution)
    {
        var result = Result(execution);
        return result.With(execution.Write(execution.Fields.Destination, result.Value));
    }
}
