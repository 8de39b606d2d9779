namespace RbpfSpec.Bench.Coap;

/// <summary>The median of measurements.</summary>
internal static class Median
{
    /// <summary>Of a figure of each; of an even number of them the greater one in the middle.</summary>
    public static double Of<T>(IEnumerable<T> results, Func<T, double> figure)
    {
        List<double> sorted = [.. results.Select(figure).Order()];
        return sorted[sorted.Count / 2];
    }
}
