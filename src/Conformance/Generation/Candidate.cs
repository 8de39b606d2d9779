using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Conformance.Generation;

/// <summary>A program that may become a vector of a rule.</summary>
/// <param name="Program">The program.</param>
/// <param name="Memory">The context.</param>
/// <param name="Setting">What else the harness provides.</param>
/// <param name="Classes">The classes of values and situations that it stands for, each a clause after "where".</param>
internal sealed record Candidate(
    Sequence<Instruction> Program, Sequence<byte> Memory, Setting Setting, Sequence<Class> Classes);

/// <summary>A class of values or situations.</summary>
/// <param name="Text">A clause after "where".</param>
/// <param name="IsWanted">Whether a suite must have it; else it has it only where that finds a mutant.</param>
internal readonly record struct Class(string Text, bool IsWanted)
{
    /// <summary>A class that a suite must have.</summary>
    public static Class Wanted(string text) => new(text, true);

    /// <summary>A class that only says what a vector is about.</summary>
    public static Class Of(string text) => new(text, false);
}

/// <summary>The value of a register when the instruction under test is reached.</summary>
internal abstract record Held
{
    private Held()
    {
    }

    /// <summary>A number.</summary>
    public sealed record Number(ulong Value) : Held;

    /// <summary>The address of the context's first byte, plus a distance.</summary>
    public sealed record Context(long Distance) : Held;

    /// <summary>r10 plus a distance.</summary>
    public sealed record Stack(long Distance) : Held;

    /// <summary>The lower half of r10, with zeros above it, or with its sign bit.</summary>
    public sealed record LowerStack(bool IsSigned) : Held;
}
