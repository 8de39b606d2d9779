namespace RbpfSpec.Proving.Reports;

/// <summary>The forms of a report in a file.</summary>
public enum ReportFormat
{
    /// <summary>Everything, for programs; also what <c>prove merge</c> reads.</summary>
    Json,

    /// <summary>A test case a claim, for what shows test results.</summary>
    Junit,

    /// <summary>A result a claim that is not proved, for what shows findings beside code.</summary>
    Sarif,

    /// <summary>One page for people.</summary>
    Html,
}
