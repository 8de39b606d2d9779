using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Tests;

/// <summary>What README.md shows is what happens.</summary>
public partial class ReadmeTests : Scratch
{
    // What a new console project has by default.
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    [Fact]
    [Trait("Needs", "compiler")]
    public void Every_CSharp_block_compiles_and_prints_the_text_that_follows_it()
    {
        var blocks = Blocks();
        var programs = Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Language == "csharp").ToList();

        programs.ShouldNotBeEmpty();
        foreach (var i in programs)
        {
            var program = Compile(blocks[i].Text);
            var ending = Rbpf.Captured(() => Run(program));

            ending.Error.ShouldBe("");
            if (i + 1 < blocks.Count && blocks[i + 1].Language == "text") ending.Output.ShouldBe(blocks[i + 1].Text);
        }
    }

    [Fact]
    public void The_counts_of_vectors_are_those_of_the_committed_suite()
    {
        var vectors =
            ((VectorText.Loaded)VectorReader.Read(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json")))).Vectors;
        var machine = new MachineUnderTest.Batch("./rbpf conformance batch --profile rbpf", TimeSpan.FromSeconds(1), []);
        var left = vectors.Count(vector => machine.Refuses(vector) is not null);
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        readme.ShouldContain($"{vectors.Count} vectors on {machine.Name}: {vectors.Count - left} passed, 0 failed, {left} unsupported");
        readme.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"a suite of {vectors.Count:N0} vectors"));
    }

    // The compiler of the SDK that runs this test: it knows the language version of the projects.
    private System.Reflection.Assembly Compile(string program)
    {
        var output = At("program.dll");
        string[] sources = [Write("program.cs", program), Write("usings.cs", ImplicitUsings)];
        var references = Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "System*.dll")
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "RbpfSpec.*.dll"))
            .Where(file => !file.EndsWith(".Native.dll", StringComparison.Ordinal));
        var arguments = Write("arguments.rsp", string.Join('\n',
        [
            "-nologo", "-target:exe", "-nullable:enable", $"-out:\"{output}\"",
            .. references.Select(file => $"-r:\"{file}\""), .. sources.Select(file => $"\"{file}\""),
        ]));
        External.Run("dotnet", Compiler(), $"@{arguments}").ShouldBe((0, ""));
        return System.Reflection.Assembly.Load(File.ReadAllBytes(output));
    }

    // <root>/shared/Microsoft.NETCore.App/<version>/ is the runtime, <root>/sdk/<version>/ an SDK.
    private static string Compiler()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.EnumerateFiles(Path.Combine(root, "sdk"), "csc.dll", SearchOption.AllDirectories)
            .Where(file => file.Contains($"{Path.DirectorySeparatorChar}{Environment.Version.Major}.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Last();
    }

    private static int Run(System.Reflection.Assembly program)
    {
        var main = program.EntryPoint.ShouldNotBeNull();
        main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        return CommandLine.Holds;
    }

    private static List<(string Language, string Text)> Blocks() =>
    [
        .. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n"))
            .Select(match => (match.Groups["language"].Value, match.Groups["text"].Value)),
    ];

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline
        | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
