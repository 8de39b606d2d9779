using RbpfSpec.Specification.Site;

namespace RbpfSpec.Specification.Tests.Site;

/// <summary>The site of the committed book in a folder, and a browser to read it with.</summary>
public sealed class BuiltSite : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-site-");

    /// <summary>The browser.</summary>
    public Chromium Chromium { get; } = new();

    /// <summary>The files, by their paths.</summary>
    public IReadOnlyDictionary<string, string> Files { get; private set; } = new Dictionary<string, string>();

    /// <summary>The address of a file from the file system.</summary>
    public string At(string path) => new Uri(Path.Combine(folder.FullName, path)).AbsoluteUri;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (SiteBuilder.Build(Repository.Book, []) is not SiteBuild.Whole(var files))
            throw new InvalidOperationException(string.Join('\n', ((SiteBuild.Broken)SiteBuilder.Build(Repository.Book, [])).Links));
        Files = files.ToDictionary(file => file.Path, file => file.Text);
        foreach (var (path, text) in Files)
        {
            var name = Path.Combine(folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(name)!);
            await File.WriteAllTextAsync(name, text);
        }

        await Chromium.InitializeAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
