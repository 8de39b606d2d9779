namespace RbpfSpec.Reports;

/// <summary>Where a report for people goes, line by line.</summary>
public interface ITextReport
{
    /// <summary>A heading.</summary>
    void Heading(string text);

    /// <summary>A line of good news.</summary>
    void Good(string text);

    /// <summary>A line of bad news.</summary>
    void Bad(string text);

    /// <summary>A line.</summary>
    void Line(string text);

    /// <summary>A table: the names of its columns, and rows of as many cells.</summary>
    void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows);
}
