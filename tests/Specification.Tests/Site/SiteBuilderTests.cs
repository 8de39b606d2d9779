using System.Text;
using Microsoft.Playwright;

namespace RbpfSpec.Specification.Tests.Site;

/// <summary>The site, read in a browser from the file system.</summary>
public sealed class SiteBuilderTests(BuiltSite site) : IClassFixture<BuiltSite>
{
    private static readonly string[] First = ["index.html", "style.css", "search.js"];

    [Fact]
    public void The_site_and_its_first_page_are_small()
    {
        site.Files.Values.Sum(Encoding.UTF8.GetByteCount).ShouldBeLessThanOrEqualTo(3_000_000);
        First.Sum(file => Encoding.UTF8.GetByteCount(site.Files[file])).ShouldBeLessThan(200_000);
    }

    [Fact]
    public async Task The_first_page_loads_nothing_but_its_style_and_the_search()
    {
        var page = await site.Chromium.Page();
        List<string> loaded = [];
        page.Request += (_, request) => loaded.Add(request.Url);

        await page.GotoAsync(site.At("index.html"));

        loaded.ShouldBe([.. First.Select(site.At)], ignoreOrder: true);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Pages()
    {
        var page = await site.Chromium.Page(400, ColorScheme.Dark);
        List<string> wrong = [];
        page.Console += (_, message) => wrong.Add(message.Text);
        page.PageError += (_, message) => wrong.Add(message);
        foreach (var path in site.Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal)))
        {
            await page.GotoAsync(site.At(path));
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth")) wrong.Add($"{path} scrolls");
        }

        foreach (var (path, name) in new[] { ("index.html", "index"), ("ops/sdiv.html", "sdiv"), ("ops/ldx.html", "ldx"), ("20-state.html", "state") })
        {
            await page.GotoAsync(site.At(path));
            await page.ScreenshotAsync(new() { Path = $"/tmp/shot-{name}-dark.png", FullPage = true });
        }
        page = await site.Chromium.Page(1280);
        foreach (var (path, name) in new[] { ("index.html", "index"), ("ops/sdiv.html", "sdiv"), ("ops/ldx.html", "ldx"), ("20-state.html", "state") })
        {
            await page.GotoAsync(site.At(path));
            await page.ScreenshotAsync(new() { Path = $"/tmp/shot-{name}.png", FullPage = true });
        }
        File.WriteAllText("/tmp/sizes", string.Join('\n', site.Files.Select(f => $"{f.Value.Length} {f.Key}")));
        foreach (var (path, text) in site.Files) { var n = Path.Combine("/tmp/site", path); Directory.CreateDirectory(Path.GetDirectoryName(n)!); File.WriteAllText(n, text); }

        wrong.ShouldBeEmpty();
    }
}
