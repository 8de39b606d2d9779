namespace RbpfSpec.Delivery.Tests.Packages;

/// <summary>The programs of the pages, by the packages alone.</summary>
[Collection(PackedCollection.Name)]
[Trait("Needs", "compiler")]
[Trait("Needs", "solver")]
[Trait("Needs", "time")]
public sealed class InstalledTests(Packed packed)
{
    private const string Shell = "/bin/sh";

    // These are the script's, or take minutes.
    private static readonly string[] Long = ["prove", "test"];

    private static readonly string[] Programs =
    [
        "docs/embedding.md",
        "packages/RbpfSpec/README.md",
        "packages/RbpfSpec.Conformance/README.md",
        "packages/RbpfSpec.Proving/README.md",
    ];

    [Fact]
    public void The_commands_of_the_README_print_what_is_said_by_the_installed_tool()
    {
        if (!File.Exists(Shell)) return;
        var tried = 0;
        foreach (var (command, output) in PageText.ExchangesOf("README.md"))
        {
            if (PageText.ArgumentsOf(command) is { } arguments && Long.Contains(arguments[0])) continue;
            if (output.Count == 0 && !command.StartsWith("printf ", StringComparison.Ordinal)) continue;

            var (_, printed) = External.Start(
                Shell, ["-c", Moved(command).Replace("./rbpf ", $"{packed.Tool} ", StringComparison.Ordinal)], Repository.Root)!.Value;

            string[] lines = [.. printed.TrimEnd('\n').Split('\n').Where(line => line != "" || output.Count > 0)];
            PageText.Fits([.. output.Select(Moved)], lines).ShouldBeTrue($"$ {command}\n{printed}");
            tried++;
        }

        tried.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void The_tool_proves_outside_of_a_checkout()
    {
        var (exitCode, output) = External.Start(
            packed.Tool,
            ["prove", "--only", "rfc/alu/div32-x@*", "--ledger", Path.Combine(packed.Work, "ledger.json")],
            packed.Work)!.Value;

        exitCode.ShouldBe(0, output);
        output.ShouldContain(" 0 refuted, 0 undecided in ");
    }

    [Fact]
    public void The_programs_of_the_pages_compile_and_print_what_is_said_by_the_packages()
    {
        var project = Path.Combine(packed.Work, "consumer");
        Directory.CreateDirectory(project);
        File.Copy(
            packed.Settings(
                "consumer.config",
                "",
                $"""<fallbackPackageFolders><add key="machine" value="{Cache()}" /></fallbackPackageFolders>"""),
            Path.Combine(project, "nuget.config"));
        var programs = (from page in Programs
                        let blocks = PageText.BlocksOf(page)
                        from i in Enumerable.Range(0, blocks.Count)
                        where blocks[i].Language == "csharp"
                        select (Page: page, blocks[i].Text, Output: i + 1 < blocks.Count ? blocks[i + 1].Text : "")).ToList();
        foreach (var (i, program) in programs.Index()) File.WriteAllText(Path.Combine(project, $"Program{i}.cs"), Class(i, program.Text));
        File.WriteAllText(
            Path.Combine(project, "Start.cs"),
            $$"""
            Action[] programs = [{{string.Join(", ", Enumerable.Range(0, programs.Count).Select(i => $"Program{i}.Run"))}}];
            foreach (var program in programs)
            {
                program();
                Console.WriteLine("====");
            }
            """);
        File.WriteAllText(
            Path.Combine(project, "consumer.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="RbpfSpec.Conformance" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);

        // What is restored goes where it is deleted again, so that no later run finds it.
        (string, string)[] own = [("NUGET_PACKAGES", Path.Combine(packed.Work, "cache"))];
        Packed.Dotnet(project, own, ["build", "-c", "Release", "-v", "quiet"]);
        var printed = Packed.Dotnet(Repository.Root, own, [Path.Combine(project, "bin/Release/net10.0/consumer.dll")]);

        programs.Count.ShouldBeGreaterThan(6);
        var texts = printed.ReplaceLineEndings("\n").Split("====\n");
        foreach (var (i, program) in programs.Index()) texts[i].ShouldBe(program.Output, program.Page);
    }

    // A program of its own as a method of a class.
    private static string Class(int i, string text)
    {
        var lines = text.Split('\n').ToLookup(line => line.StartsWith("using RbpfSpec", StringComparison.Ordinal));
        return $"{string.Join('\n', lines[true])}\nstatic class Program{i}\n{{\n    public static void Run()\n    {{\n"
            + $"{string.Join('\n', lines[false])}\n    }}\n}}\n";
    }

    // Where the packages of others are, which this build has restored.
    private static string Cache() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private string Moved(string text) => text.Replace("/tmp/", $"{packed.Work}/", StringComparison.Ordinal);
}
