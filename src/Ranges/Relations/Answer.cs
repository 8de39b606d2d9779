namespace RbpfSpec.Ranges.Relations;

/// <summary>A bound that was found, and those that were found before: an immutable list.</summary>
/// <param name="form">The form.</param>
/// <param name="least">The number that the form is never below.</param>
/// <param name="isAll">Whether all was searched: then no search finds more.</param>
/// <param name="before">The one found before.</param>
internal sealed class Answer(LinearForm form, Int128 least, bool isAll, Answer? before)
{
    /// <summary>The one found before; null if there is none.</summary>
    public Answer? Before => before;

    /// <summary>How many there are.</summary>
    public int Count { get; } = (before?.Count ?? 0) + 1;

    /// <summary>The number that a form with the same terms is never below; null of others, or if more may be found.</summary>
    /// <param name="asked">The form asked about.</param>
    /// <param name="enough">A number that need not be exceeded.</param>
    public Int128? LeastOf(LinearForm asked, Int128 enough)
    {
        if (!asked.HasTermsOf(form)) return null;
        var bound = least + (asked.Constant - form.Constant);
        return isAll || bound >= enough ? bound : null;
    }
}
