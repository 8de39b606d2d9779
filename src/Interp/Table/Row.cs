using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Interp.Table;

/// <summary>A row of the table of the engines: a code, the encodings that have it, its step, and how the engines go on.</summary>
/// <remarks>
/// Codes and steps are text: what is compiled in may be older than the table, which
/// <c>rbpf generate</c> makes new. <see cref="TableProblems"/> says what makes no sense.
/// </remarks>
/// <param name="Code">The name of the code.</param>
/// <param name="Kind">How the engines go on.</param>
/// <param name="Step">
/// The method of <see cref="Execution.Steps"/>, such as <c>Alu32K&lt;Add&gt;</c>; empty where the kind takes none.
/// </param>
/// <param name="Has">Whether an encoding has this code; null of guards and superinstructions, which no encoding has.</param>
internal sealed record Row(string Code, Kind Kind, string Step = "", Func<Form, bool>? Has = null)
{
    /// <summary>Whether the step leads to the target of its instruction, or can.</summary>
    public bool Jumps => Kind is Kind.Jump or Kind.Branch or Kind.LocalCall;

    /// <summary>Whether the step reads its source register.</summary>
    public bool ReadsSource => Has is not null && OperationTable.Forms.Any(form => Has(form) && ReadsSourceOf(form));

    private static bool ReadsSourceOf(Form form) => form.Operation switch
    {
        AluOperation or JumpOperation => form.Operand is SourceOperand.Register,
        MemoryOperation operation => operation is not MemoryOperation.StoreImmediate,
        WideLoad or CallOperation => false,

        // Atomic operations and packet loads do; of what is not known it does no harm to say so.
        _ => true,
    };
}

/// <summary>A part of the table: rows with what they have in common.</summary>
/// <param name="Heading">A sentence, or two.</param>
/// <param name="Rows">The rows.</param>
internal sealed record Group(string Heading, Sequence<Row> Rows);

/// <summary>How the engines go on from a step.</summary>
internal abstract record Kind
{
    private Kind()
    {
    }

    /// <summary>The step is done, and the next one follows.</summary>
    public sealed record Straight : Kind;

    /// <summary>The step is a condition: if it holds, the target follows, and a branch is paid for.</summary>
    public sealed record Branch : Kind;

    /// <summary>The step is done on bytes that the program may reach, and the next one follows.</summary>
    /// <param name="Address">The method of <see cref="Execution.Steps"/> that yields the address.</param>
    /// <param name="Permission">What the program has to be granted.</param>
    public sealed record Access(string Address, Permission Permission) : Kind;

    /// <summary>The step is a condition: if it holds, it traps.</summary>
    /// <param name="Stop">Why: a name of <see cref="Execution.Stop"/>.</param>
    public sealed record Guard(string Stop) : Kind;

    /// <summary>As <see cref="Guard"/>, of a misaligned access, which may be one that nothing grants.</summary>
    public sealed record AlignmentGuard : Kind;

    /// <summary>It traps, for the reason in the immediate.</summary>
    public sealed record Trap : Kind;

    /// <summary>An instruction is paid for.</summary>
    public sealed record Pay : Kind;

    /// <summary>The target follows, and a branch is paid for.</summary>
    public sealed record Jump : Kind;

    /// <summary>The engine stops: the host is called, and may go on with the next step.</summary>
    public sealed record HostCall : Kind;

    /// <summary>A local function is entered.</summary>
    public sealed record LocalCall : Kind;

    /// <summary>The program ends, or a local function is left.</summary>
    public sealed record Exit : Kind;

    /// <summary>A superinstruction: the step and those after it, which stay where they are.</summary>
    /// <remarks>
    /// The last part says how to go on: it is straight, a branch or an access. The row's step does what all parts do; of
    /// an access it yields the address, after the others. Without one the parts' own steps are done in turn.
    /// </remarks>
    /// <param name="Condition">What must hold of the operands.</param>
    /// <param name="Parts">The codes of the steps, by name.</param>
    /// <param name="Before">
    /// The step by which the <see langword="switch"/> does all parts but the last, which it goes to; empty for the parts' own.
    /// </param>
    public sealed record Fused(Condition Condition, Sequence<string> Parts, string Before = "") : Kind;
}
