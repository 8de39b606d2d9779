namespace RbpfSpec.Specification.Tests.Playground;

/// <content>Texts, files, links and regions that nobody means well with.</content>
public sealed partial class PlaygroundPageTests
{
    private const string Endless = "l: ja l";

    [Theory]
    [InlineData("location.hash = '#AAAA'", "the link is damaged")]
    [InlineData("playground.open({ image: { name: 'a', bytes: new Uint8Array(0), start: null } })", "a holds no program but text")]
    public async Task Who_is_refused_while_a_program_runs_has_nothing_that_runs_on(string act, string problem)
    {
        var page = (await Typed(Endless, "")).Page;
        await page.SelectOptionAsync("#profile", "rfc9669");
        await page.Locator("#branches-left").GetByText("no limit").WaitForAsync();
        await page.ClickAsync("#do-run");
        await page.GetByText("instructions so far").WaitForAsync();

        await page.EvaluateAsync($"void ({act})");

        await page.Locator("#problems").GetByText(problem).WaitForAsync();
        (await page.InnerTextAsync("#do-run")).ShouldBe("Run");
        (await page.InnerTextAsync("#outcome")).ShouldBe("The program is refused: there is a problem.");
    }

    [Fact]
    public async Task What_was_typed_last_is_what_runs()
    {
        var page = (await Typed("mov %r0, 1\nexit", "")).Page;

        await page.EvaluateAsync(
            "at = document.getElementById('source'), at.value = 'mov %r0, 77\\nexit', "
            + "at.dispatchEvent(new Event('input')), document.getElementById('do-run').click()");

        await page.GetByText("The result is 0x4d (77), after 2 instructions.").WaitForAsync();
    }

    [Fact]
    public async Task A_link_that_is_asked_for_while_somebody_types_stays_and_has_what_was_typed()
    {
        var page = (await Typed("mov %r0, 1\nexit", "")).Page;

        await page.EvaluateAsync(
            "at = document.getElementById('source'), at.value = 'mov %r0, 77\\nexit', "
            + "at.dispatchEvent(new Event('input')), document.getElementById('share').click()");
        await page.Locator("#link").WaitForAsync();

        // Nothing is left to be loaded that would put it away.
        await page.EvaluateAsync("new Promise(resolve => setTimeout(resolve, 200))");
        (await page.IsVisibleAsync("#link")).ShouldBeTrue();
        (await page.EvaluateAsync<string>("playground.link.read(location.hash).then(session => session.source)"))
            .ShouldBe("mov %r0, 77\nexit");
    }

    // Lines of the wrong syntax, labels that are there twice, labels that are not there, and what the preflight refuses.
    [Theory]
    [InlineData("bogus\n")]
    [InlineData("a:\n")]
    [InlineData("ja x\n")]
    [InlineData("call 99\n")]
    [InlineData(".slot 0\n")]
    public async Task A_text_that_is_wrong_all_over_is_read_until_that_is_plain(string line)
    {
        var page = (await Typed(string.Concat(Enumerable.Repeat(line, 20_000)), "")).Page;

        (await page.InnerTextAsync("#problems")).ShouldEndWith("and at least 950 more");
        (await page.InnerTextAsync("#outcome")).ShouldBe("The program is refused: there are at least 1000 problems.");
    }

    // Each statement is looked at alone: with all those before it, this would take an hour.
    [Fact]
    public async Task A_line_of_very_many_statements_is_read()
    {
        var page = (await Typed($"{string.Concat(Enumerable.Repeat("goto +0; ", 50_000))} exit; bogus", "")).Page;

        (await page.InnerTextAsync("#problems")).ShouldStartWith("line 1 column 450008: found 'bogus'");
    }

    [Fact]
    public async Task A_link_with_more_text_than_the_page_can_take_is_refused()
    {
        var fragment = await (await site.Playing()).Page.EvaluateAsync<string>(
            "playground.link.write({ source: 'exit\\n'.repeat(1000000) })");

        var opened = await site.Play(fragment);

        (await opened.Page.InnerTextAsync("#problems"))
            .ShouldStartWith("the link: the text has 5000000 characters; expected at most 2000000");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_in_links_and_in_texts_and_what_is_printed_are_no_markup()
    {
        const string markup = "<img src=x onerror=globalThis.hurt=1>";
        var page = (await site.Playing()).Page;

        await page.EvaluateAsync(
            "name => playground.open({ image: { name, bytes: new TextEncoder().encode('text'), start: name } })", markup);
        (await page.InnerTextAsync("#dropped-name")).ShouldStartWith(markup);
        (await page.InnerTextAsync("#problems")).ShouldStartWith(markup);
        await page.EvaluateAsync("text => playground.open({ source: text })", $"{markup}:\nexit");
        await page.EvaluateAsync(
            "playground.open({ source: 'lddw %r1, 0x3e693c\\nstxdw [%r10-8], %r1\\nmov %r1, %r10\\nsub %r1, 8\\ncall 1\\nexit' })");
        await page.ClickAsync("#do-run");
        await page.Locator("#outcome.good").WaitForAsync();

        (await page.InnerTextAsync("#output")).ShouldBe("<i>");
        (await page.EvaluateAsync<bool>("'hurt' in globalThis")).ShouldBeFalse();
        (await page.Locator("#playground img, #output *").CountAsync()).ShouldBe(0);
    }

    // Of a large region only rows that say something are looked for, and all of them are found.
    [Theory]
    [InlineData(0x100_0000, 0xff_fff0, "0x40fffff0  05 00")]
    [InlineData(0x100_0005, 0xff_fffd, "0x40fffff0  00 00 00 00 00 00 00 00  00 00 00 00 00 05 00 00 ")]
    [InlineData(35, 32, "0x40000020  05 00 00 ")]
    [InlineData(16, 3, "0x40000000  00 00 00 05 00")]
    public async Task The_rows_of_a_region_that_say_something_are_shown(int size, int at, string row)
    {
        var page = (await site.Playing()).Page;
        var program = $"lddw %r1, {0x4000_0000 + at}\nstb [%r1], 5\nexit";

        await page.EvaluateAsync(
            "given => playground.open(given)", new { source = program, regions = $"a:{size}:rw@0x40000000" });
        await page.ClickAsync("#do-step");
        (size <= 16).ShouldBe((await page.Locator("[aria-label='Bytes of a']").InnerTextAsync()) != "all zeros\n");
        await page.ClickAsync("#do-step");
        var changed = await page.Locator("[aria-label='Bytes of a']").InnerTextAsync();
        await page.ClickAsync("#do-step");

        changed.ShouldStartWith(row);
        (await page.Locator("[aria-label='Bytes of a']").InnerTextAsync()).ShouldBe(changed);
        changed.TrimEnd().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task Regions_of_more_bytes_than_a_page_can_have_are_refused()
    {
        var page = (await site.Playing()).Page;

        await page.EvaluateAsync("playground.open({ source: 'exit', regions: 'a:0xffffff0:rw\\nb:16:rw\\nc:1:rw' })");

        (await page.InnerTextAsync("#problems"))
            .ShouldBe("region 'c:1:rw': with it the regions have 268435457 bytes; expected at most 268435456 in all");
    }
}
