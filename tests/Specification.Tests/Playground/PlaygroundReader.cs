using System.Text.Json;
using Microsoft.Playwright;
using RbpfSpec.Specification.Tests.Site;

namespace RbpfSpec.Specification.Tests.Playground;

/// <summary>The playground in the browser, with what compares it: all profiles loaded, and cases sent as JSON.</summary>
internal static class PlaygroundReader
{
    private static readonly string Comparison = File.ReadAllText(
        Path.Combine(Repository.Root, "tests/Specification.Tests/Playground/playground.js"));

    extension(BuiltSite site)
    {
        /// <summary>Opens the page as people do.</summary>
        public async Task<OpenedPage> Play(string fragment = "")
        {
            // Another fragment alone would load nothing.
            var opened = await site.Open("style.css");
            opened.Requests.Clear();
            await opened.Page.GotoAsync(site.At("playground.html") + fragment);
            await opened.Page.EvaluateAsync("playground.ready.then(() => null)");
            return opened;
        }

        /// <summary>The page, opened if it is not, with the program and the settings that it begins with.</summary>
        public async Task<OpenedPage> Playing()
        {
            if (!await site.Opened.Page.EvaluateAsync<bool>("globalThis.playground?.open !== undefined")) return await site.Play();
            await site.Opened.Page.EvaluateAsync("playground.open(playground.examples[0])");
            site.Opened.Complaints.Clear();
            return site.Opened;
        }

        /// <summary>Opens the page with what compares, if it is not open.</summary>
        public async Task<IPage> Compare()
        {
            if (await site.Opened.Page.EvaluateAsync<bool>("'cases' in globalThis")) return site.Opened.Page;
            var opened = await site.Play();
            foreach (var file in site.Files.Keys.Where(file => file.StartsWith("playground-", StringComparison.Ordinal)))
            {
                if (opened.Requests.Contains(site.At(file))) continue;
                await opened.Page.AddScriptTagAsync(new() { Path = new Uri(site.At(file)).LocalPath });
            }

            await opened.Page.AddScriptTagAsync(new() { Content = Comparison });
            return opened.Page;
        }
    }

    /// <summary>The answers of a function of the comparison to many cases, asked in a few calls.</summary>
    public static async Task<IReadOnlyList<string>> Ask<T>(this IPage page, string function, IEnumerable<T> cases)
    {
        List<string> answers = [];
        foreach (var chunk in cases.Chunk(500))
        {
            var json = JsonSerializer.Serialize(chunk, JsonSerializerOptions.Web);
            answers.AddRange(await page.EvaluateAsync<string[]>($"json => {function}", json));
        }

        return answers;
    }
}
