using System.IO.Compression;
using System.Xml.Linq;

namespace RbpfSpec.Delivery.Tests.Packages;

/// <summary>The packages, packed once for all tests, the tool installed from them.</summary>
public sealed class Packed : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-packages-");

    public Packed()
    {
        Folder = Path.Combine(folder.FullName, "out");
        var tools = Path.Combine(folder.FullName, "tools");
        Dotnet(Repository.Root, "pack", "RbpfSpec.sln", "-c", "Release", "--no-build", "-v", "quiet", "-o", Folder);
        Files = Directory.GetFiles(Folder).ToDictionary(file => Path.GetFileName(file), Entries);

        // The tool needs nothing but itself.
        var settings = Settings("tool.config", "<clear />");
        Dotnet(folder.FullName, "tool", "install", "rbpf", "--tool-path", tools, "--configfile", settings);
        Tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "rbpf.exe" : "rbpf");
    }

    /// <summary>The folder of the packages.</summary>
    public string Folder { get; }

    /// <summary>A folder beside it.</summary>
    public string Work => folder.FullName;

    /// <summary>The installed tool.</summary>
    public string Tool { get; }

    /// <summary>The packages by the names of their files: their entries, each with its bytes.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, byte[]>> Files { get; }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The description of a package that it has itself.</summary>
    public XElement Metadata(string file)
    {
        var text = Files[file].Single(entry => entry.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value;
        return XDocument.Load(new MemoryStream(text)).Root!.Elements().Single();
    }

    /// <summary>A file of settings of NuGet, with the folder of the packages as a source.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="before">What its list of sources begins with.</param>
    /// <param name="more">What it says beside.</param>
    public string Settings(string name, string before, string more = "")
    {
        var file = Path.Combine(Work, name);
        File.WriteAllText(file,
            $"""
            <configuration>
              <packageSources>{before}<add key="here" value="{Folder}" /></packageSources>
              {more}
            </configuration>
            """);
        return file;
    }

    /// <summary>Runs the SDK, which must succeed.</summary>
    public static string Dotnet(string folder, params string[] arguments) => Dotnet(folder, [], arguments);

    /// <summary>Runs the SDK with variables, which must succeed.</summary>
    public static string Dotnet(string folder, (string Name, string Value)[] variables, string[] arguments)
    {
        var (exitCode, output) = External.Start(
            "dotnet",
            arguments,
            folder,
            [.. variables, ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_NOLOGO", "1"), ("MSBUILDDISABLENODEREUSE", "1")])
            ?? throw new FileNotFoundException("there is no SDK");
        exitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}\n{output}");
        return output;
    }

    /// <summary>The entries of an archive, each with its bytes.</summary>
    public static Dictionary<string, byte[]> Entries(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}

/// <summary>The tests of the packages share them.</summary>
[CollectionDefinition(Name)]
public sealed class PackedCollection : ICollectionFixture<Packed>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "packages";
}
