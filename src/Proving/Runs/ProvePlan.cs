using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Proving.Reports;

namespace RbpfSpec.Proving.Runs;

/// <summary>The plan of a run of <c>prove</c>.</summary>
public sealed record ProvePlan
{
    /// <summary>The claims that are meant.</summary>
    public required Selection Selection { get; init; }

    /// <summary>Whether to skip what is proved already.</summary>
    public bool Changed { get; init; }

    /// <summary>How many claims are tried at once.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The time for one question.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>The solver's name.</summary>
    public required string Solver { get; init; }

    /// <summary>The second solver's name, if there is one.</summary>
    public string? CrossCheck { get; init; }

    /// <summary>Whether each refutation of a counterexample is certified by a proof that is checked.</summary>
    public bool Certify { get; init; }

    /// <summary>The folder for scripts, if they are wanted.</summary>
    public string? Export { get; init; }

    /// <summary>The form of the report, if one is wanted.</summary>
    public ReportFormat? Report { get; init; }

    /// <summary>The report's file, if it is not to have its usual name.</summary>
    public string? Output { get; init; }

    /// <summary>The files that a run keeps.</summary>
    public required CommittedFiles Files { get; init; }

    /// <summary>Those of them that are written: none if they are only compared, or cannot be.</summary>
    public CommittedFiles Kept { get; init; } = new(null, null);

    /// <summary>Whether these files are only compared.</summary>
    public bool CheckCommitted { get; init; }

    /// <summary>Whether mutants of the rules and of the compiled code are meant, and not the claims themselves.</summary>
    public bool Mutate { get; init; }

    /// <summary>Whether claims are only tried, for what shows that they do not hold.</summary>
    public bool Replay { get; init; }

    /// <summary>Whether claims are only listed.</summary>
    public bool List { get; init; }
}
