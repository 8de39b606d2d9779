using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance;

/// <summary>The program of a vector.</summary>
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

/// <summary>The expectation of a vector: what a machine has to do.</summary>
public abstract record Expectation
{
    private Expectation()
    {
    }

    /// <summary>To end by EXIT with this value in r0.</summary>
    public sealed record Returns(ulong R0) : Expectation;

    /// <summary>To refuse the program.</summary>
    public sealed record Refuses : Expectation;

    /// <summary>To stop at a slot.</summary>
    public sealed record Traps(Trap Trap, ulong ProgramCounter) : Expectation;
}

/// <summary>One test of a machine: a program, the memory that r1 points to, and what has to come out.</summary>
/// <param name="Name">The file, and the line in it where there are several; of a vector of a suite, its rule and a number.</param>
/// <param name="Program">The program.</param>
/// <param name="Memory">The context; r2 is its length.</param>
/// <param name="Expectation">What has to come out.</param>
public sealed record Vector(string Name, VectorProgram Program, Sequence<byte> Memory, Expectation Expectation)
{
    /// <summary>The greatest number of slots that every machine accepts: long the most that Linux took.</summary>
    public const int LongestProgram = 4096;

    private const int CommonSize = LongestProgram * 8;

    private const string LongProgram = "long-program";

    /// <summary>The subject: a rule id, <c>preflight/</c> and the id of a check, or <c>program/</c> and a name; else empty.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Whether anybody says what has to come out; if not, the expectation means nothing, and there is nothing to judge.</summary>
    public bool IsStated { get; init; } = true;

    /// <summary>One sentence that says why it exists; empty where nobody says so.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The mutants that no vector of the rule before it finds.</summary>
    public Sequence<string> Finds { get; init; } = [];

    /// <summary>Whether it is of the few that find most of what the suite finds.</summary>
    public bool IsCore { get; init; }

    /// <summary>
    /// The parts of the start that the outcome depends on and that RFC 9669 says nothing of, in the words of
    /// <see cref="Conformance.Choices.All"/>.
    /// </summary>
    public Sequence<string> Choices { get; init; } = [];

    /// <summary>
    /// The conformance groups of all of the program's instructions; of a program to refuse, those of the instructions that
    /// it has.
    /// </summary>
    public Sequence<ConformanceGroup> Groups { get; init; } = [];

    /// <summary>The setting: what the harness provides besides program and memory.</summary>
    public Setting Setting { get; init; } = Setting.Plain;

    /// <summary>
    /// The needs of the vector besides a program of common size and memory: what the setting says, room for a long program, and the
    /// choices.
    /// </summary>
    public Sequence<string> Needs =>
        [
            .. Setting.Needs,
            .. Program is VectorProgram.Code(var bytes) && bytes.Count > CommonSize ? (ReadOnlySpan<string>)[LongProgram] : [],
            .. Choices,
        ];

    /// <summary>The whole state that the program starts in; null where nobody says so, or it does not start.</summary>
    public Snapshot? Before { get; init; }

    /// <summary>The whole state that it ends in; of a trap, the one before the instruction that trapped.</summary>
    public Snapshot? After { get; init; }
}

/// <summary>The result of reading vectors from a text.</summary>
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
