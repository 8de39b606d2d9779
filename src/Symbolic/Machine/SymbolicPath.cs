using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>How a path of a symbolic run ends.</summary>
public abstract record SymbolicEnd
{
    private SymbolicEnd(State<TermWord> state) => State = state;

    /// <summary>The state reached; of a trap, the state before the instruction that trapped.</summary>
    public State<TermWord> State { get; }

    /// <summary>By EXIT.</summary>
    public sealed record Exited : SymbolicEnd
    {
        /// <summary>Ends in a state.</summary>
        public Exited(State<TermWord> state)
            : base(state)
        {
        }

        /// <summary>The 64-bit result.</summary>
        public TermWord Result => State.Registers[0];
    }

    /// <summary>By a trap.</summary>
    public sealed record Trapped : SymbolicEnd
    {
        /// <summary>Ends for a reason, in the state before the instruction.</summary>
        public Trapped(Trap trap, State<TermWord> state)
            : base(state) => Trap = trap;

        /// <summary>The reason.</summary>
        public Trap Trap { get; }
    }

    /// <summary>It came to the slot that was asked about, and was not followed further.</summary>
    public sealed record Arrived : SymbolicEnd
    {
        /// <summary>Arrived in a state.</summary>
        public Arrived(State<TermWord> state)
            : base(state)
        {
        }
    }

    /// <summary>It was not followed to its end; nothing is known of what comes after.</summary>
    public sealed record Stopped : SymbolicEnd
    {
        /// <summary>Stopped in a state.</summary>
        public Stopped(string reason, Limit limit, State<TermWord> state)
            : base(state) => (Reason, Limit) = (reason, limit);

        /// <summary>Why.</summary>
        public string Reason { get; }

        /// <summary>The limit that it met, if it was one.</summary>
        public Limit Limit { get; }
    }
}

/// <summary>One way through a program.</summary>
/// <param name="Condition">
/// What leads there. No two paths that were followed to their end have conditions that hold together; a path that was
/// stopped stands for whatever no other path covers.
/// </param>
/// <param name="End">Where it leads.</param>
/// <param name="Steps">The number of instructions executed; one that trapped is none.</param>
public sealed record SymbolicPath(PathCondition Condition, SymbolicEnd End, int Steps);

/// <summary>How far a symbolic run goes before it gives up.</summary>
/// <param name="Steps">Instructions on one path.</param>
/// <param name="Paths">Paths, all together.</param>
public sealed record SymbolicLimits(int Steps, int Paths);

/// <summary>The limit that kept a symbolic run from its end.</summary>
public enum Limit
{
    /// <summary>Not a limit: something that has no symbolic meaning.</summary>
    None,

    /// <summary>The number of paths.</summary>
    Paths,

    /// <summary>The number of instructions on one path.</summary>
    Steps,

    /// <summary>Merging paths lost something.</summary>
    Merged,

    /// <summary>The time that the solver has for a question, or another reason why it gave no answer.</summary>
    Time,
}

/// <summary>The treatment of paths of a symbolic run that meet in one slot.</summary>
public enum Meeting
{
    /// <summary>Each is followed alone.</summary>
    Alone,

    /// <summary>Those with the same budget go on as one.</summary>
    SameBudget,

    /// <summary>They go on as one, with the least of their budgets, and are stopped where that runs out.</summary>
    LeastBudget,
}
