namespace RbpfSpec.Debugging.Expressions;

/// <summary>The result of evaluating an expression.</summary>
public abstract record Evaluation
{
    private Evaluation()
    {
    }

    /// <summary>The expression has a value.</summary>
    /// <param name="Number">The value, 64 bits.</param>
    public sealed record Value(ulong Number) : Evaluation;

    /// <summary>The expression has none.</summary>
    /// <param name="Text">Why, and what would be right, in one line.</param>
    public sealed record Problem(string Text) : Evaluation;
}
