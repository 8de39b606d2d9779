using System.Text.Json;
using System.Text.Json.Serialization;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Mutants;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Campaigns.Kinds;

/// <summary>Pieces that are mutants of rules, and faults of machines, which a suite is to find.</summary>
internal sealed class ScoreKind : IWorkKind
{
    private const ulong MostMutants = 128;
    private const ulong MostFaults = 512;
    private const ulong Parts = 32;
    private const string Mutants = "mutants ";
    private const string Faults = "faults ";

    private readonly Lock gate = new();
    private (string Settings, ScoredSuite Suite)? last;

    public string Name => "score";

    /// <summary>The pieces of so many mutants and faults.</summary>
    public static IReadOnlyList<string> Pieces(int mutants, int faults) =>
    [
        .. Range64.Pieces((ulong)mutants, Parts, 1, MostMutants).Select(piece => Mutants + Range64.Text(piece)),
        .. Range64.Pieces((ulong)faults, Parts, 1, MostFaults).Select(piece => Faults + Range64.Text(piece)),
    ];

    /// <summary>Of each mutant, and then of each fault, whether a vector finds it, from the results of all pieces.</summary>
    public static IReadOnlyList<bool> Found(IEnumerable<string> results) =>
        [.. results.SelectMany(result => result).Select(digit => digit == '1')];

    public IWorkshop Open(string settings)
    {
        var measured = Measured(settings);
        return new SharedBench((piece, cancellation) => piece.StartsWith(Mutants, StringComparison.Ordinal)
            ? Digits(piece[Mutants.Length..], measured.Finds, cancellation)
            : Digits(piece[Faults.Length..], measured.Faults.Value.Shows, cancellation));
    }

    /// <summary>The suite of some settings, each vector of which is run once, whoever asks.</summary>
    public ScoredSuite Measured(string settings)
    {
        lock (gate)
        {
            if (last is not var (known, measured) || known != settings)
                last = (settings, measured = ScoredSuite.Of(JsonSerializer.Deserialize(settings, ScoreJson.Default.ScoreSettings)!));
            return measured;
        }
    }

    private static string Digits(string piece, Func<int, bool> isFound, CancellationToken cancellation)
    {
        var (first, end) = Range64.Read(piece);
        var digits = new char[end - first];
        for (var number = first; number < end; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            digits[number - first] = isFound((int)number) ? '1' : '0';
        }

        return new(digits);
    }
}

/// <summary>A suite, and what it is to find.</summary>
/// <param name="Mutants">The mutants of rules.</param>
/// <param name="Rules">What finds them.</param>
/// <param name="Faults">What finds faults of machines.</param>
internal sealed record ScoredSuite(Sequence<RuleMutant> Mutants, Lazy<SuiteMeasure> Rules, Lazy<FaultMeasure> Faults)
{
    /// <summary>The suite of some settings.</summary>
    public static ScoredSuite Of(ScoreSettings settings)
    {
        if (VectorReader.Read(settings.Suite) is not VectorText.Loaded(var vectors))
            throw new WorkRefusedException("the suite of the campaign cannot be read here");
        var profile = SharedBench.Profile(settings.Profile);
        return new(
            Score.Mutants(profile, settings.IsMeant),
            new(() => new(vectors, profile)),
            new(() => new(vectors, profile, settings.OfFaults)));
    }

    /// <summary>Whether a vector finds the mutant of a number.</summary>
    public bool Finds(int number) => Rules.Value.Kills(Mutants[number]);
}

/// <summary>The things that all pieces of a campaign have in common.</summary>
/// <param name="Profile">The machine variant.</param>
/// <param name="Only">The forms of the rule ids that are meant; none for all.</param>
/// <param name="Suite">The vectors that are programs, as a suite.</param>
internal sealed record ScoreSettings(string Profile, string[] Only, string Suite)
{
    /// <summary>As a plan has it.</summary>
    [JsonIgnore]
    public string Text => JsonSerializer.Serialize(this, ScoreJson.Default.ScoreSettings);

    /// <summary>Whether the faults of a rule are meant; null if all are, and those of no single rule.</summary>
    [JsonIgnore]
    public Func<string, bool>? OfFaults => Only.Length == 0 ? null : IsMeant;

    /// <summary>Whether the mutants of a rule are meant.</summary>
    public bool IsMeant(string rule) => Only.Length == 0 || Only.Any(glob => Selection.Matches(glob, rule));

    /// <summary>The vectors that a suite can hold, which are all that can find anything.</summary>
    public static string SuiteOf(IReadOnlyList<Vector> vectors, Profile profile) =>
        VectorWriter.Suite(profile.Name, 0, vectors.Where(vector => vector.Program is VectorProgram.Code));
}

[JsonSerializable(typeof(ScoreSettings))]
internal sealed partial class ScoreJson : JsonSerializerContext;
