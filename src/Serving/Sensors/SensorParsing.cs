namespace RbpfSpec.Serving.Sensors;

/// <summary>The result of reading the description of a sensor.</summary>
public abstract record SensorParsing
{
    private SensorParsing()
    {
    }

    /// <summary>It says a source.</summary>
    public sealed record Parsed(ISensorSource Source) : SensorParsing;

    /// <summary>It says none.</summary>
    /// <param name="Problem">What is wrong, where, and what would be right, in one line.</param>
    public sealed record Malformed(string Problem) : SensorParsing;
}
