using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace RbpfSpec.Delivery.Tests.Packages;

/// <summary>The packages, and what they say of themselves.</summary>
[Collection(PackedCollection.Name)]
[Trait("Needs", "compiler")]
[Trait("Needs", "time")]
public sealed class PackagesTests(Packed packed)
{
    private static readonly string[] Libraries = ["RbpfSpec", "RbpfSpec.Conformance", "RbpfSpec.Proving"];

    private IEnumerable<string> Packages => packed.Files.Keys.Where(file => file.EndsWith(".nupkg", StringComparison.Ordinal));

    [Fact]
    public void Four_packages_are_packed_each_library_with_its_symbols()
    {
        var names = packed.Files.Keys.Select(file => file.Replace(".0.1.0", "", StringComparison.Ordinal));

        names.ShouldBe(
            [.. Libraries.SelectMany(name => (string[])[$"{name}.nupkg", $"{name}.snupkg"]), "rbpf.nupkg", "rbpf.snupkg"],
            ignoreOrder: true);
    }

    [Fact]
    public void A_package_says_what_it_is_whose_and_under_which_licence()
    {
        foreach (var file in Packages)
        {
            var about = packed.Metadata(file);

            Value(about, "description").Length.ShouldBeGreaterThan(60, file);
            Value(about, "tags").Split(' ').ShouldContain("ebpf", file);
            Value(about, "license").ShouldBe("MIT", file);
            Value(about, "authors").ShouldBe("The RbpfSpec developers", file);
            Value(about, "readme").ShouldBe("README.md", file);
            packed.Files[file]["README.md"].ShouldBe(
                File.ReadAllBytes(Path.Combine(Repository.Root, "packages", Value(about, "id"), "README.md")), file);
        }
    }

    [Fact]
    public void A_package_asks_for_the_others_of_its_very_version()
    {
        Dependencies("RbpfSpec.0.1.0.nupkg").ShouldBeEmpty();
        Dependencies("RbpfSpec.Proving.0.1.0.nupkg").ShouldBe(["Microsoft.Z3", "RbpfSpec [0.1.0]"], ignoreOrder: true);
        Dependencies("RbpfSpec.Conformance.0.1.0.nupkg").ShouldBe(
            ["RbpfSpec [0.1.0]", "RbpfSpec.Proving [0.1.0]", "System.Formats.Cbor", "System.Security.Cryptography.Cose"],
            ignoreOrder: true);
    }

