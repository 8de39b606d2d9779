using Microsoft.Playwright;
using RbpfSpec.Specification.Site;

namespace RbpfSpec.Specification.Tests.Site;

/// <summary>The tests that read the site: they share it, and the browser.</summary>
[CollectionDefinition(Name)]
public sealed class SiteReaders : ICollectionFixture<BuiltSite>
{
    /// <summary>The name of the collection.</summary>
    public const string Name = "site";
}

/// <summary>The site of the committed book in a folder, and a browser to read it with.</summary>
public sealed class BuiltSite : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rbpf-site-");
    private readonly Chromium chromium = new();
    private OpenedPage? opened;

    /// <summary>The files, by their paths.</summary>
    public IReadOnlyDictionary<string, string> Files { get; private set; } = new Dictionary<string, string>();

    /// <summary>The address of a file from the file system.</summary>
    public string At(string path) => new Uri(Path.Combine(folder.FullName, path)).AbsoluteUri;

    /// <summary>The one page, as it was left.</summary>
    public OpenedPage Opened => opened!;

    /// <summary>Opens a file in the one page that all tests read it in.</summary>
    public async Task<OpenedPage> Open(string path, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        opened!.Requests.Clear();
        opened.Complaints.Clear();
        await opened.Page.SetViewportSizeAsync(width, 900);
        await opened.Page.EmulateMediaAsync(new() { ColorScheme = scheme, Media = Media.Screen });
        await opened.Page.GotoAsync(At(path));
        return opened;
    }

    public async Task InitializeAsync()
    {
        Files = SiteBuilder.Build(Repository.Book, Repository.Exists) switch
        {
            SiteBuild.Whole(var files) => files.ToDictionary(file => file.Path, file => file.Text),
            SiteBuild.Broken(var links) => throw new InvalidOperationException(string.Join('\n', links)),
        };
        foreach (var (path, text) in Files)
        {
            var name = Path.Combine(folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(name)!);
            await File.WriteAllTextAsync(name, text);
        }

        await chromium.InitializeAsync();
        opened = new OpenedPage(await chromium.Page());
    }

    public async Task DisposeAsync()
    {
        await chromium.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>A page of the site in the browser, with what it asks for and complains of.</summary>
public sealed class OpenedPage
{
    /// <summary>Listens to a page.</summary>
    public OpenedPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Console += (_, message) => Complaints.Add($"{page.Url}: {message.Text}");
        page.PageError += (_, message) => Complaints.Add($"{page.Url}: {message}");
        page.RequestFailed += (_, request) => Complaints.Add($"{page.Url}: {request.Url} is not there");
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The requests that were made.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Everything on the console, errors, and files that are not there.</summary>
    public List<string> Complaints { get; } = [];
}
