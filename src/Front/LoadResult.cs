using RbpfSpec.Semantics.Validity;

namespace RbpfSpec;

/// <summary>The result of loading a program.</summary>
public abstract record LoadResult
{
    private LoadResult() { }

    /// <summary>The program may run.</summary>
    public sealed record Accepted(RbpfProgram Program) : LoadResult;

    /// <summary>There is a program, and the preflight rejects it.</summary>
    /// <param name="Problems">Every place that breaks one of its checks.</param>
    public sealed record Rejected(Sequence<Problem> Problems) : LoadResult;

    /// <summary>There is no program.</summary>
    /// <param name="Problems">What is wrong, and what would be right; a line each.</param>
    public sealed record Malformed(Sequence<string> Problems) : LoadResult;
}
