using RbpfSpec.Conformance.Hosts.Cases;
using RbpfSpec.Host.Exploration;
using RbpfSpec.Updates;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>The vectors of hosts in <c>spec/vectors</c>: scenarios, and what the device of this project does in them.</summary>
public static class HostSuite
{
    private static readonly Lazy<Sequence<HostVector>> made = new(Make);

    /// <summary>All of them, by chapter.</summary>
    public static Sequence<HostVector> All => made.Value;

    /// <summary>The planted bugs of the explorations, of devices as they are here.</summary>
    public static Sequence<PlantedBug> PlantedBugs { get; } =
    [
        .. PlantedBug.All,
        .. PlantedUpdateBug.Of(
            Envelope.Verifier([TestAuthor.Known.Key]),
            bytes => SignedCases.Forged.Where(forged => forged.Bytes == bytes).Select(forged => forged.Update).FirstOrDefault()),
    ];

    private static Sequence<HostVector> Make()
    {
        Dictionary<string, int> counts = [];
        List<HostVector> vectors = [];
        foreach (var scenario in (IEnumerable<HostScenario>)
            [.. HostCases.All, .. HookCases.All, .. BindingCases.All, .. CoapCases.All, .. UpdateCases.All, .. SignedCases.All])
        {
            var number = counts[scenario.Rule] = counts.GetValueOrDefault(scenario.Rule) + 1;
            vectors.Add(HostRun.Vector($"{scenario.Rule}-{number:00}", scenario));
        }

        return vectors.ToSequence();
    }
}
