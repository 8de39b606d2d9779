using Microsoft.Playwright;

namespace RbpfSpec.Tests;

/// <summary>One browser for the tests of a class: Debian's Chromium, or the one that RBPFSPEC_CHROMIUM names.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Starts the browser.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task InitializeAsync()
    {
        var named = Environment.GetEnvironmentVariable("RBPFSPEC_CHROMIUM");
        var path = string.IsNullOrEmpty(named) ? Usual.FirstOrDefault(File.Exists) : named;
        if (path is null || !File.Exists(path))
        {
            throw new InvalidOperationException(path is null
                ? "No Chromium was found: install it (Debian: apt-get install chromium), or name one in RBPFSPEC_CHROMIUM."
                : $"RBPFSPEC_CHROMIUM names '{path}', which is no file.");
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>A new page.</summary>
    /// <param name="isOffline">Whether no connection leaves it, not even one to this computer.</param>
    public async Task<IPage> Page(bool isOffline = true) =>
        await (await browser!.NewContextAsync(new() { Offline = isOffline })).NewPageAsync();

    /// <summary>Ends the browser.</summary>
    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
