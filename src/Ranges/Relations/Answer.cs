namespace RbpfSpec.Ranges.Relations;

/// <summary>A bound that was found, and those that were found before: an immutable list.</summary>
/// <param name="form">The form.</param>
/// <param name="least">The number that the form is never below.</param>
/// <param name="most">A number that no search exceeds: the same one if all was searched, or if some values make it so low.</param>
/// <param name="before">The one found before.</param>
internal sealed class Answer(LinearForm form, Int128 least, Int128 most, Answer? before)
{
    /// <summary>The one found before; null if there is none.</summary>
    public Answer? Before => before;

    /// <summary>How many there are.</summary>
    public int Count { get; } = (before?.Count ?? 0) + 1;

    /// <summary>The number that a form with the same terms is never below; null of others, or if more may be found.</summary>
    /// <param name="asked">The form asked about.</param>
    /// <param name="enough">A number that need not be exceeded.</param>
    /// <param name="decides">Whether all that is asked is whether it is reached.</param>
    public Int128? LeastOf(LinearForm asked, Int128 enough, bool decides)
    {
        if (!asked.HasTermsOf(form)) return null;
        var more = asked.Constant - form.Constant;
        return least == most || least + more >= enough || (decides && most + more < enough) ? least + more : null;
    }
}
