using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands.Campaigns.Kinds;

/// <summary>Pieces that are claims to prove, a few each.</summary>
/// <param name="proving">The claims that there are, and the solvers.</param>
internal sealed class ProveKind(ProveContext proving) : IWorkKind
{
    // Neighbours share questions, and are tried together; but nobody shall wait long for the last piece.
    private const int MostClaims = 32;
    private const int Parts = 64;

    private readonly Lazy<Dictionary<string, Claim>> claims = new(() => proving.Claims().ToDictionary(claim => claim.Id));

    public string Name => "prove";

    /// <summary>The settings of a campaign.</summary>
    public static string Settings(string solver, string version, TimeSpan limit) =>
        JsonSerializer.Serialize(new ProveSettings(solver, version, limit.Ticks), ProveJson.Default.ProveSettings);

    /// <summary>Claims in pieces.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="known">The hash of the scripts with which a claim was proved before, if it was.</param>
    public static IReadOnlyList<(string Piece, Sequence<Claim> Claims)> Pieces(IReadOnlyList<Claim> claims, Func<Claim, string?> known) =>
    [
        .. claims.Chunk(Math.Clamp(claims.Count / Parts, 1, MostClaims)).Select(chunk => (
            JsonSerializer.Serialize([.. chunk.Select(claim => new ProvePiece(claim.Id, known(claim)))], ProveJson.Default.ProvePieceArray),
            chunk.ToSequence())),
    ];

    /// <summary>The results of a piece.</summary>
    public static Sequence<Result> Read(string result, Sequence<Claim> claims) =>
    [
        .. JsonSerializer.Deserialize(result, ProveJson.Default.ProvedClaimArray)!.Zip(claims).Select(pair => pair.First.Of(pair.Second)),
    ];

    public IWorkshop Open(string settings)
    {
        var read = JsonSerializer.Deserialize(settings, ProveJson.Default.ProveSettings)!;
        return new Workshop(claims.Value, proving.Open, read, Session(proving.Open, read));
    }

    private static ISolver Session(Func<string, SolverSession> open, ProveSettings settings) => open(settings.Solver) switch
    {
        SolverSession.Unavailable(var reason) => throw new WorkRefusedException(reason),
        SolverSession.Opened(var solver) when Version(solver) != settings.Version => throw new WorkRefusedException(
            $"the solver here is {Version(solver)}, and that of the campaign {settings.Version}"),
        SolverSession.Opened(var solver) => solver,
    };

    private static string Version(ISolver solver) => $"{solver.Name} {solver.Version}";

    private sealed class Workshop(
        Dictionary<string, Claim> claims, Func<string, SolverSession> open, ProveSettings settings, ISolver first) : IWorkshop
    {
        private readonly ConcurrentDictionary<string, Reply> verdicts = [];
        private ISolver? waiting = first;

        public IWorkbench Bench() => new Bench(
            claims,
            new RememberingSolver(Interlocked.Exchange(ref waiting, null) ?? Session(open, settings), verdicts),
            TimeSpan.FromTicks(settings.LimitTicks));

        public void Dispose() => Interlocked.Exchange(ref waiting, null)?.Dispose();
    }

    private sealed class Bench(Dictionary<string, Claim> claims, ISolver solver, TimeSpan limit) : IWorkbench
    {
        private static readonly TimeSpan InterruptAgain = TimeSpan.FromMilliseconds(50);

        public string Do(string piece, CancellationToken cancellation)
        {
            // An interrupt between two questions does not reach it; so it is repeated.
            using Timer again = new(_ => solver.Interrupt());
            using var registration = cancellation.Register(() => again.Change(TimeSpan.Zero, InterruptAgain));
            var prover = new Prover(solver, limit);
            ProvedClaim[] results =
            [
                .. JsonSerializer.Deserialize(piece, ProveJson.Default.ProvePieceArray)!
                    .Select(asked => ProvedClaim.Of(prover.Try(claims[asked.Id], asked.Known, cancellation))),
            ];
            return JsonSerializer.Serialize(results, ProveJson.Default.ProvedClaimArray);
        }

        public void Dispose() => solver.Dispose();
    }
}

/// <summary>The things that all pieces of a campaign have in common.</summary>
internal sealed record ProveSettings(string Solver, string Version, long LimitTicks);

/// <summary>A claim of a piece.</summary>
internal sealed record ProvePiece(string Id, string? Known);

/// <summary>A verdict as it is sent.</summary>
internal sealed record SentVerdict(string Word, string[] Lines)
{
    /// <summary>The verdict.</summary>
    [JsonIgnore]
    public Verdict Verdict => Word switch
    {
        "proved" => new Verdict.Proved([.. Lines]),
        "refuted" => new Verdict.Refuted([.. Lines]),
        _ => new Verdict.Undecided(Lines[0]),
    };

    /// <summary>A verdict to send.</summary>
    public static SentVerdict Of(Verdict verdict) => new(verdict.Word, [.. verdict.Shown]);
}

/// <summary>The result of a claim as it is sent.</summary>
internal sealed record ProvedClaim(SentVerdict Verdict, SentVerdict[] Mutants, string Hash, long Ticks, bool WasKnown)
{
    /// <summary>The result.</summary>
    public Result Of(Claim claim) => new(
        claim,
        Verdict.Verdict,
        [.. claim.Mutants.Zip(Mutants).Select(pair => new MutantResult(pair.First, pair.Second.Verdict))],
        Hash,
        TimeSpan.FromTicks(Ticks),
        WasKnown);

    /// <summary>A result to send.</summary>
    public static ProvedClaim Of(Result result) => new(
        SentVerdict.Of(result.Verdict),
        [.. result.Mutants.Map(mutant => SentVerdict.Of(mutant.Verdict))],
        result.ScriptHash,
        result.Time.Ticks,
        result.WasKnown);
}

[JsonSerializable(typeof(ProveSettings))]
[JsonSerializable(typeof(ProvePiece[]))]
[JsonSerializable(typeof(ProvedClaim[]))]
internal sealed partial class ProveJson : JsonSerializerContext;
