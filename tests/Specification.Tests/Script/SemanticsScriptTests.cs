using System.Text.Json;
using Microsoft.Playwright;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Script;

namespace RbpfSpec.Specification.Tests.Script;

/// <summary>The compiled script, run in a browser.</summary>
public sealed class SemanticsScriptTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private static readonly string Text = SemanticsScript.Of(Profile.Rbpf);
    private static readonly string Comparison = File.ReadAllText(Path.Combine(Repository.Root, "tests/Specification.Tests/Script/vectors.js"));

    private IPage page = null!;

    /// <summary>A page with the script and the suite.</summary>
    public async Task InitializeAsync()
    {
        File.WriteAllText("/tmp/semantics.js", Text);
        page = await chromium.Page();
        await page.AddScriptTagAsync(new() { Content = Text });
        await page.AddScriptTagAsync(new() { Content = Comparison });
        await page.AddScriptTagAsync(new() { Content = $"globalThis.suite = {Repository.SuiteText.Trim()}.vectors;" });
    }

    /// <summary>Nothing is left of the page.</summary>
    public async Task DisposeAsync() => await page.Context.DisposeAsync();

    [Theory]
    [InlineData("alu")]
    [InlineData("jmp")]
    [InlineData("mem")]
    [InlineData("atomic")]
    [InlineData("imm")]
    [InlineData("program")]
    [InlineData("preflight")]
    public async Task Every_vector_of_a_family_ends_in_the_state_that_it_states(string family)
    {
        var report = await Check($"each => each.rule.startsWith('{family}/')");

        report.Wrong.ShouldBeEmpty();
        report.Host.ShouldAllBe(name => Repository.Vectors.Single(vector => vector.Name == name).Setting.Helpers.Count > 0);
        (report.Passed.Count + report.Host.Count).ShouldBe(Repository.Vectors.Count(vector =>
            vector.Rule.StartsWith($"{family}/", StringComparison.Ordinal) && vector.Before is not null));
        report.Passed.Count.ShouldBeGreaterThan(0);
    }

    private async Task<Report> Check(string belongs) =>
        (await page.EvaluateAsync($"vectors.check(suite, {belongs})"))!.Value.Deserialize<Report>(JsonSerializerOptions.Web)!;

    private sealed record Report(IReadOnlyList<string> Passed, IReadOnlyList<string> Host, IReadOnlyList<string> Wrong);
}
