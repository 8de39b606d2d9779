namespace RbpfSpec.Benchmarks;

/// <summary>Nothing can be measured: machines come to different results, or one does not answer. The message says which, and how.</summary>
public sealed class BenchmarkException : Exception
{
    /// <summary>With what is wrong.</summary>
    public BenchmarkException(string message)
        : base(message)
    {
    }
}
