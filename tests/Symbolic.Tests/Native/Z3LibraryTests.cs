using System.Text;
using System.Text.Json;
using RbpfSpec.Symbolic.Native;

namespace RbpfSpec.Symbolic.Tests.Native;

public sealed class Z3LibraryTests
{
    [Fact]
    public void A_file_that_is_configured_and_missing_is_not_replaced_by_another()
    {
        var reason = Z3Library.Problem("/no/such/libz3");

        reason.ShouldContain("/no/such/libz3");
        reason.ShouldContain("apt-get install libz3-4");
        reason.ShouldContain("brew install z3");
        reason.ShouldContain("libz3.dll");
        reason.ShouldContain(Z3Library.PathVariable);
        reason.ShouldNotContain("\n");
    }

    [Fact]
    public void A_library_of_something_else_is_not_taken_for_it() =>
        Z3Library.Problem(typeof(Z3Library).Assembly.Location).ShouldContain("is no libz3");

    [Fact]
    [Trait("Needs", "solver")]
    public void Looking_finds_what_the_process_uses()
    {
        var configured = Environment.GetEnvironmentVariable(Z3Library.PathVariable) ?? "";

        Z3Library.Problem(configured).ShouldBe((Z3Library.Presence as Z3Presence.Absent)?.Reason ?? "");
    }

    // .NET looks for libz3 in the folder of the program, under the name that the system gives to libraries; in a program for
    // all systems, where the program's list of what it needs says that the library of the system is.
    [Fact]
    [Trait("Needs", "compiler")]
    public void A_program_that_is_published_has_the_library_where_it_is_looked_for()
    {
        using var program = new Probe();
        foreach (var (system, name, beginning) in Packaged)
        {
            var folder = program.Publish(system);

            NativeAssets(folder, system).ShouldBe([name]);
            ShouldBeZ3(File.ReadAllBytes(Path.Combine(folder, name)), beginning);
        }

        var portable = program.Publish("");
        foreach (var (system, name, beginning) in Packaged)
        {
            var path = $"runtimes/{system}/native/{name}";
            NativeAssets(portable, system).ShouldBe([path]);
            ShouldBeZ3(File.ReadAllBytes(Path.Combine(portable, path)), beginning);
            File.Exists(Path.Combine(portable, name)).ShouldBeFalse($"{name} is of no use on another system");
        }
    }

    // What the files of a system begin with.
    private static (string System, string Name, byte[] Beginning)[] Packaged =>
    [
        ("win-x64", "libz3.dll", "MZ"u8.ToArray()),
        ("osx-x64", "libz3.dylib", [0xcf, 0xfa, 0xed, 0xfe]),
    ];

    private static void ShouldBeZ3(byte[] library, byte[] beginning)
    {
        library.AsSpan().StartsWith(beginning).ShouldBeTrue();
        foreach (var function in Z3Library.Needed)
            library.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"{function}\0")).ShouldBePositive(function);
    }

    // The files with native code that a program's list of what it needs has for a system.
    private static string[] NativeAssets(string folder, string system)
    {
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "Probe.deps.json")));
        var target = list.RootElement.GetProperty("runtimeTarget").GetProperty("name").GetString().ShouldNotBeNull();
        var libraries = list.RootElement.GetProperty("targets").GetProperty(target).EnumerateObject()
            .Select(library => library.Value)
            .ToList();
        return
        [
            .. from asset in libraries.SelectMany(library => Assets(library, "native"))
            select Path.GetFileName(asset.Name),
            .. from asset in libraries.SelectMany(library => Assets(library, "runtimeTargets"))
            where asset.Value.GetProperty("assetType").GetString() == "native" && asset.Value.GetProperty("rid").GetString() == system
            select asset.Name,
        ];

        static IEnumerable<JsonProperty> Assets(JsonElement library, string kind) =>
            library.TryGetProperty(kind, out var assets) ? assets.EnumerateObject() : [];
    }

    /// <summary>A small program that refers to what is built already.</summary>
    private sealed class Probe : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("rbpfspec-").FullName;

        // Tests are built into Release/net10.0.
        private readonly DirectoryInfo built = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

        public Probe()
        {
            File.WriteAllText(
                Path.Combine(folder, "Probe.csproj"),
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>{built.Name}</TargetFramework>
                    <RuntimeIdentifiers>win-x64;osx-x64</RuntimeIdentifiers>
                    <UseAppHost>false</UseAppHost>
                    <SelfContained>false</SelfContained>
                  </PropertyGroup>
                  <ItemGroup>
                    <ProjectReference Include="{Path.Combine(Repository.Root, "src/Symbolic/Symbolic.csproj")}" />
                  </ItemGroup>
                </Project>
                """);
            File.WriteAllText(
                Path.Combine(folder, "Probe.cs"), "System.Console.WriteLine(RbpfSpec.Symbolic.Native.Z3Library.Presence);");
            DotNet("restore", "Probe.csproj");
        }

        /// <summary>Publishes it for a system, or, if that is empty, for all; the folder of what is published.</summary>
        public string Publish(string system)
        {
            var published = Path.Combine(folder, $"published-{system}");
            DotNet(
            [
                "publish", "Probe.csproj", "--no-restore", "-c", built.Parent.ShouldNotBeNull().Name, "-o", published,
                "-p:BuildProjectReferences=false", .. system.Length > 0 ? (string[])["-r", system] : [],
            ]);
            return published;
        }

        public void Dispose() => Directory.Delete(folder, recursive: true);

        private void DotNet(params string[] arguments)
        {
            var (exitCode, text) = External.Start("dotnet", [.. arguments, "-v", "quiet", "--nodeReuse:false"], folder).ShouldNotBeNull();
            exitCode.ShouldBe(0, text);
        }
    }
}
