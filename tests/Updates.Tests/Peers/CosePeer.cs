using System.Text.Json;

namespace RbpfSpec.Updates.Tests.Peers;

/// <summary>Other implementations of COSE and CBOR: the npm packages <c>cose-js</c> and <c>cbor</c>, run by node.</summary>
internal static class CosePeer
{
    private static string Packages => Path.Combine(Repository.Root, "artifacts", "cose", "node_modules");

    /// <summary>The answer of <c>peer.js</c>.</summary>
    public static JsonElement Ask(params string[] arguments)
    {
        Directory.Exists(Path.Combine(Packages, "cose-js")).ShouldBeTrue(
            $"cose-js is missing: ./rbpf test installs it, or 'npm install --ignore-scripts cose-js@0.9.0 cbor@10.0.12' in {Packages}/..");
        var script = Path.Combine(Repository.Root, "tests", "Updates.Tests", "Peers", "peer.js");
        var (exitCode, output) = External.Start("node", [script, .. arguments], "", ("NODE_PATH", Packages))
            ?? throw new FileNotFoundException("node is missing: it comes with npm", "node");
        exitCode.ShouldBe(0, output);
        return JsonDocument.Parse(output).RootElement;
    }
}
