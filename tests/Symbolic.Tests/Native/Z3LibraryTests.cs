using System.Diagnostics;
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
    public void Looking_finds_what_the_process_uses()
    {
        var configured = Environment.GetEnvironmentVariable(Z3Library.PathVariable) ?? "";

        Z3Library.Problem(configured).ShouldBe((Z3Library.Presence as Z3Presence.Absent)?.Reason ?? "");
    }

    // .NET looks for libz3 in the folder of the program, under the name that the system gives to libraries.
    [Theory]
    [InlineData("win-x64", "libz3.dll", new byte[] { (byte)'M', (byte)'Z' })]
    [InlineData("osx-x64", "libz3.dylib", new byte[] { 0xcf, 0xfa, 0xed, 0xfe })]
    public void A_program_published_for_a_system_that_the_package_has_a_library_for_has_it_beside_it(
        string system, string name, byte[] beginning)
    {
        using var published = new Publication(system);

        published.NativeAssets(system).ShouldBe([name]);
        var library = File.ReadAllBytes(Path.Combine(published.Folder, name));
        library.AsSpan().StartsWith(beginning).ShouldBeTrue();
        foreach (var function in Z3Library.Needed)
            library.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"{function}\0")).ShouldBePositive(function);
    }

    // One for all systems keeps the libraries apart, and lists in which folder the host finds that of a system.
    [Fact]
    public void A_program_published_for_all_systems_has_the_library_of_each_and_says_where()
    {
        using var published = new Publication("");

        foreach (var (system, name) in new[] { ("win-x64", "libz3.dll"), ("osx-x64", "libz3.dylib") })
        {
            published.NativeAssets(system).ShouldBe([$"runtimes/{system}/native/{name}"]);
            File.Exists(Path.Combine(published.Folder, "runtimes", system, "native", name)).ShouldBeTrue();
        }

        File.Exists(Path.Combine(published.Folder, "libz3.dll")).ShouldBeFalse("it is of no use on another system");
    }

    /// <summary>A small program that refers to what is built already, published.</summary>
    private sealed class Publication : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("rbpfspec-").FullName;

        public Publication(string system)
        {
            var built = new DirectoryInfo(AppContext.BaseDirectory);
            var root = built;
            while (!File.Exists(Path.Combine(root.FullName, "RbpfSpec.sln"))) root = root.Parent.ShouldNotBeNull();
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
                    <ProjectReference Include="{Path.Combine(root.FullName, "src/Symbolic/Symbolic.csproj")}" />
                  </ItemGroup>
                </Project>
                """);
            File.WriteAllText(
                Path.Combine(folder, "Probe.cs"), "System.Console.WriteLine(RbpfSpec.Symbolic.Native.Z3Library.Presence);");
            DotNet("restore", "Probe.csproj");
            DotNet(
            [
                "publish", "Probe.csproj", "--no-restore", "-c", built.Parent.ShouldNotBeNull().Name, "-o", Folder,
                "-p:BuildProjectReferences=false", .. system.Length > 0 ? (string[])["-r", system] : [],
            ]);
        }

        public string Folder => Path.Combine(folder, "published");

        /// <summary>The files with native code that the program's list of what it needs has for a system.</summary>
        public IEnumerable<string> NativeAssets(string system)
        {
            using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "Probe.deps.json")));
            var target = list.RootElement.GetProperty("runtimeTarget").GetProperty("name").GetString().ShouldNotBeNull();
            return
            [
                .. from library in list.RootElement.GetProperty("targets").GetProperty(target).EnumerateObject()
                from kind in library.Value.EnumerateObject()
                where kind.Name is "native" or "runtimeTargets"
                from asset in kind.Value.EnumerateObject()
                where kind.Name == "native"
                    || (asset.Value.GetProperty("assetType").GetString() == "native" && asset.Value.GetProperty("rid").GetString() == system)
                select kind.Name == "native" ? Path.GetFileName(asset.Name) : asset.Name,
            ];
        }

        public void Dispose() => Directory.Delete(folder, recursive: true);

        private void DotNet(params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [.. arguments, "-v", "quiet", "--nodeReuse:false"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }).ShouldNotBeNull();
            var printed = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, printed);
        }
    }
}
