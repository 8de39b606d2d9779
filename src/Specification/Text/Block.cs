using RbpfSpec.Semantics;

namespace RbpfSpec.Specification.Text;

/// <summary>A part of a chapter between two blank lines.</summary>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Source">Its lines, joined by spaces where they are one sentence after the other.</param>
public abstract record Block(int Line, string Source)
{
    /// <summary>A heading.</summary>
    /// <param name="Line">The number of its line.</param>
    /// <param name="Source">Its line.</param>
    /// <param name="Title">Its words.</param>
    public sealed record Heading(int Line, string Source, string Title) : Block(Line, Source);

    /// <summary>A paragraph that binds an implementation, with what holds it.</summary>
    /// <param name="Line">The number of its first line.</param>
    /// <param name="Source">Its text, the id included.</param>
    /// <param name="Requirement">What it says.</param>
    public sealed record Binding(int Line, string Source, Requirement Requirement) : Block(Line, Source);

    /// <summary>A paragraph, a table or a list that defines a term or explains.</summary>
    /// <param name="Line">The number of its first line.</param>
    /// <param name="Source">Its text.</param>
    public sealed record Explanation(int Line, string Source) : Block(Line, Source);
}

/// <summary>One thing that an implementation has to do.</summary>
/// <param name="Id">Its rule id, such as <c>memory/one-region</c>.</param>
/// <param name="Text">What it says, in Markdown.</param>
/// <param name="Vectors">The vectors that a machine fails which breaks it.</param>
/// <param name="Obligations">The claims about the project's own machines, as globs.</param>
public sealed record Requirement(string Id, string Text, Sequence<VectorSelector> Vectors, Sequence<string> Obligations);
