using Microsoft.Playwright;
using RbpfSpec.Specification.Tests.Lookup;

namespace RbpfSpec.Specification.Tests.Site;

/// <summary>Search, typed into a page.</summary>
[Collection(SiteReaders.Name)]
[Trait("Needs", "browser")]
public sealed class SearchScriptTests(BuiltSite site)
{
    private const int Shown = 8;

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
    public async Task It_answers_each_question_as_explain_ranks_it()
    {
        var opened = await site.Open("index.html");
        var questions = Questions.All.Select(question => question.Text).ToArray();

        var answers = await opened.Page.EvaluateAsync<string[][]>(
            """
            async questions => {
              const input = document.getElementById("query"), list = document.getElementById("found"), answers = [];
              for (const question of questions) {
                input.value = question;
                input.dispatchEvent(new Event("input"));
                while (list.dataset.query !== question) await new Promise(resolve => setTimeout(resolve));
                answers.push([...list.querySelectorAll("a")].slice(0, 4).map(link => link.querySelector("b").textContent));
              }
              return answers;
            }
            """,
            questions);

        foreach (var (question, answer) in questions.Zip(answers))
            answer.ShouldBe(Repository.Book.Index.Ask(question).Places.Take(4).Select(place => place.Title), question);
        opened.Complaints.ShouldBeEmpty();
    }

    // Without what explain knows beyond words, such as lines of assembly.
    [Fact]
    public void Every_question_leads_to_its_place_among_those_that_are_shown() =>
        (from question in Questions.All
         let pages = Repository.Book.Index.Ask(question.Text).Places.Take(Shown).Select(place => place.Page).ToList()
         where !pages.Exists(page => Questions.IsOneOf(page, question.Places))
         select $"{question.Text}: {string.Join(", ", pages)} instead of {string.Join(" or ", question.Places)}").ShouldBeEmpty();

    [Fact]
    public void Every_address_of_the_index_is_a_place_of_the_site()
    {
        var json = site.Files["search-index.js"]["globalThis.searchIndex = ".Length..].TrimEnd('\n', ';');
        using var index = System.Text.Json.JsonDocument.Parse(json);
        var entries = index.RootElement.GetProperty("entries").EnumerateArray();
        foreach (var address in entries.Select(entry => entry.GetProperty("address").GetString()!))
        {
            var parts = address.Split('#');
            site.Files.ContainsKey(parts[0]).ShouldBeTrue(address);
            if (parts.Length > 1) site.Files[parts[0]].ShouldContain($"id=\"{parts[1]}\"");
        }
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
