using System.Text.Json;
using System.Text.Json.Serialization;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Fuzzing;

namespace RbpfSpec.Cli.Commands.Campaigns.Kinds;

/// <summary>Pieces that are numbers of generated programs, run on two machines.</summary>
/// <param name="contender">The machine that a choice of an option stands for.</param>
internal sealed class FuzzKind(Func<RunEngine, string, ComparedMachine> contender) : IWorkKind
{
    // About a second each: the semantics runs some ten thousand programs in it.
    private const ulong LeastPrograms = 512;
    private const ulong MostPrograms = 8192;
    private const ulong Parts = 32;

    public string Name => "fuzz";

    /// <summary>The pieces of so many programs.</summary>
    public static IReadOnlyList<string> Pieces(ulong programs) =>
        [.. Range64.Pieces(programs, Parts, LeastPrograms, MostPrograms).Select(Range64.Text)];

    public IWorkshop Open(string settings)
    {
        var read = JsonSerializer.Deserialize(settings, FuzzJson.Default.FuzzSettings)!;
        try
        {
            var fuzzer = new Fuzzer(
                Setting.Of(SharedBench.Profile(read.Profile)),
                contender(read.Engine, "--engine"),
                contender(read.Against, "--against"),
                read.Seed);
            return new SharedBench((piece, cancellation) =>
            {
                var (first, end) = Range64.Read(piece);
                var (coverage, divergent) = fuzzer.RunPart(first, end, cancellation);
                return JsonSerializer.Serialize(new FuzzedPiece(divergent, [.. coverage.Counts]), FuzzJson.Default.FuzzedPiece);
            });
        }
        catch (UsageException exception)
        {
            throw new WorkRefusedException(exception.Message);
        }
    }
}

/// <summary>The things that all pieces of a campaign have in common.</summary>
internal sealed record FuzzSettings(string Profile, RunEngine Engine, RunEngine Against, ulong Seed)
{
    /// <summary>As a plan has it.</summary>
    [JsonIgnore]
    public string Text => JsonSerializer.Serialize(this, FuzzJson.Default.FuzzSettings);
}

/// <summary>The result of a piece.</summary>
/// <param name="Divergent">The number of the program on which the machines differ; null if there is none.</param>
/// <param name="Counts">What the programs met.</param>
internal sealed record FuzzedPiece(ulong? Divergent, long[] Counts)
{
    /// <summary>The result that was sent.</summary>
    public static FuzzedPiece Read(string result) => JsonSerializer.Deserialize(result, FuzzJson.Default.FuzzedPiece)!;
}

[JsonSerializable(typeof(FuzzSettings))]
[JsonSerializable(typeof(FuzzedPiece))]
internal sealed partial class FuzzJson : JsonSerializerContext;
