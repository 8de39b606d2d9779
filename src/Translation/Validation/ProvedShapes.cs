namespace RbpfSpec.Translation.Validation;

/// <summary>The questions that a solver has answered, whatever their variables were called: kept, they need not be asked again.</summary>
/// <remarks>For one thread at a time.</remarks>
public sealed class ProvedShapes
{
    private readonly HashSet<string> shapes = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => shapes.Count;

    /// <summary>Whether a question was found to have no answer.</summary>
    internal bool Contains(string shape) => shapes.Contains(shape);

    /// <summary>Keeps a question that has no answer.</summary>
    internal void Add(string shape) => shapes.Add(shape);
}
