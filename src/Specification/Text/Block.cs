namespace RbpfSpec.Specification.Text;

/// <summary>A part of a chapter between two blank lines.</summary>
public abstract record Block
{
    private Block()
    {
    }

    /// <summary>A heading.</summary>
    /// <param name="Line">The number of its line, from 1.</param>
    /// <param name="Title">Its words.</param>
    public sealed record Heading(int Line, string Title) : Block;

    /// <summary>A paragraph that binds an implementation, with what holds it.</summary>
    /// <param name="Line">The number of the line with its id.</param>
    /// <param name="Requirement">What it says.</param>
    public sealed record Binding(int Line, Requirement Requirement) : Block;

    /// <summary>A paragraph, a table or a list that defines a term or explains.</summary>
    /// <param name="Line">The number of its first line.</param>
    /// <param name="Source">Its text, in Markdown.</param>
    public sealed record Explanation(int Line, string Source) : Block;
}

/// <summary>One thing that an implementation has to do.</summary>
/// <param name="Id">Its rule id, such as <c>memory/one-region</c>.</param>
/// <param name="Text">What it says, in Markdown.</param>
/// <param name="Vectors">The vectors that a machine fails which breaks it.</param>
/// <param name="Claims">The claims about the project's own machines, as globs.</param>
public sealed record Requirement(string Id, string Text, Sequence<VectorSelector> Vectors, Sequence<string> Claims)
{
    /// <summary>The tests of the host that hold it, each as its class and its method.</summary>
    public Sequence<string> Tests { get; init; }
}
