namespace RbpfSpec.Serving.Storage;

/// <summary>The result of opening a database.</summary>
public abstract record StoreOpening
{
    private StoreOpening()
    {
    }

    /// <summary>It is open, and no other server uses it.</summary>
    public sealed record Opened(SqliteStore Store) : StoreOpening;

    /// <summary>It is not, and nothing of it was changed.</summary>
    /// <param name="Problem">Why, with the name of the file, and what would be right.</param>
    public sealed record Refused(string Problem) : StoreOpening;
}
