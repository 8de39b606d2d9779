namespace RbpfSpec.Campaigns.Plans;

/// <summary>A kind of work that campaigns are made of.</summary>
public interface IWorkKind
{
    /// <summary>The name that plans have for it.</summary>
    string Name { get; }

    /// <summary>Prepares to work for a campaign: what all its pieces have in common is made here, once.</summary>
    /// <param name="settings">What the plan says of all pieces.</param>
    /// <exception cref="WorkRefusedException">This computer lacks something that it needs.</exception>
    IWorkshop Open(string settings);
}

/// <summary>The place where pieces of one campaign are worked at; several at a time.</summary>
public interface IWorkshop : IDisposable
{
    /// <summary>A bench for one piece at a time.</summary>
    /// <exception cref="WorkRefusedException">This computer lacks something that it needs.</exception>
    IWorkbench Bench();
}

/// <summary>Works at one piece at a time.</summary>
public interface IWorkbench : IDisposable
{
    /// <summary>The result of a piece; the same piece always has the same, but for times.</summary>
    /// <param name="piece">The piece, as the plan says it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    string Do(string piece, CancellationToken cancellation);
}

/// <summary>A computer cannot do a kind of work; the message says what is missing.</summary>
public sealed class WorkRefusedException(string message) : Exception(message);
