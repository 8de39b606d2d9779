using System.Globalization;
using System.Runtime.InteropServices;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Tests;

/// <summary>README.md and the pages of docs/ show what happens.</summary>
public class ReadmeTests : Scratch
{
    // What a new console project has by default.
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    public static TheoryData<string> Pages => [.. PageText.All];

    [Fact]
    public void There_are_programs_in_the_page_on_embedding() =>
        PageText.BlocksOf("docs/embedding.md").Count(block => block.Language == "csharp").ShouldBe(5);

    [Theory]
    [Trait("Needs", "compiler")]
    [MemberData(nameof(Pages))]
    public void Every_CSharp_block_compiles_and_prints_the_text_that_follows_it(string page)
    {
        var blocks = PageText.BlocksOf(page);
        foreach (var i in Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Language == "csharp"))
        {
            var program = Compile(blocks[i].Text);
            var ending = Rbpf.Captured(() => Run(program));

            ending.Error.ShouldBe("");
            if (i + 1 < blocks.Count && blocks[i + 1].Language == "text") ending.Output.ShouldBe(blocks[i + 1].Text);
        }
    }

    [Fact]
    public void The_C_of_the_page_on_applications_stands_in_one()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples", "applications"), "*.*")
            .Where(file => Path.GetExtension(file) is ".c" or ".h")
            .Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"))
            .ToList();
        var blocks = PageText.BlocksOf("docs/applications.md").Where(block => block.Language == "c").ToList();

        blocks.Count.ShouldBe(4);
        blocks.ShouldAllBe(block => sources.Any(source => source.Contains(block.Text, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_counts_of_vectors_are_those_of_the_committed_suite()
    {
        var vectors =
            ((VectorText.Loaded)VectorReader.Read(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json")))).Vectors;
        var machine = new MachineUnderTest.Batch("./rbpf conformance batch --profile rbpf", TimeSpan.FromSeconds(1), []);
        var left = vectors.Count(vector => machine.Refuses(vector) is not null);
        var page = PageText.Of("docs/conformance.md");

        page.ShouldContain($"{vectors.Count} vectors on {machine.Name}: {vectors.Count - left} passed, 0 failed, {left} unsupported");
        page.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"a suite of {vectors.Count:N0} vectors"));
    }

    [Fact]
    [Trait("Needs", "time")]
    public void The_points_that_the_suite_covers_are_those_of_the_page()
    {
        var page = PageText.Of("docs/conformance.md");

        var rows = Rbpf.Line("conformance coverage spec/vectors/vectors.json").Holds().Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, [>= '0' and <= '9', ..], [>= '0' and <= '9', ..]])
            .ToList();

        rows.Count.ShouldBe(6);
        foreach (var row in rows) page.ShouldContain($"| {string.Join(" | ", row)} |");
    }

    [Fact]
    public void The_number_of_workloads_is_that_of_the_page() =>
        (Directory.GetFiles(Path.Combine(Repository.Root, "bench/workloads"), "*.o").Length,
            PageText.Of("docs/performance.md").Contains("times nine C programs", StringComparison.Ordinal))
            .ShouldBe((9, true));

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
}
