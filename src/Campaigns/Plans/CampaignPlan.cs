using System.Security.Cryptography;
using System.Text;

namespace RbpfSpec.Campaigns.Plans;

/// <summary>The plan of a campaign: pieces of work of one kind that do not depend on each other.</summary>
[GenerateSerializer]
[Alias("rbpf.plan")]
public sealed record CampaignPlan
{
    private const int IdDigits = 16;

    /// <summary>The kind of work, as workers know it.</summary>
    [Id(0)]
    public required string Kind { get; init; }

    /// <summary>A hash of what the program says that planned it: others must say the same, or leave it alone.</summary>
    [Id(1)]
    public required string Program { get; init; }

    /// <summary>The things that all pieces have in common, in the words of the kind.</summary>
    [Id(2)]
    public required string Settings { get; init; }

    /// <summary>The pieces, in the order of the result, in the words of the kind.</summary>
    [Id(3)]
    public required IReadOnlyList<string> Pieces { get; init; }

    /// <summary>The name that the same plan always has: whoever begins it again goes on with it.</summary>
    public string Id
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var text in (IEnumerable<string>)[Kind, Program, Settings, .. Pieces])
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length}:"));
                hash.AppendData(Encoding.UTF8.GetBytes(text));
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset())[..IdDigits];
        }
    }
}
