using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proving.Ledgers;

/// <summary>The knowledge of one claim.</summary>
/// <param name="Id">The claim's id.</param>
/// <param name="Verdict">proved, refuted or undecided.</param>
/// <param name="Script">The hash of its scripts, <see cref="Result.ScriptHash"/>.</param>
/// <param name="Mutants">The mutants that were tried.</param>
public sealed record LedgerEntry(string Id, string Verdict, string Script, Sequence<MutantFate> Mutants)
{
    /// <summary>The ids of the claims that it takes for granted.</summary>
    public Sequence<string> Lemmas { get; init; } = [];

    /// <summary>The entry of a result.</summary>
    public static LedgerEntry Of(Result result) => new(
        result.Claim.Id,
        result.Verdict.Word,
        result.ScriptHash,
        result.Mutants.Map(mutant => new MutantFate(mutant.Mutant.Name, mutant.Verdict.Word)))
    {
        Lemmas = result.Claim.Lemmas.Map(lemma => lemma.Id),
    };
}

/// <summary>The fate of a mutant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fate">refuted, which it must be, or proved or undecided.</param>
public sealed record MutantFate(string Name, string Fate);

/// <summary>The knowledge of each claim, without times or anything of the machine, so that it can be kept beside the claims.</summary>
/// <param name="Solvers">The solvers that decided, each with its version.</param>
/// <param name="Entries">The entries, ordered by id.</param>
public sealed record Ledger(Sequence<string> Solvers, Sequence<LedgerEntry> Entries)
{
    /// <summary>The ledger in which nothing is known.</summary>
    public static Ledger Empty { get; } = new([], []);

    /// <summary>A ledger of entries in any order.</summary>
    public static Ledger Of(IEnumerable<string> solvers, IEnumerable<LedgerEntry> entries) => new(
        [.. solvers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        [.. entries.OrderBy(entry => entry.Id, StringComparer.Ordinal)]);

    /// <summary>The hash of the scripts with which a claim is proved; null if it is not.</summary>
    public Func<Claim, string?> Proved()
    {
        var proved = Entries.Where(entry => entry.Verdict == "proved").ToDictionary(entry => entry.Id, entry => entry.Script);
        return claim => proved.GetValueOrDefault(claim.Id);
    }

    /// <summary>This ledger with the entries on which a run rests, where they have gone meanwhile.</summary>
    /// <param name="before">The entries as they were when the run began.</param>
    /// <param name="results">The run's results: those that were known then.</param>
    public Ledger With(Sequence<LedgerEntry> before, Sequence<Result> results)
    {
        var present = Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var gone = results.Where(result => result.WasKnown && !present.Contains(result.Claim.Id)).Select(result => result.Claim.Id)
            .ToHashSet(StringComparer.Ordinal);
        return gone.Count == 0 ? this : Of(Solvers, [.. Entries, .. before.Where(entry => gone.Contains(entry.Id))]);
    }

    /// <summary>This ledger after a run.</summary>
    /// <param name="results">The run's results: they replace what was known of their claims, but for those that were known.</param>
    /// <param name="solver">The run's solver.</param>
    /// <param name="ids">The ids of all claims; entries of others are left out.</param>
    public Ledger After(Sequence<Result> results, string solver, IReadOnlySet<string> ids)
    {
        var found = results.Where(result => !result.WasKnown).ToDictionary(result => result.Claim.Id, LedgerEntry.Of);
        var kept = Entries.Where(entry => ids.Contains(entry.Id) && !found.ContainsKey(entry.Id)).ToList();

        // The solvers of entries that are no longer there decided nothing that is.
        return Of(
            [.. kept.Count > 0 ? Solvers : [], .. found.Count > 0 || kept.Count == 0 ? (string[])[solver] : []],
            [.. kept, .. found.Values]);
    }

    /// <summary>The ledgers of parts of a run as one.</summary>
    /// <param name="parts">The ledgers, each with the name of its file.</param>
    /// <param name="ids">The ids of all claims, each of which must be in a part.</param>
    public static Merged Merge(IReadOnlyList<(string Name, Ledger Ledger)> parts, IReadOnlyCollection<string> ids)
    {
        Dictionary<string, (string Name, LedgerEntry Entry)> all = [];
        List<string> problems = [];
        foreach (var (name, ledger) in parts)
        {
            foreach (var entry in ledger.Entries)
            {
                if (all.TryGetValue(entry.Id, out var other) && other.Entry != entry)
                {
                    problems.Add(
                        $"{other.Name} and {name} contradict each other on {entry.Id}: "
                        + $"{other.Entry.Verdict} and {Difference(other.Entry, entry)}");
                }
                else
                {
                    all.TryAdd(entry.Id, (name, entry));
                }
            }
        }

        problems.AddRange(ids.Where(id => !all.ContainsKey(id)).Select(id => $"{id} is missing"));
        var known = ids.ToHashSet(StringComparer.Ordinal);
        problems.AddRange(all.Values.Where(found => !known.Contains(found.Entry.Id))
            .Select(found => $"{found.Name} has {found.Entry.Id}, which is no claim"));
        return problems.Count > 0
            ? new Merged.Contradiction(problems.ToSequence())
            : new Merged.Whole(Of(parts.SelectMany(part => part.Ledger.Solvers), all.Values.Select(found => found.Entry)));
    }

    private static string Difference(LedgerEntry first, LedgerEntry second) =>
        first.Verdict != second.Verdict ? second.Verdict
        : first.Script != second.Script ? $"{second.Verdict} of another script"
        : first.Lemmas != second.Lemmas ? $"{second.Verdict} by other lemmas"
        : $"{second.Verdict} with other mutants";
}

/// <summary>The result of merging ledgers.</summary>
public abstract record Merged
{
    private Merged()
    {
    }

    /// <summary>One ledger of all claims.</summary>
    public sealed record Whole(Ledger Ledger) : Merged;

    /// <summary>The parts do not fit, or some are missing.</summary>
    public sealed record Contradiction(Sequence<string> Problems) : Merged;
}
