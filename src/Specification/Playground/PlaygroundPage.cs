using System.Globalization;
using System.Text;
using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Script;
using RbpfSpec.Specification.Site;

namespace RbpfSpec.Specification.Playground;

/// <summary>The playground of the site: a page on which whole programs run, by the compiled rules.</summary>
/// <remarks>
/// Its scripts are classic ones, so that the page can be opened from the file system. What is written by hand is in
/// <c>Scripts</c>; rules, checks, patterns of text and what helpers declare are made from the semantics.
/// </remarks>
internal static class PlaygroundPage
{
    /// <summary>The file of the page.</summary>
    public const string Path = "playground.html";

    private const string Script = "playground.js";
    private const string Style = "playground.css";

    private static readonly string[] Modules =
    [
        "preflight.js", "assembler.js", "objects.js", "helpers.js", "machine.js", "explain.js", "link.js", "inputs.js", "view.js",
        "page.js",
    ];

    /// <summary>The files: the page, its style and its scripts, one for each profile but the first, which the site has.</summary>
    public static IEnumerable<SiteFile> Files
    {
        get
        {
            var first = Profile.All[0];
            var options = Profile.All.Select(profile => $"<option>{profile.Name}</option>");
            var content = Assets.Text("playground.html").Replace("PROFILES", string.Concat(options), StringComparison.Ordinal);
            var styled = $"<link rel=\"stylesheet\" href=\"{Style}\">\n{content}";
            yield return new(Path, PageFrame.Of(Path, "Playground", styled, "semantics.js", "playground-data.js", FileOf(first), Script));
            yield return new(Style, Assets.Text(Style));
            yield return new("playground-data.js", Beginning());
            yield return new(Script, "\"use strict\";\n" + string.Concat(Modules.Select(Assets.Text)));
            yield return new(FileOf(first), MachineScript.Of(first));
            foreach (var profile in Profile.All.Skip(1))
                yield return new(FileOf(profile), SemanticsScript.Of(Counting(profile)) + MachineScript.Of(profile));
        }
    }

    // A run may have a budget where the profile sets none: the rules are those that count, and no limit is more than is ever counted.
    private static Profile Counting(Profile profile) => profile with { BranchLimit = new Allowance<ulong>.Remaining(ulong.MaxValue) };

    // The opcodes that a loader has to know, by the names that the scripts have for them.
    private static Dictionary<string, byte> Opcodes => new[]
    {
        ("wide", "imm/lddw"), ("exit", "jmp/exit"), ("always", "jmp/ja"), ("far", "jmp/ja32"), ("local", "jmp/call-local"),
    }.ToDictionary(named => named.Item1, named => OperationTable.WithId(named.Item2).Opcode);

    private static string FileOf(Profile profile) => $"playground-{profile.Name}.js";

    private static string Beginning() => new StringBuilder("\"use strict\";\n")
        .Append("globalThis.playground = { profiles: new Map(), add: (name, profile) => playground.profiles.set(name, profile) };\n")
        .Append(CultureInfo.InvariantCulture, $"playground.mostOutput = {HostDataOf.MostOutput};\n")
        .Append("playground.opcodes = ").Append(Data.Json(Opcodes)).Append(";\n")
        .Append("playground.syntax = ").Append(SyntaxScript.Of()).Append(";\n")
        .Append("playground.examples = ").Append(Data.Json(PlaygroundExamples.All)).Append(";\n")
        .ToString();
}