    [Fact]
    public void An_assembly_is_in_one_library_with_its_documentation_and_symbols_as_it_was_built()
    {
        HashSet<string> seen = [];
        foreach (var (library, dll, bytes) in Assemblies())
        {
            var name = Path.GetFileNameWithoutExtension(dll);
            seen.Add(name).ShouldBeTrue($"{name} is in two packages");
            packed.Files[$"{library}.0.1.0.nupkg"].ShouldContainKey($"lib/net10.0/{name}.xml");
            packed.Files[$"{library}.0.1.0.snupkg"].ShouldContainKey($"lib/net10.0/{name}.pdb");
            bytes.ShouldBe(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")), name);
        }

        seen.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Whatever_an_assembly_refers_to_is_in_a_package_that_comes_with_it()
    {
        var at = Assemblies().ToDictionary(one => Path.GetFileNameWithoutExtension(one.Name), one => one.Library);

        foreach (var (library, name, bytes) in Assemblies())
        {
            using var reader = new PEReader(new MemoryStream(bytes));
            var metadata = reader.GetMetadataReader();
            foreach (var handle in metadata.AssemblyReferences)
            {
                var wanted = metadata.GetString(metadata.GetAssemblyReference(handle).Name);
                if (!wanted.StartsWith("RbpfSpec.", StringComparison.Ordinal)) continue;
                at.ShouldContainKey(wanted, $"{name} refers to it");
                (at[wanted] == library || Dependencies($"{library}.0.1.0.nupkg").Contains($"{at[wanted]} [0.1.0]"))
                    .ShouldBeTrue($"{name} refers to {wanted}");
            }
        }
    }

    // The same sources make the same bytes: no time, no path of this machine.
    [Fact]
    public void Assemblies_are_reproducible()
    {
        foreach (var (_, name, bytes) in Assemblies())
        {
            using var reader = new PEReader(new MemoryStream(bytes));
            var entries = reader.ReadDebugDirectory();

            entries.ShouldContain(entry => entry.Type == DebugDirectoryEntryType.Reproducible, name);
            var symbols = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
            reader.ReadCodeViewDebugDirectoryData(symbols).Path.ShouldStartWith("/_/", customMessage: name);
        }
    }

    [Fact]
    public void Packing_twice_makes_the_same_bytes()
    {
        var again = Path.Combine(packed.Work, "again");

        Packed.Dotnet(
            Repository.Root, "pack", "packages/RbpfSpec.Proving", "-c", "Release", "--no-build", "-v", "quiet", "-o", again);

        foreach (var file in (string[])["RbpfSpec.Proving.0.1.0.nupkg", "RbpfSpec.Proving.0.1.0.snupkg"])
            File.ReadAllBytes(Path.Combine(again, file)).ShouldBe(File.ReadAllBytes(Path.Combine(packed.Folder, file)), file);
    }

    // A build that is released links its sources to the commit; any other says the same in every commit.
    [Fact]
    public void Symbols_of_a_release_lead_to_the_sources_of_its_commit_and_others_name_none()
    {
        var clone = Path.Combine(packed.Work, "clone");
        foreach (var folder in (string[])["src/Words", "src/HouseRules"]) Copy(folder, clone);
        foreach (var file in Directory.GetFiles(Repository.Root, "Directory.*").Append(Path.Combine(Repository.Root, ".editorconfig")))
            File.Copy(file, Path.Combine(clone, Path.GetFileName(file)));
        Packed.Dotnet(clone, "--version");
        Git(clone, "init", "-q");
        Git(clone, "remote", "add", "origin", "https://github.com/someone/RbpfSpec.git");
        Git(clone, "add", ".");
        Git(clone, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "t");
        var commit = Git(clone, "rev-parse", "HEAD").Trim();
        string[] build = ["build", "src/Words", "-c", "Release", "-v", "quiet", "-p:RunAnalyzers=false"];
        var symbols = Path.Combine(clone, "src/Words/bin/Release/net10.0/RbpfSpec.Words.pdb");

        Packed.Dotnet(clone, build);
        var plain = SourceLink(symbols);
        Packed.Dotnet(clone, [.. build, "--no-incremental", "--no-restore", "-p:ContinuousIntegrationBuild=true"]);
        var released = SourceLink(symbols);

        plain.ShouldBe("");
        released.ShouldBe($$$"""{"documents":{"/_/*":"https://raw.githubusercontent.com/someone/RbpfSpec/{{{commit}}}/*"}}""");
    }

    private static string SourceLink(string symbols)
    {
        Guid kind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
        using var provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(symbols));
        var reader = provider.GetMetadataReader();
        return string.Concat(
            from handle in reader.CustomDebugInformation
            let one = reader.GetCustomDebugInformation(handle)
            where reader.GetGuid(one.Kind) == kind
            select System.Text.Encoding.UTF8.GetString(reader.GetBlobBytes(one.Value)));
    }

    private static void Copy(string folder, string to)
    {
        var from = Path.Combine(Repository.Root, folder);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            if (path.Split(Path.DirectorySeparatorChar) is ["bin" or "obj", ..]) continue;
            var target = Path.Combine(to, folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static string Git(string folder, params string[] arguments)
    {
        var (exitCode, output) = External.Start("git", arguments, folder) ?? throw new FileNotFoundException("there is no git");
        exitCode.ShouldBe(0, output);
        return output;
    }

    private IEnumerable<(string Library, string Name, byte[] Bytes)> Assemblies() =>
        from library in Libraries
        from entry in packed.Files[$"{library}.0.1.0.nupkg"]
        where entry.Key.EndsWith(".dll", StringComparison.Ordinal)
        select (library, Path.GetFileName(entry.Key), entry.Value);

    private List<string> Dependencies(string file) =>
    [
        .. from one in packed.Metadata(file).Descendants().Where(element => element.Name.LocalName == "dependency")
           let id = one.Attribute("id")!.Value
           select id.StartsWith("RbpfSpec", StringComparison.Ordinal) ? $"{id} {one.Attribute("version")!.Value}" : id,
    ];

    private static string Value(XElement about, string name) =>
        about.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
}
