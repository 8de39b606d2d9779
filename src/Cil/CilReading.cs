using System.Collections.Immutable;
using Mono.Cecil.Cil;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil;

/// <summary>The result of reading some code.</summary>
public abstract record CilReading<TMemory>
    where TMemory : class, ICilMemory<TMemory>
{
    private CilReading()
    {
    }

    /// <summary>Every way through it.</summary>
    /// <param name="Paths">The ways; the conditions of no two hold together, and one of them always does.</param>
    /// <param name="Demands">
    /// What must hold for the code to be defined: accesses within bounds, divisors that are not zero, and the like.
    /// </param>
    public sealed record Read(Sequence<CilPath<TMemory>> Paths, Sequence<CilDemand> Demands) : CilReading<TMemory>;

    /// <summary>The code has something that the reader does not know.</summary>
    /// <param name="Reason">The method, the instruction and what is not known of it.</param>
    public sealed record Rejected(string Reason) : CilReading<TMemory>;
}

/// <summary>A condition that must hold wherever code goes this way.</summary>
/// <param name="Holds">The condition, with the way that leads there as its premise.</param>
/// <param name="What">What it is about, for people.</param>
public sealed record CilDemand(Term Holds, string What);

/// <summary>One way through some code.</summary>
/// <param name="Condition">What leads there: formulas that all hold.</param>
/// <param name="End">Where it leads.</param>
/// <param name="Memory">The memory then.</param>
public sealed record CilPath<TMemory>(ImmutableList<Term> Condition, CilEnd End, TMemory Memory);

/// <summary>How a way through some code ends.</summary>
public abstract record CilEnd
{
    private CilEnd()
    {
    }

    /// <summary>By a return.</summary>
    /// <param name="Value">What is returned, if anything is.</param>
    public sealed record Returned(CilValue? Value) : CilEnd;

    /// <summary>By a call through a pointer whose result is returned: the last thing that the code does.</summary>
    /// <param name="Target">What is called.</param>
    /// <param name="Arguments">The arguments.</param>
    public sealed record Went(CilValue.Function Target, Sequence<CilValue> Arguments) : CilEnd;

    /// <summary>At the head of the loop, again.</summary>
    /// <param name="Frame">The variables then.</param>
    public sealed record Looped(CilFrame Frame) : CilEnd;
}

/// <summary>A method in the middle of its execution.</summary>
/// <param name="Method">The method.</param>
/// <param name="At">The instruction to go on with.</param>
/// <param name="Arguments">The values of the parameters.</param>
/// <param name="Locals">The values of the local variables; null where none was set.</param>
/// <param name="Stack">The evaluation stack, its top last.</param>
public sealed record CilFrame(
    CilMethod Method,
    Instruction At,
    ImmutableArray<CilValue> Arguments,
    ImmutableArray<CilValue?> Locals,
    ImmutableArray<CilValue> Stack);
