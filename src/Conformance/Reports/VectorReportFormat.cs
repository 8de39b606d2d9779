namespace RbpfSpec.Conformance.Reports;

/// <summary>The formats of a report in a file.</summary>
public enum VectorReportFormat
{
    /// <summary>The XML of JUnit.</summary>
    Junit,

    /// <summary>One page that needs nothing else.</summary>
    Html,

    /// <summary>One JSON object a line.</summary>
    Json,
}
