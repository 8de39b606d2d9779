using RbpfSpec.Assembly.Objects;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly;

/// <summary>The result of reading assembly text.</summary>
public abstract record Assembled
{
    private Assembled()
    {
    }

    /// <summary>A program. Whether it is a valid one is for the preflight check to say.</summary>
    /// <param name="Program">The slots.</param>
    /// <param name="Labels">The labels that the text defines, in the order of the text.</param>
    /// <param name="Lines">For each slot the line, counted from 1, that it comes from.</param>
    public sealed record Success(Program Program, Sequence<Symbol> Labels, Sequence<int> Lines) : Assembled
    {
        /// <summary>The dialects that the lines are in; what is common to several counts as the first's.</summary>
        public Sequence<Dialect> Dialects { get; init; }
    }

    /// <summary>No program, for these reasons; at least one, and one for every line that is wrong.</summary>
    /// <param name="Errors">In the order of the text.</param>
    public sealed record Failure(Sequence<AssemblyError> Errors) : Assembled;
}

/// <summary>The result of reading assembly text that may have data, and refer to definitions elsewhere.</summary>
public abstract record AssembledObject
{
    private AssembledObject()
    {
    }

    /// <summary>An object, to be linked or written (<see cref="ElfWriter"/>).</summary>
    /// <param name="Object">The object.</param>
    public sealed record Success(ObjectFile Object) : AssembledObject
    {
        /// <summary>The dialects that the lines are in; what is common to several counts as the first's.</summary>
        public Sequence<Dialect> Dialects { get; init; }

        /// <summary>For each section of the object, and in it for each slot, the line, counted from 1, that it comes from.</summary>
        public Sequence<Sequence<int>> Lines { get; init; }

        /// <summary>Whether the text says more of itself than instructions and labels: sections, functions, what others see.</summary>
        public bool HasDirectives { get; init; }
    }

    /// <summary>No object, for these reasons; at least one, and one for every line that is wrong.</summary>
    /// <param name="Errors">In the order of the text.</param>
    public sealed record Failure(Sequence<AssemblyError> Errors) : AssembledObject;
}

/// <summary>Why a line of assembly text stands for no instruction.</summary>
/// <param name="Kind">What sort of mistake it is.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">Where in the line, in UTF-16 code units counted from 1.</param>
/// <param name="Found">What stands there: text in quotation marks, or a description.</param>
/// <param name="Expected">What would be right.</param>
public sealed record AssemblyError(AssemblyErrorKind Kind, int Line, int Column, string Found, string Expected)
{
    /// <summary>The error in one line of English, for the file's name to be put before it.</summary>
    public override string ToString() => $"line {Line}, column {Column}: found {Found}; expected {Expected}";
}

/// <summary>The sorts of mistakes in assembly text.</summary>
public enum AssemblyErrorKind
{
    /// <summary>The line is none that the syntax allows.</summary>
    Syntax,

    /// <summary>The line is an instruction of other machines, outside RFC 9669.</summary>
    UnsupportedInstruction,

    /// <summary>A jump or call names a label that the text does not define.</summary>
    UndefinedLabel,

    /// <summary>A label is defined a second time.</summary>
    DuplicateLabel,

    /// <summary>A label is too far away for the field that holds the distance.</summary>
    DistanceOutOfRange,

    /// <summary>The program has data or refers to other sections, which program bytes alone cannot say.</summary>
    NeedsObject,

    /// <summary>A listing or a log says two things of one instruction, or leaves one out.</summary>
    Contradiction,
}
