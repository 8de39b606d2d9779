using Microsoft.Playwright;

namespace RbpfSpec.Specification.Tests.Site;

/// <summary>Search, typed into a page.</summary>
[Collection(SiteReaders.Name)]
public sealed class SearchIndexTests(BuiltSite site)
{
    [Theory]
    [InlineData("sdiv", "ops/sdiv.html")]
    [InlineData("SDIV64", "ops/sdiv.html")]
    [InlineData("sdiv int_min", "ops/sdiv.html")]
    [InlineData("alu/div32-x", "ops/div.html")]
    [InlineData("0x85", "ops/call.html")]
    [InlineData("ldxw", "ops/ldx.html")]
    [InlineData("cmpxchg", "ops/atomic-cmpxchg.html")]
    [InlineData("state/entry", "20-state.html#stateentry")]
    [InlineData("access check", "40-memory.html#the-access-check")]
    public async Task What_people_look_for_comes_first(string text, string first)
    {
        var opened = await site.Open("index.html");

        await opened.Page.FillAsync("#query", text);
        await opened.Page.Locator("#found a").First.WaitForAsync();

        (await opened.Page.Locator("#found a").First.GetAttributeAsync("href")).ShouldBe(first);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_index_is_loaded_when_somebody_searches_and_the_keyboard_is_enough()
    {
        var opened = await site.Open("ops/add.html");
        opened.Requests.ShouldNotContain(site.At("search-index.js"));

        await opened.Page.Keyboard.PressAsync("/");
        await opened.Page.Keyboard.TypeAsync("division by zero");

        // Not the answer to a part of the words, which another one replaces, and the focus with it.
        await opened.Page.Locator("#found[data-query='division by zero'] a").First.WaitForAsync();
        await opened.Page.Keyboard.PressAsync("ArrowDown");
        var focused = opened.Page.Locator("#found a:focus");
        await focused.WaitForAsync();
        var chosen = await focused.EvaluateAsync<string>("link => link.href");
        await focused.PressAsync("Enter");
        await opened.Page.WaitForURLAsync(chosen, new() { WaitUntil = WaitUntilState.Commit });
        await opened.Page.Locator("h1").WaitForAsync();

        opened.Requests.ShouldContain(site.At("search-index.js"));
        (await opened.Page.ContentAsync()).ShouldContain("zero");
    }

    [Fact]
    public async Task What_is_nowhere_is_not_found()
    {
        var opened = await site.Open("index.html");

        await opened.Page.FillAsync("#query", "qqqq");
        await opened.Page.Locator("#found li").First.WaitForAsync();

        (await opened.Page.Locator("#found").InnerTextAsync()).ShouldBe("Nothing was found.");
        (await opened.Page.Locator("#found-count").TextContentAsync()).ShouldBe("0 found");
    }
}
