using RbpfSpec.Semantics;

namespace RbpfSpec.Conformance;

/// <summary>What a vector's program is.</summary>
public abstract record VectorProgram
{
    private VectorProgram()
    {
    }

    /// <summary>Program bytes, eight a slot.</summary>
    public sealed record Code(Sequence<byte> Bytes) : VectorProgram;

    /// <summary>A program that RFC 9669 has no encoding for, with the reason.</summary>
    public sealed record Unsupported(string Reason) : VectorProgram;
}

/// <summary>What a vector says a machine has to do.</summary>
public abstract record Expectation
{
    private Expectation()
    {
    }

    /// <summary>To end by EXIT with this value in r0.</summary>
    public sealed record Returns(ulong R0) : Expectation;

    /// <summary>To refuse the program.</summary>
    public sealed record Refuses : Expectation;
}

/// <summary>One test of a machine: a program, the memory that r1 points to, and what has to come out.</summary>
/// <param name="Name">The file, and the line in it where there are several.</param>
/// <param name="Program">The program.</param>
/// <param name="Memory">The context; r2 is its length.</param>
/// <param name="Expectation">What has to come out.</param>
public sealed record Vector(string Name, VectorProgram Program, Sequence<byte> Memory, Expectation Expectation);

/// <summary>What reading vectors from a text comes to.</summary>
public abstract record VectorText
{
    private VectorText()
    {
    }

    /// <summary>The vectors.</summary>
    public sealed record Loaded(Sequence<Vector> Vectors) : VectorText;

    /// <summary>The text is not of the format.</summary>
    /// <param name="Line">The line, from 1.</param>
    /// <param name="Problem">What was found there, and what would be right.</param>
    public sealed record Malformed(int Line, string Problem) : VectorText;
}
