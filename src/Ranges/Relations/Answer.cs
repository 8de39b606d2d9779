namespace RbpfSpec.Ranges.Relations;

/// <summary>A bound that was found, and those that were found before: an immutable list.</summary>
/// <param name="form">The form.</param>
/// <param name="enough">The number that need not be exceeded.</param>
/// <param name="least">The number that the form is never below.</param>
/// <param name="before">The one found before.</param>
internal sealed class Answer(LinearForm form, Int128 enough, Int128 least, Answer? before)
{
    /// <summary>The form.</summary>
    public LinearForm Form => form;

    /// <summary>The number that need not be exceeded.</summary>
    public Int128 Enough => enough;

    /// <summary>The number that the form is never below.</summary>
    public Int128 Least => least;

    /// <summary>The one found before; null if there is none.</summary>
    public Answer? Before => before;

    /// <summary>How many there are.</summary>
    public int Count { get; } = (before?.Count ?? 0) + 1;
}
